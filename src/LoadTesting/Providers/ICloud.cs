namespace LoadTesting.Providers;

/// <summary>
/// Where the fleet's hosts come from. The cloud is the state: each call asks it afresh by the fleet's ownership tag, nothing is
/// remembered between calls, so that a phase works the same in the chain, alone or after a crash.
/// </summary>
public interface ICloud
{
    /// <summary>The hosts that carry the fleet's tag, whatever their state, ordered by index.</summary>
    Task<IReadOnlyList<FleetHost>> ListAsync(CancellationToken cancellation);

    /// <summary>Makes what is missing of the wanted fleet and waits until every host is up and can be reached.</summary>
    /// <returns>The fleet's hosts, ordered by index.</returns>
    /// <exception cref="LoadTestException">The fleet could not be completed, or belongs to another controller.</exception>
    Task<IReadOnlyList<FleetHost>> ProvisionAsync(CancellationToken cancellation);

    /// <summary>Deletes everything that carries the fleet's tag and waits until the cloud reports that nothing is left.</summary>
    /// <exception cref="LoadTestException">Something remains; the message lists it and how to remove it by hand.</exception>
    Task DestroyAsync(CancellationToken cancellation);

    /// <summary>Sends every delete request and does not wait: for a program that receives a second signal.</summary>
    Task AbandonAsync(CancellationToken cancellation);
}

/// <summary>What only Plan, Status and Sweep ask of a cloud: it concerns more than the hosts of one fleet.</summary>
public interface ICloudAdministration
{
    /// <summary>Checks that the wanted fleet can be made: login, names, sizes, quota. Changes nothing.</summary>
    /// <returns>What would be made, for Plan to print.</returns>
    /// <exception cref="LoadTestException">Something does not hold; the message lists every shortfall.</exception>
    Task<CloudPlan> CheckAsync(CancellationToken cancellation);

    /// <summary>All fleets of this tool that the cloud knows, also those of other controllers.</summary>
    Task<IReadOnlyList<FleetStatus>> FleetsAsync(CancellationToken cancellation);

    /// <summary>Deletes every expired fleet, of any controller, as <see cref="ICloud.DestroyAsync"/> does for one.</summary>
    /// <returns>The names of the fleets that were deleted.</returns>
    /// <exception cref="LoadTestException">Something remains.</exception>
    Task<IReadOnlyList<string>> DestroyExpiredAsync(CancellationToken cancellation);
}

/// <summary>What would be made.</summary>
/// <param name="Where">The cloud in words: region, project, endpoint.</param>
/// <param name="Rows">What would be used, as name and value: flavor, image, network, quota.</param>
public sealed record CloudPlan(string Where, IReadOnlyList<(string Name, string Value)> Rows);

/// <summary>One fleet in the cloud.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Controller">Who made it.</param>
/// <param name="CreatedAt">When its oldest host was made.</param>
/// <param name="ExpiresAt">Until when it may exist.</param>
/// <param name="Hosts">Its hosts.</param>
/// <param name="Leftovers">What it has besides hosts: floating IPs, ports, security groups, key pairs.</param>
public sealed record FleetStatus(
    string Name,
    string? Controller,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? ExpiresAt,
    IReadOnlyList<FleetHost> Hosts,
    IReadOnlyList<string> Leftovers);
