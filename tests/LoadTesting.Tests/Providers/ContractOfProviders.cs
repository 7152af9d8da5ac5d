using LoadTesting.Hosts;
using LoadTesting.Providers;
using LoadTesting.Providers.Inventory;
using LoadTesting.Providers.OpenStack;
using Rehearsal;
using Rehearsal.Hosts;

namespace LoadTesting.Tests.Providers;

/// <summary>The smallest provider keeps to the contract.</summary>
public sealed class ContractOfMemory : ProviderContract
{
    private InMemoryProvider? _provider;

    protected override Task<FleetEnvironment> OpenAsync(ProviderContext context) =>
        (_provider ??= new InMemoryProvider(Path.Combine(Folder, "hosts"), TimeProvider.System)).OpenAsync(context, Cancellation);
}

/// <summary>
/// So does the rehearsal, and with it our client of OpenStack: each environment is a cloud of its own over what the last one left.
/// </summary>
public sealed class ContractOfTheRehearsal : ProviderContract
{
    protected override Task<FleetEnvironment> OpenAsync(ProviderContext context) =>
        new RehearsalProvider(new OpenStackParameters(), "healthy").OpenAsync(context, Cancellation);
}

/// <summary>So do machines of an inventory; here they are folders, over SSH they are in Integration.Tests.</summary>
public sealed class ContractOfAnInventory : ProviderContract
{
    protected override bool HostsExist => true;

    protected override bool FleetsExpire => false;

    protected override Task<FleetEnvironment> OpenAsync(ProviderContext context)
    {
        var (fleet, folders) = (context.Parameters.Fleet, new HostFolders(Path.Combine(Folder, "hosts"), "healthy"));
        var hosts = Enumerable.Range(1, fleet.InstanceCount)
            .Select(index => new FleetHost { Id = $"{fleet.Name}-{index}", Name = $"load-{index}", Index = index, Status = "ACTIVE" })
            .ToList();
        foreach (var host in hosts)
            folders.Boot(host.Id, host.Index);
        return new FolderInventory(hosts, new FolderConnector(folders)).OpenAsync(context, Cancellation);
    }

    /// <summary>The cloud of an inventory, whose machines are reached without SSH.</summary>
    private sealed class FolderInventory(IReadOnlyList<FleetHost> hosts, IHostConnector connector) : FleetProvider
    {
        public override string Name => InventoryProvider.Kind;

        public override string Describe(FleetParameters fleet) => "folders";

        public override Task<FleetEnvironment> OpenAsync(ProviderContext context, CancellationToken cancellation)
        {
            var fleet = context.HostsOver(connector);
            return Task.FromResult(
                EnvironmentOf(context, new InventoryCloud(hosts, "hosts", context.Parameters.Fleet, (fleet, context.Log)), fleet));
        }
    }
}
