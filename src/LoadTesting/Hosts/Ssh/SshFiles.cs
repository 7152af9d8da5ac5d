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
    public string Config(IReadOnlyList<FleetHost> machines) => string.Concat(machines.Select(machine => $"""
        Host {machine.Name} {machine.ShortName} {machine.Address}
            HostName {machine.Address}
            User {parameters.UserOf(machine)}
            Port {parameters.PortOf(machine)}
            IdentityFile "{Path.GetFullPath(keyFile(machine))}"
            IdentitiesOnly yes
            HostKeyAlias {machine.Id}
            UserKnownHostsFile "{Path.GetFullPath(knownHosts)}"
            GlobalKnownHostsFile none
            StrictHostKeyChecking yes{(parameters.JumpHost is { } jump ? $"{Environment.NewLine}    ProxyJump {jump}" : "")}


        """));

    /// <summary>The inventory, which takes everything else from the configuration.</summary>
    /// <param name="machines">The hosts.</param>
    /// <param name="config">Where the configuration is.</param>
    public string Inventory(IReadOnlyList<FleetHost> machines, string config) => $"""
        [livekit_loadtest]
        {string.Join(Environment.NewLine, machines.Select(InventoryLine))}

        [livekit_loadtest:vars]
        ansible_ssh_common_args='-F "{Path.GetFullPath(config)}"'

        """;

    /// <summary>The command that logs in to a machine, to paste.</summary>
    public string Command(FleetHost machine)
    {
        var port = parameters.PortOf(machine);
        return $"ssh -i {keyFile(machine)}{(port == 22 ? "" : $" -p {port}")}{(parameters.JumpHost is { } jump ? $" -J {jump}" : "")} "
            + $"{parameters.UserOf(machine)}@{machine.Address}";
    }

    private string InventoryLine(FleetHost machine) =>
        $"{machine.Name} ansible_host={machine.Address} ansible_user={parameters.UserOf(machine)} ansible_port={parameters.PortOf(machine)}"
        + $" ansible_ssh_private_key_file='{Path.GetFullPath(keyFile(machine))}'";
}
