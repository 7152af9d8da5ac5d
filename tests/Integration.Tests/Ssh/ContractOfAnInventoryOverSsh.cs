using LoadTesting.Hosts.Ssh;
using LoadTesting.Providers;
using LoadTesting.Providers.Inventory;
using Rehearsal.Hosts;

namespace Tests.Ssh;

/// <summary>Machines of an inventory that have a real sshd keep to the contract of providers.</summary>
public sealed class ContractOfAnInventoryOverSsh : ProviderContract
{
    private readonly SshLab _lab = new();
    private readonly HostFolders _folders;
    private readonly Dictionary<string, Sshd> _machines = new(StringComparer.Ordinal);

    public ContractOfAnInventoryOverSsh() => _folders = new HostFolders(_lab.File("machines"), "healthy");

    protected override bool HostsExist => true;

    protected override bool FleetsExpire => false;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var name in _machines.Keys)
            _folders.Delete(name);
        await _lab.DisposeAsync();
    }

    protected override async Task<FleetEnvironment> OpenAsync(ProviderContext context)
    {
        var fleet = context.Parameters.Fleet;
        var inventory = _lab.File($"{fleet.Name}.ini");
        var lines = new List<string>();
        for (var index = 1; index <= fleet.InstanceCount; index++)
        {
            var machine = await MachineAsync($"{fleet.Name}-{index}", index);
            lines.Add($"{fleet.Name}-{index} ansible_host=127.0.0.1 ansible_port={machine.Port} ansible_user={Environment.UserName}");
        }

        await File.WriteAllLinesAsync(inventory, lines, Cancellation);
        var ssh = new SshParameters { Key = _lab.Key.Path, HostKeyCheck = HostKeyCheck.AcceptNew };
        return await new InventoryProvider(new InventoryParameters(inventory), ssh, count: null, context.Home)
            .OpenAsync(context, Cancellation);
    }

    private async Task<Sshd> MachineAsync(string name, int index)
    {
        if (!_machines.TryGetValue(name, out var machine))
        {
            _folders.Boot(name, index);
            _machines[name] = machine = await _lab.StartOnAsync(_folders.RootOf(name), name);
        }

        return machine;
    }
}
