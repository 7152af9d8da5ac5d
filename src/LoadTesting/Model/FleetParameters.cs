namespace LoadTesting.Model;

/// <summary>The fleet of machines: how many, whose, for how long, at what price.</summary>
public sealed record FleetParameters
{
    /// <summary><c>--fleet</c>: part of every name and of the mark; two fleets do not touch each other.</summary>
    public string Name { get; init; } = "livekit-loadtest";

    /// <summary><c>--instance-count</c>.</summary>
    public int InstanceCount { get; init; } = 10;

    /// <summary><c>--min-servers</c>: the run goes on while at least so many are left; null: all are needed.</summary>
    public int? MinServers { get; init; }

    /// <summary><c>--server-retries</c>: how often a server that goes to ERROR or is lost is replaced before the phase fails.</summary>
    public int ServerRetries { get; init; } = 2;

    /// <summary><c>--replace</c>: machines that differ from what is wanted (flavor, image, network, key) are made anew.</summary>
    public bool Replace { get; init; }

    /// <summary><c>--take-over</c>: use or destroy the fleet although another controller made it.</summary>
    public bool TakeOver { get; init; }

    /// <summary><c>--boot-timeout</c>: how long the machines may take until every one is up and has an address.</summary>
    public TimeSpan BootTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary><c>--destroy-timeout</c>: how long Destroy asks the cloud again until nothing is left.</summary>
    public TimeSpan DestroyTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The run that makes what is missing of the fleet; part of the mark.</summary>
    public string Run { get; init; } = "none";

    /// <summary><c>--expires-after</c>: the mark says until when the fleet may stand; <c>Sweep</c> deletes what has stood longer.</summary>
    public TimeSpan ExpiresAfter { get; init; } = TimeSpan.FromHours(4);

    /// <summary><c>--price-per-hour</c>, for one VM.</summary>
    public decimal PricePerHour { get; init; } = 0.10m;

    /// <summary><c>--keep-servers</c>: do not destroy at the end.</summary>
    public bool KeepServers { get; init; }

    /// <summary>Who controls the fleet: user@host, or the CI run. Another controller's fleet is never taken unasked.</summary>
    public string Controller { get; init; } = "unknown";
}
