namespace LoadTesting.Hosts.Ssh;

/// <summary>
/// The files with which ssh, scp and Ansible reach the fleet: <c>ssh -F results/ssh_config NAME</c>, <c>ansible -i
/// results/inventory.ini</c>.
/// Formats: ssh_config(5), Ansible's INI inventory.
/// </summary>
/// <param name="parameters">How hosts are reached.</param>
/// <param name="keyFile">The private key of a machine.</param>
/// <param name="knownHosts">The file with the verified host keys, by the machines' ids.</param>
public sealed class SshFiles(SshParameters parameters, Func<FleetHost, string> keyFile, string knownHosts)
{
    /// <summary>Name of the configuration in the results folder.</summary>
    public const string ConfigName = "ssh_config";

    /// <summary>Name of the inventory in the results folder.</summary>
    public const string InventoryName = "inventory.ini";

    /// <summary>The configuration: every host by its name, its short name and its address.</summary>
    public string Config(IReadOnlyList<FleetHost> hosts) => string.Concat(hosts.Select(host => $"""
        Host {host.Name} {host.ShortName} {host.Address}
            HostName {host.Address}
            User {parameters.UserOf(host)}
            Port {parameters.PortOf(host)}
            IdentityFile "{Path.GetFullPath(keyFile(host))}"
            IdentitiesOnly yes
            HostKeyAlias {host.Id}
            UserKnownHostsFile "{Path.GetFullPath(knownHosts)}"
            GlobalKnownHostsFile none
            StrictHostKeyChecking yes{(parameters.JumpHost is { } jump ? $"{Environment.NewLine}    ProxyJump {jump}" : "")}


        """));

    /// <summary>The inventory, which takes everything else from the configuration.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="config">Where the configuration is.</param>
    public string Inventory(IReadOnlyList<FleetHost> hosts, string config) => $"""
        [livekit_loadtest]
        {string.Join(Environment.NewLine, hosts.Select(InventoryLine))}

        [livekit_loadtest:vars]
        ansible_ssh_common_args='-F "{Path.GetFullPath(config)}"'

        """;

    /// <summary>The command that logs in to a machine, to paste.</summary>
    public string Command(FleetHost host)
    {
        var port = parameters.PortOf(host);
        return $"ssh -i {keyFile(host)}{(port == 22 ? "" : $" -p {port}")}{(parameters.JumpHost is { } jump ? $" -J {jump}" : "")} "
            + $"{parameters.UserOf(host)}@{host.Address}";
    }

    private string InventoryLine(FleetHost host) =>
        $"{host.Name} ansible_host={host.Address} ansible_user={parameters.UserOf(host)} ansible_port={parameters.PortOf(host)}"
        + $" ansible_ssh_private_key_file='{Path.GetFullPath(keyFile(host))}'";
}
