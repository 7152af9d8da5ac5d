namespace LoadTesting.Model;

/// <summary>The fleet of machines: how many, whose, for how long, at what price.</summary>
public sealed record FleetParameters
{
    /// <summary><c>--fleet</c>: part of every name and of the ownership tag; fleets of different names do not touch each other.</summary>
    public string Name { get; init; } = DefaultOf(FleetHelp.Fleet);

    /// <summary><c>--instance-count</c>.</summary>
    public int InstanceCount { get; init; } = DefaultOf<int>(FleetHelp.InstanceCount);

    /// <summary><c>--min-servers</c>: the run continues while at least this number is left; null: all are needed.</summary>
    public int? MinServers { get; init; }

    /// <summary><c>--server-retries</c>: how often a server that goes to ERROR or is lost is replaced before the phase fails.</summary>
    public int ServerRetries { get; init; } = DefaultOf<int>(FleetHelp.ServerRetries);

    /// <summary><c>--replace</c>: machines that differ from what is wanted (flavor, image, network, key) are recreated.</summary>
    public bool Replace { get; init; }

    /// <summary><c>--take-over</c>: use or destroy the fleet although another controller made it.</summary>
    public bool TakeOver { get; init; }

    /// <summary><c>--boot-timeout</c>: how long the machines may take until every one is up and has an address.</summary>
    public TimeSpan BootTimeout { get; init; } = DefaultOf<Duration>(FleetHelp.BootTimeout).Value;

    /// <summary><c>--expires-after</c>: lifetime in the ownership tag; <c>Sweep</c> deletes fleets past it.</summary>
    public TimeSpan ExpiresAfter { get; init; } = DefaultOf<Duration>(FleetHelp.ExpiresAfter).Value;

    /// <summary><c>--price-per-hour</c>, for one VM.</summary>
    public decimal PricePerHour { get; init; } = DefaultOf<decimal>(FleetHelp.PricePerHour);

    /// <summary>Who controls the fleet: user@host, or the CI run. Another controller's fleet is never taken unasked.</summary>
    public string Controller { get; init; } = "unknown";
}
