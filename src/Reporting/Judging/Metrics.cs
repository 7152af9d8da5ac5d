using Reporting.LoadKinds;
using Reporting.Measuring;

namespace Reporting.Judging;

/// <summary>The metrics that there are: of each kind of load, then of every run.</summary>
public static class Metrics
{
    private const string Kubernetes = "the Kubernetes API, every pod of LiveKit";
    private const string Usage = "metrics.k8s.io, else LiveKit's own metrics";
    private const string Own = "LiveKit's metrics, all pods";

    /// <summary>Those of every run; a metric more is an entry more.</summary>
    internal static IReadOnlyList<Metric> OfEveryRun { get; set; } =
    [
        new("start-skew", Unit.Seconds, "Start skew",
            "each host's clock, compared with the controller's",
            "from the first start to the last, less the planned delays",
            "start-skew<250ms", run => run.StartSkew?.Seconds) { Note = Starts },
        OfGenerators("generator-cpu", GeneratorFigure.CpuPeak,
            "all processors of the busiest VM in its busiest ten seconds", "generator-cpu<80%"),
        OfGenerators("generator-memory", GeneratorFigure.Memory,
            "peak memory in use, 1 - MemAvailable / MemTotal, of the fullest VM", "generator-memory<90%"),
        OfGenerators("generator-steal", GeneratorFigure.Steal,
            "CPU time that the hypervisor took away, in the worst ten seconds", "generator-steal<5%"),
        OfGenerators("receive-buffer-errors", GeneratorFigure.ReceiveBufferErrors,
            "UDP datagrams that the kernel dropped because a receive buffer was full, all VMs", "receive-buffer-errors==0"),
        new("pods.restarts", Unit.Count, "Restarts of LiveKit pods",
            Kubernetes,
            "restarts of containers of LiveKit's pods during the run, counted pod by pod",
            "pods.restarts==0", run => run.Cluster?.Restarts) { OfCluster = true },
        new("pods.evictions", Unit.Count, "Evictions of LiveKit pods",
            Kubernetes,
            "LiveKit pods that were evicted: by pressure, by the API, or with their node",
            "pods.evictions==0", run => run.Cluster?.Evictions) { OfCluster = true },
        new("pods.cpu", Unit.Ratio, "CPU of the busiest LiveKit pod, of its limit",
            Usage,
            "most cores that a LiveKit pod used, of its limit",
            "pods.cpu<90%", run => run.Cluster?.Pods.Max(pod => pod.CoresMost / pod.CoresLimit)) { OfCluster = true },
        new("pods.memory", Unit.Ratio, "Memory of the largest LiveKit pod, of its limit",
            Usage,
            "most memory that a LiveKit pod used, of its limit",
            "pods.memory<90%", run => run.Cluster?.Pods.Max(pod => pod.MemoryMostBytes / pod.MemoryLimitBytes)) { OfCluster = true },
        new("livekit.packet-loss", Unit.Ratio, "Packets lost, by LiveKit",
            Own,
            "RTP packets lost on the way to subscribers, of all that LiveKit sent",
            "livekit.packet-loss<1%", run => run.Cluster?.LiveKit?.OutgoingLossRatio) { OfCluster = true, FromParticipants = true },
        new("livekit.rtt", Unit.Seconds, "Round trip, by LiveKit",
            Own,
            "95th percentile of the round trip to participants, of the merged histogram",
            "livekit.rtt<200ms", run => run.Cluster?.LiveKit?.RttP95Seconds) { OfCluster = true, FromParticipants = true },
    ];

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<Metric> All => [.. KnownKinds.All.SelectMany(kind => kind.Metrics), .. OfEveryRun];

    /// <summary>Those of a run of a kind of load.</summary>
    public static IReadOnlyList<Metric> Of(LoadShape load) => [.. KnownKinds.Of(load.Kind).Metrics, .. OfEveryRun];

    /// <summary>The metric of that name; null when there is none.</summary>
    public static Metric? Find(string name) => All.FirstOrDefault(metric => metric.Name == name);

    private static Metric OfGenerators(string name, GeneratorFigure figure, string meaning, string example) => new(
        name, figure.Unit, figure.Label, "/proc of each VM, once a second, steady state", meaning, example, run =>
            figure.Of(run.Generators))
    {
        Generator = figure.Of,
    };

    private static string? Starts(RunSummary run) => run.StartSkew is { } skew
        ? Invariant($"{skew.Starts} of {skew.Planned} starts")
            + $"{(skew.UncertaintySeconds is { } sure ? $", ± {Format.Show(sure, Unit.Seconds)}" : "")}"
        : null;
}
