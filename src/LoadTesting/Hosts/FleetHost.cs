namespace LoadTesting.Hosts;

/// <summary>
/// A host of the fleet, as every provider has it. A provider that reaches each of its hosts in a different way adds to it.
/// </summary>
public record FleetHost
{
    /// <summary>The cloud's id; for an inventory address and port.</summary>
    public required string Id { get; init; }

    /// <summary>Its name in the cloud, <c>livekit-loadtest-01</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its number in the fleet, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>Its state in the cloud's own word, <c>ACTIVE</c>, <c>BUILD</c>, <c>ERROR</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is in error, in the cloud's words.</summary>
    public string? Fault { get; init; }

    /// <summary>The address to reach it by; null while it has none, or where it is reached otherwise.</summary>
    public string? Address { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Its short name, which is also the folder of its results: <c>vm-01</c>.</summary>
    public string ShortName => $"vm-{Index:00}";
}
