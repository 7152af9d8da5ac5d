using LoadTesting.Hosts;
using LoadTesting.Providers;
using Rehearsal.Hosts;

namespace LoadTesting.Tests.Providers;

/// <summary>
/// The smallest provider there can be: fleets that are kept in this object, hosts that are folders and have no address. That phases work on
/// it shows what a new provider takes: a class of this form, and an entry in the list of build/Build.Environments.cs.
/// </summary>
internal sealed class InMemoryProvider(string folder, TimeProvider time) : FleetProvider
{
    private readonly Dictionary<string, FleetStatus> _fleets = new(StringComparer.Ordinal);

    public override string Name => "memory";

    public override string Describe(FleetParameters fleet) => $"{fleet.InstanceCount} folders";

    public override string? NoPrice => "folders cost nothing";

    public override Task<FleetEnvironment> OpenAsync(ProviderContext context, CancellationToken cancellation) =>
        Task.FromResult(EnvironmentOf(context, new Cloud(this, context.Parameters.Fleet),
            context.HostsOver(new FolderConnector(new HostFolders(folder, "healthy")))) with
        {
            Where = "in memory",
        });

    private FleetHost HostOf(FleetParameters fleet, int index)
    {
        var host = new FleetHost { Id = $"{fleet.Name}-{index}", Name = $"{fleet.Name}-{index:00}", Index = index, Status = "READY" };
        Directory.CreateDirectory(Path.Combine(folder, host.Id, "home", "ubuntu"));
        return host;
    }

    private void Remove(string name)
    {
        if (_fleets.Remove(name, out var fleet))
            fleet.Hosts.ToList().ForEach(host => Directory.Delete(Path.Combine(folder, host.Id), recursive: true));
    }

    private sealed class Cloud(InMemoryProvider provider, FleetParameters fleet) : ICloud, ICloudAdministration
    {
        public Task<IReadOnlyList<FleetHost>> ListAsync(CancellationToken cancellation) =>
            Task.FromResult(provider._fleets.GetValueOrDefault(fleet.Name)?.Hosts ?? []);

        public async Task<IReadOnlyList<FleetHost>> ProvisionAsync(CancellationToken cancellation)
        {
            RequireOurs();
            IReadOnlyList<FleetHost> hosts = [.. Enumerable.Range(1, fleet.InstanceCount).Select(index => provider.HostOf(fleet, index))];
            provider._fleets[fleet.Name] =
                new FleetStatus(fleet.Name, fleet.Controller, CreatedAt: null, provider.Now + fleet.ExpiresAfter, hosts, []);
            return await ListAsync(cancellation);
        }

        public Task DestroyAsync(CancellationToken cancellation)
        {
            RequireOurs();
            provider.Remove(fleet.Name);
            return Task.CompletedTask;
        }

        public Task AbandonAsync(CancellationToken cancellation) => DestroyAsync(cancellation);

        public Task<CloudPlan> CheckAsync(CancellationToken cancellation) =>
            Task.FromResult(new CloudPlan("this process", [("Folder", "one a host")]));

        public Task<IReadOnlyList<FleetStatus>> FleetsAsync(CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<FleetStatus>>([.. provider._fleets.Values]);

        public Task<IReadOnlyList<string>> DestroyExpiredAsync(CancellationToken cancellation)
        {
            IReadOnlyList<string> expired = [.. provider._fleets.Values.Where(one => one.ExpiresAt < provider.Now).Select(one => one.Name)];
            expired.ToList().ForEach(provider.Remove);
            return Task.FromResult(expired);
        }

        private void RequireOurs()
        {
            if (provider._fleets.TryGetValue(fleet.Name, out var there) && there.Controller != fleet.Controller && !fleet.TakeOver)
                throw LoadTestException.Invalid($"--fleet: got '{fleet.Name}', which is {there.Controller}'s",
                    "--take-over makes it yours.");
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
