namespace LoadTesting.Hosts;

/// <summary>A machine of the fleet.</summary>
public sealed record FleetHost
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

    /// <summary>The address to reach it by; null while it has none.</summary>
    public string? Address { get; init; }

    /// <summary>Port of its sshd; null: <c>--ssh-port</c>.</summary>
    public int? Port { get; init; }

    /// <summary>Who logs in; null: <c>--ssh-user</c>.</summary>
    public string? User { get; init; }

    /// <summary>Path of the private key that opens it; null: <c>--ssh-key</c>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Its short name, which is also the folder of its results: <c>vm-01</c>.</summary>
    public string ShortName => $"vm-{Index:00}";
}
