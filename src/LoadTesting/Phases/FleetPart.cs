using LoadTesting.Hosts;
using LoadTesting.Providers;

namespace LoadTesting.Phases;

/// <summary>The first machines of a fleet, as if there were no others: a step of a search loads so many of them.</summary>
/// <param name="fleet">The fleet.</param>
/// <param name="count">How many of its machines.</param>
internal sealed class FleetPart(ICloud fleet, int count) : ICloud
{
    public async Task<IReadOnlyList<FleetHost>> ListAsync(CancellationToken cancellation) => [.. (await fleet.ListAsync(cancellation)).Take(count)];

    public Task<CloudPlan> CheckAsync(CancellationToken cancellation) => fleet.CheckAsync(cancellation);

    public Task<IReadOnlyList<FleetHost>> ProvisionAsync(CancellationToken cancellation) => fleet.ProvisionAsync(cancellation);

    public Task DestroyAsync(CancellationToken cancellation) => fleet.DestroyAsync(cancellation);

    public Task<IReadOnlyList<string>> DestroyExpiredAsync(CancellationToken cancellation) => fleet.DestroyExpiredAsync(cancellation);

    public Task AbandonAsync(CancellationToken cancellation) => fleet.AbandonAsync(cancellation);

    public Task<string> GetConsoleAsync(FleetHost machine, CancellationToken cancellation) => fleet.GetConsoleAsync(machine, cancellation);

    public Task<IReadOnlyList<FleetStatus>> FleetsAsync(CancellationToken cancellation) => fleet.FleetsAsync(cancellation);
}
