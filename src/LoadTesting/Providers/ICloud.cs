using LoadTesting.Hosts;

namespace LoadTesting.Providers;

/// <summary>
/// Where the fleet's machines come from. The cloud is the state: each call asks it afresh by the fleet's mark, nothing is
/// remembered between calls, so that a phase works the same in the chain, alone or after a crash.
/// </summary>
public interface ICloud
{
    /// <summary>
    /// Checks that the wanted fleet can be made: login, names, sizes, quota. Changes nothing.
    /// </summary>
    /// <returns>What would be made, for Plan to print.</returns>
    /// <exception cref="LoadTestException">Something does not hold; the message lists every shortfall.</exception>
    Task<CloudPlan> CheckAsync(CancellationToken cancellation);

    /// <summary>The machines that carry the fleet's mark, whatever their state, ordered by index.</summary>
    Task<IReadOnlyList<FleetHost>> ListAsync(CancellationToken cancellation);

    /// <summary>Makes what is missing of the wanted fleet and waits until every machine is up and has an address.</summary>
    /// <returns>The fleet's machines, ordered by index.</returns>
    /// <exception cref="LoadTestException">The fleet could not be completed, or belongs to somebody else.</exception>
    Task<IReadOnlyList<FleetHost>> ProvisionAsync(CancellationToken cancellation);

    /// <summary>Deletes everything that carries the fleet's mark and waits until the cloud says that nothing is left.</summary>
    /// <exception cref="LoadTestException">Something remains; the message lists it and how to remove it by hand.</exception>
    Task DestroyAsync(CancellationToken cancellation);

    /// <summary>Deletes every fleet whose time is over, whoever made it, as <see cref="DestroyAsync"/> does for one.</summary>
    /// <returns>The names of the fleets that were deleted.</returns>
    /// <exception cref="LoadTestException">Something remains.</exception>
    Task<IReadOnlyList<string>> DestroyExpiredAsync(CancellationToken cancellation);

    /// <summary>Sends every delete request and does not wait: for a program that is being told to go a second time.</summary>
    Task AbandonAsync(CancellationToken cancellation);

    /// <summary>What the machine has printed on its console so far, where cloud-init shows the host keys; empty when the cloud has none.</summary>
    Task<string> GetConsoleAsync(FleetHost machine, CancellationToken cancellation);

    /// <summary>All fleets of this tool that the cloud knows, also those of others.</summary>
    Task<IReadOnlyList<FleetStatus>> FleetsAsync(CancellationToken cancellation);
}

/// <summary>What would be made.</summary>
/// <param name="Where">The cloud in words: region, project, endpoint.</param>
/// <param name="Rows">What would be used, as name and value: flavor, image, network, quota.</param>
public sealed record CloudPlan(string Where, IReadOnlyList<(string Name, string Value)> Rows);

/// <summary>One fleet in the cloud.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Controller">Who made it.</param>
/// <param name="CreatedAt">When its oldest machine was made.</param>
/// <param name="ExpiresAt">Until when it may stand.</param>
/// <param name="Hosts">Its machines.</param>
/// <param name="Leftovers">What it has besides machines: floating IPs, ports, security groups, key pairs.</param>
public sealed record FleetStatus(
    string Name,
    string? Controller,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? ExpiresAt,
    IReadOnlyList<FleetHost> Hosts,
    IReadOnlyList<string> Leftovers);
