namespace LoadTesting.Model;

/// <summary>Everything that the operator can set, typed and with the defaults of the command line.</summary>
public sealed record LoadTestParameters
{
    /// <summary>The fleet of machines: how many, where, whose.</summary>
    public FleetParameters Fleet { get; init; } = new();

    /// <summary><c>--host-packages</c>: what people who log in to a host find there.</summary>
    public IReadOnlyList<string> HostPackages { get; init; } = DefaultOf(SoftwareHelp.HostPackages).Split(',');

    /// <summary>The load.</summary>
    public LoadParameters Load { get; init; } = new();

    /// <summary>The LiveKit under test and the <c>lk</c> that loads it.</summary>
    public LiveKitParameters LiveKit { get; init; } = new();

    /// <summary>How the capacity is searched for.</summary>
    public CapacityParameters Capacity { get; init; } = new();

    /// <summary>Where results go and how they are judged.</summary>
    public ResultsParameters Results { get; init; } = new();
}

/// <summary>Where results go and how they are judged.</summary>
public sealed record ResultsParameters
{
    /// <summary><c>--results-directory</c>.</summary>
    public string Directory { get; init; } = DefaultOf(ResultsHelp.ResultsDirectory);

    /// <summary><c>--thresholds</c>, as written: <c>metric op value</c>, separated by commas.</summary>
    public string Thresholds { get; init; } = DefaultOf(ResultsHelp.Thresholds);

    /// <summary>Whether the operator gave thresholds; else those are the defaults.</summary>
    public bool ThresholdsGiven { get; init; }

    /// <summary><c>--keep-history</c>: how many earlier runs keep their raw data.</summary>
    public int KeepHistory { get; init; } = DefaultOf<int>(ResultsHelp.KeepHistory);

    /// <summary><c>--baseline</c>: a summary-stats.json, a results folder or <c>previous</c>; null for none.</summary>
    public string? Baseline { get; init; }
}

/// <summary>The LiveKit under test and the <c>lk</c> that loads it.</summary>
public sealed record LiveKitParameters
{
    /// <summary><c>--livekit-url</c>; null: from the cluster.</summary>
    public string? Url { get; init; }

    /// <summary><c>--livekit-api-key</c>; null: from the cluster.</summary>
    public string? ApiKey { get; init; }

    /// <summary><c>--livekit-api-secret</c>; null: from the cluster.</summary>
    public Secret? ApiSecret { get; init; }

    /// <summary><c>--kubeconfig</c>.</summary>
    public string Kubeconfig { get; init; } = DefaultOf(LiveKitHelp.Kubeconfig);

    /// <summary><c>--require cluster</c>: without a cluster to observe nothing is started.</summary>
    public bool RequireCluster { get; init; }

    /// <summary><c>--monitor-interval</c>: how often the cluster is asked what cannot be watched.</summary>
    public TimeSpan MonitorInterval { get; init; } = DefaultOf<Duration>(LiveKitHelp.MonitorInterval).Value;

    /// <summary><c>--livekit-metrics-url</c>: LiveKit's metrics, read here instead of from its pods; null: one of them is no URL.</summary>
    public IReadOnlyList<Uri>? MetricsUrls { get; init; } = [];

    /// <summary>The URLs of a list separated by commas; null when one of them is none.</summary>
    public static IReadOnlyList<Uri>? Urls(string? list)
    {
        var urls = (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null)
            .ToList();
        return urls.Contains(null) ? null : [.. urls.OfType<Uri>()];
    }

    /// <summary><c>--livekit-namespace</c>.</summary>
    public string Namespace { get; init; } = DefaultOf(LiveKitHelp.LivekitNamespace);

    /// <summary><c>--context</c> of the kubeconfig; null: its current-context.</summary>
    public string? Context { get; init; }

    /// <summary><c>--livekit-key-name</c>: which API key of the cluster's; null: the only one.</summary>
    public string? KeyName { get; init; }

    /// <summary><c>--lk-version</c>, without a leading v.</summary>
    public string LkVersion { get; init; } = DefaultOf(SoftwareHelp.LkVersion);

    /// <summary><c>--lk-mirror</c>: where <c>v2.18.1/lk_2.18.1_linux_amd64.tar.gz</c> is found.</summary>
    public string LkMirror { get; init; } = DefaultOf(SoftwareHelp.LkMirror);

    /// <summary><c>--lk-sha256</c> of that archive; null: the known one of the default version, or that of checksums.txt.</summary>
    public string? LkSha256 { get; init; }

    /// <summary><c>--lk-binary</c>: a binary of your own to upload; null: the released one.</summary>
    public string? LkBinary { get; init; }
}
