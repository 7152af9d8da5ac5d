using LoadTesting.Hosts.Ssh;

namespace LoadTesting.Providers.Inventory;

/// <summary>Reads an Ansible inventory as people have it.</summary>
public static class InventoryFile
{
    /// <summary>The machines of the fleet, in the order of the file.</summary>
    /// <param name="parameters">The file, and the group in it.</param>
    /// <param name="count">How many of them to use, the first ones; null: all.</param>
    /// <param name="ssh">What holds for hosts that do not say it themselves.</param>
    /// <param name="home">The home directory, for <c>~</c>.</param>
    /// <exception cref="LoadTestException">The file is missing or wrong, or has too few hosts.</exception>
    public static IReadOnlyList<SshHost> HostsOf(InventoryParameters parameters, int? count, SshParameters ssh, string home)
    {
        var path = UserFile.Expanded(parameters.File, home);
        if (!File.Exists(path))
        {
            throw LoadTestException.Invalid(
                $"--inventory: got '{parameters.File}', {UserFile.Missing(path)}; expected an Ansible inventory, INI or YAML, such as "
                    + "hosts.yml");
        }

        var hosts = Read(UserFile.Text(path), path, parameters.Group);
        if (hosts.Count == 0)
            throw LoadTestException.Invalid(
                $"--inventory: {path} has no hosts{(parameters.Group == "all" ? "" : $" in group {parameters.Group}")}; expected at "
                + "least one");
        if (count > hosts.Count)
            throw LoadTestException.Invalid(
                $"--instance-count: got '{count}', but {path} has {hosts.Count} hosts; expected at most as many, or none to take them all");

        var machines = hosts.Take(count ?? hosts.Count).Select((host, index) => HostOf(host, index + 1, ssh, home)).ToList();
        var twice = machines.GroupBy(machine => machine.Id, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Skip(1).Any());
        return twice is null
            ? machines
            : throw LoadTestException.Invalid(
                $"--inventory: {path}: {string.Join(" and ", twice.Select(machine => machine.Name))} are one machine, {twice.Key}; "
                + "expected each machine once");
    }

    /// <summary>The hosts of a group. Pure.</summary>
    /// <param name="text">What is in the file.</param>
    /// <param name="file">The file, for errors; its extension determines its form: .yml, .yaml or .json, anything else is INI.</param>
    /// <param name="group">The group.</param>
    public static IReadOnlyList<InventoryHost> Read(string text, string file, string group)
    {
        if (text.StartsWith("$ANSIBLE_VAULT", Ordinal))
            throw LoadTestException.Invalid(
                $"--inventory: {file}, line 1: it is encrypted by ansible-vault; expected it in plain text (ansible-vault view)");

        var isYaml = Path.GetExtension(file) is ".yml" or ".yaml" or ".json" || text.StartsWith("---", Ordinal);
        var groups = isYaml ? YamlInventory.Read(text, file) : IniInventory.Read(text, file);
        return [.. groups.HostsOf(group).Select(host => Host(groups, host.Name, host.Variables))];
    }

    private static InventoryHost Host(InventoryGroups groups, string name, IReadOnlyDictionary<string, Located> variables)
    {
        Located? Value(params ReadOnlySpan<string> spellings)
        {
            foreach (var spelling in spellings)
            {
                if (variables.TryGetValue(spelling, out var value) && value.Text.Length > 0)
                {
                    return value.Text.Contains("{{", Ordinal)
                        ? throw groups.Wrong(value.Line,
                            $"{spelling} of {name} is a template, '{value.Text}'; expected the value itself (ansible-inventory --list "
                            + "shows it)")
                        : value;
                }
            }

            return null;
        }

        var port = Value("ansible_port", "ansible_ssh_port");
        return new InventoryHost(name, Value("ansible_host", "ansible_ssh_host")?.Text ?? name)
        {
            Port = port is null
                ? null
                : Digits.Number<ushort>(port.Text) is > 0 and var number ? number
                : throw groups.Wrong(port.Line, $"ansible_port of {name} is '{port.Text}'; expected a number from 1 to 65535"),
            User = Value("ansible_user", "ansible_ssh_user")?.Text,
            KeyFile = Value("ansible_ssh_private_key_file", "ansible_private_key_file")?.Text,
        };
    }

    private static SshHost HostOf(InventoryHost host, int index, SshParameters ssh, string home) => new()
    {
        Id = new SshEndpoint("", host.Address, host.Port ?? ssh.Port).ToString(),
        Name = host.Name,
        Index = index,
        Status = "ACTIVE",
        Address = host.Address,
        Port = host.Port,
        User = host.User,
        KeyFile = host.KeyFile is { } key ? UserFile.Expanded(key, home) : null,
    };
}
