using LoadTesting.Hosts;
using LoadTesting.Providers;

namespace Tests.Lab;

/// <summary>The lab's hosts as a cloud lists them; it makes and deletes none.</summary>
/// <param name="machines">The hosts.</param>
internal sealed class LabCloud(IReadOnlyList<FleetHost> machines) : ICloud
{
    public Task<CloudPlan> CheckAsync(CancellationToken cancellation) => Task.FromResult(new CloudPlan("the lab", []));

    public Task<IReadOnlyList<FleetHost>> ListAsync(CancellationToken cancellation) => Task.FromResult(machines);

    public Task<IReadOnlyList<FleetHost>> ProvisionAsync(CancellationToken cancellation) => Task.FromResult(machines);

    public Task DestroyAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<IReadOnlyList<string>> DestroyExpiredAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task AbandonAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<string> GetConsoleAsync(FleetHost machine, CancellationToken cancellation) => Task.FromResult("");

    public Task<IReadOnlyList<FleetStatus>> FleetsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<FleetStatus>>([]);
}
