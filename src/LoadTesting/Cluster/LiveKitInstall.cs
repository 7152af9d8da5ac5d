namespace LoadTesting.Cluster;

/// <summary>LiveKit as it was found in a cluster. What could not be found has its reason, for the moment when it is needed.</summary>
public sealed record LiveKitInstall
{
    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of its Deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>The label selector of its pods, <c>app.kubernetes.io/name=livekit-server</c>.</summary>
    public required string Selector { get; init; }

    /// <summary>Pods that its Deployment wants.</summary>
    public int Replicas { get; init; }

    /// <summary>The image it runs, <c>livekit/livekit-server:v1.13.5</c>; its tag is the version.</summary>
    public string? Image { get; init; }

    /// <summary>Its own configuration, with the keys wherever they were kept.</summary>
    public LiveKitConfiguration Configuration { get; init; } = new();

    /// <summary>Why no keys were found; null when some were.</summary>
    public string? KeysMissing { get; init; }

    /// <summary>Where it is reached, <c>wss://rtc.example.org</c>; null when that was not found.</summary>
    public string? Url { get; init; }

    /// <summary>Why its URL was not found; null when it was.</summary>
    public string? UrlMissing { get; init; }
}
