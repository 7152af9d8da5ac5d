using YamlDotNet.Core;

namespace LoadTesting.Providers.OpenStack.Credentials;

/// <summary>
/// Reads a cloud of clouds.yaml, with its secrets in secure.yaml beside it, where openstacksdk looks: OS_CLIENT_CONFIG_FILE, the working
/// directory, ~/.config/openstack, /etc/openstack. Its entries are the OS_* variables in small letters.
/// </summary>
internal static class CloudsYaml
{
    public static OpenStackCredentials Read(string cloud, IReadOnlyDictionary<string, string> environment, string home)
    {
        string[] places =
        [
            environment.GetValueOrDefault("OS_CLIENT_CONFIG_FILE") ?? "clouds.yaml",
            Path.Combine(home, ".config", "openstack", "clouds.yaml"),
            "/etc/openstack/clouds.yaml",
        ];
        var file = places.FirstOrDefault(File.Exists)
            ?? throw LoadTestException.Invalid(
                $"--os-cloud: got '{cloud}', but there is no clouds.yaml; expected one at {places.Listed()}");
        var clouds = Clouds(file);
        if (!clouds.TryGetValue(cloud, out var entries))
            throw LoadTestException.Invalid(
                $"--os-cloud: got '{cloud}', which {file} does not have; expected one of "
                + $"{clouds.Keys.Order(StringComparer.Ordinal).Listed()}");

        var variables = new Dictionary<string, string>();
        Add(variables, entries);
        var secure = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "secure.yaml");
        if (File.Exists(secure) && Clouds(secure).TryGetValue(cloud, out var secrets))
            Add(variables, secrets);
        var read = CredentialVariables.Read(variables, $"cloud {cloud} in {file}");
        return read with { Given = [.. read.Given.Select(name => name["OS_".Length..].ToLowerInvariant())] };
    }

    private static Dictionary<string, Dictionary<object, object?>> Clouds(string file)
    {
        try
        {
            var root = YamlText.Read<Dictionary<string, object?>?>(UserFile.Text(file));
            return root?.GetValueOrDefault("clouds") is Dictionary<object, object?> clouds
                ? clouds.Where(entry => entry.Value is Dictionary<object, object?>)
                    .ToDictionary(entry => $"{entry.Key}", entry => (Dictionary<object, object?>)entry.Value!)
                : throw LoadTestException.Invalid($"{file}: expected a mapping named clouds");
        }
        catch (YamlException error)
        {
            throw LoadTestException.Invalid($"{file}, line {error.Start.Line}: {error.Message}");
        }
    }

    private static void Add(Dictionary<string, string> variables, Dictionary<object, object?> entries)
    {
        foreach (var (key, value) in entries)
        {
            if (value is Dictionary<object, object?> auth && $"{key}" == "auth")
                Add(variables, auth);
            else if ($"{key}" == "verify" && $"{value}" == "false")
                variables["OS_INSECURE"] = "true";
            else if (value is string text)
                variables[$"OS_{$"{key}".ToUpperInvariant()}"] = text;
        }
    }
}
