using Reporting.Judging;

namespace LoadTesting.Model;

/// <summary>Help of the parameters of LiveKit and its cluster.</summary>
internal static class LiveKitHelp
{
    public const string LivekitUrl = "URL of LiveKit, ws:// or wss://. Default: found in the cluster. Example: wss://livekit.example.com";

    public const string LivekitApiKey = "API key of LiveKit. Default: found in the cluster. Example: APIabcdef";

    public const string LivekitApiSecret = "API secret of LiveKit. Default: found in the cluster";

    public const string LivekitKeyName = "API key to use when the cluster has several. Default: the only one. Example: APIabcdef";

    public const string Kubeconfig =
        "Kubeconfig of the cluster, or several as in $KUBECONFIG. Default: ~/livekit-demo-k8s.config (if it exists). "
        + "Example: ~/.kube/config";

    public const string KubeconfigText = "Text of the kubeconfig, for CI runners; set KUBECONFIG_TEXT in the environment";

    public const string Context = "Context of the kubeconfig. Default: its current-context. Example: staging";

    public const string LivekitNamespace = "Namespace of LiveKit in the cluster. Default: livekit. Example: media";

    public const string Require = "Fail instead of warn if this is unavailable. Choices: cluster. Default: nothing";

    public const string MonitorInterval =
        "How often metrics and rooms are polled during a run. Range: 1s or more. Default: 10s. Example: 30s";

    public const string LivekitMetricsUrl =
        "URLs of LiveKit's metrics, user:password@ allowed, separated by commas. Default: its pods, through the API server";
}

/// <summary>Help of the parameters of the results.</summary>
internal static class ResultsHelp
{
    public const string Thresholds =
        $"Conditions for a run to pass, separated by commas. Default: {DefaultThresholds.Text}. Example: served>=95%";

    public const string Baseline =
        "Run to compare with: a summary-stats.json, a results folder, or previous. Default: no comparison. Example: previous";

    public const string KeepHistory =
        "Number of earlier runs whose raw data is kept in history; all reports are kept. Range: 1 or more. Default: 20. Example: 5";

    public const string ResultsDirectory = "Folder of the results. Default: results. Example: results/monday";
}

/// <summary>Help of the parameters of the rehearsal and of a checkout.</summary>
internal static class ToolHelp
{
    public const string RehearsalScenario =
        "Fault that the rehearsal plays; a fleet keeps the one with which it was provisioned. Choices: healthy, lossy, video-lost, "
        + "starved, outage, returning, saturated, generator-ports, host-lost, joins-fail, pod-limit, server-error, no-host, quota, "
        + "slow-boot, capacity. Default: healthy";

    public const string Fast = "Run only the quick tests";

    public const string PackFor = "Platform to pack. Choices: linux-x64, linux-arm64, osx-arm64, win-x64. Default: all platforms";
}
