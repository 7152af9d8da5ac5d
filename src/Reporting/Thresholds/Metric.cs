using Reporting.Summary;

namespace Reporting.Thresholds;

/// <summary>A figure that a threshold can be about.</summary>
/// <param name="Name">Its name in thresholds and in every output, <c>packet-loss</c>.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Label">What it is, in a few words.</param>
/// <param name="Source">What measures it, and where.</param>
/// <param name="Of">Its value in a summary; null when it was not measured.</param>
public sealed record Metric(string Name, Unit Unit, string Label, string Source, Func<RunSummary, double?> Of)
{
    private const string Tables = "lk's tables at the end, all hosts";
    private const string Lines = "times of lk's lines, all hosts";
    private const string Kubernetes = "the Kubernetes API, every pod of LiveKit";
    private const string Usage = "metrics.k8s.io, else LiveKit's own metrics";
    private const string Own = "LiveKit's metrics, all pods";
    private const string Kernel = "/proc of each VM, once a second, steady state";

    /// <summary>For a figure that is a spread of observations: its percentile. Null when it is one number.</summary>
    public Func<RunSummary, Percentiles?>? Spread { get; init; }

    /// <summary>Whether it is about the load generators: then a threshold that does not hold makes a run inconclusive, not failed.</summary>
    public bool OfGenerator { get; init; }

    /// <summary>Whether it is about the cluster under test: it is not missed where none was observed.</summary>
    public bool OfCluster { get; init; }

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("connected", Unit.Ratio, "Participants connected", Lines, Connected),
        new("audio-delivery", Unit.Ratio, "Audio delivered", "packets in lk's tables over 50 a second since each track's own subscription", run => run.Fleet.AudioDeliveryRatio),
        new("video-delivery", Unit.Ratio, "Video delivered", "packets in lk's tables over what the track's other subscribers got, at least 15 a second", run => run.Fleet.VideoDeliveryRatio),
        new("packet-loss", Unit.Ratio, "Packets dropped by lk", $"{Tables}: what its jitter buffers gave up on; not RTP loss", run => run.Fleet.LkPacketLossRatio),
        new("tracks", Unit.Ratio, "Tracks subscribed", $"{Tables}, over the fewest that the layout shows", Tracks),
        new("dropped", Unit.Count, "Participants that lost the room", Lines, run => run.Fleet.ParticipantsDropped),
        new("errors", Unit.Count, "Errors of lk", "lk's log, all hosts", run => run.Fleet.LkErrors),
        new("join-time", Unit.Seconds, "Time to join", Lines, run => run.Fleet.JoinTimeSeconds?.P95) { Spread = run => run.Fleet.JoinTimeSeconds },
        new("time-to-first-track", Unit.Seconds, "Time to first track", Lines, run => run.Fleet.TimeToFirstTrackSeconds?.P95) { Spread = run => run.Fleet.TimeToFirstTrackSeconds },
        new("bitrate", Unit.BitsPerSecond, "Received by all", Tables, run => run.Fleet.ReceivedBitsPerSecond),
        new("bitrate-per-subscriber", Unit.BitsPerSecond, "Received per subscriber", Tables, run => run.Fleet.ReceivedBitsPerSecondPerSubscriber),
        new("start-skew", Unit.Seconds, "Start skew", "each host's clock, compared with the controller's", run => run.StartSkew?.Seconds),
        new("generator-cpu", Unit.Ratio, "Generator CPU", $"{Kernel}: the busiest ten seconds of the busiest VM", run => run.Generators.CpuPeakRatio) { OfGenerator = true },
        new("generator-memory", Unit.Ratio, "Generator memory", Kernel, run => run.Generators.MemoryPeakRatio) { OfGenerator = true },
        new("generator-steal", Unit.Ratio, "CPU stolen from generators", Kernel, run => run.Generators.StealPeakRatio) { OfGenerator = true },
        new("receive-buffer-errors", Unit.Count, "Receive buffer errors", Kernel, run => run.Generators.UdpReceiveBufferErrors) { OfGenerator = true },
        new("pods.restarts", Unit.Count, "Restarts of LiveKit pods", Kubernetes, run => run.Cluster?.Restarts) { OfCluster = true },
        new("pods.evictions", Unit.Count, "Evictions of LiveKit pods", Kubernetes, run => run.Cluster?.Evictions) { OfCluster = true },
        new("pods.cpu", Unit.Ratio, "CPU of the busiest LiveKit pod, of its limit", Usage, run => run.Cluster?.Pods.Max(pod => pod.CoresMost / pod.CoresLimit)) { OfCluster = true },
        new("pods.memory", Unit.Ratio, "Memory of the largest LiveKit pod, of its limit", Usage, run => run.Cluster?.Pods.Max(pod => pod.MemoryMostBytes / pod.MemoryLimitBytes)) { OfCluster = true },
        new("livekit.packet-loss", Unit.Ratio, "Packets lost, by LiveKit", $"{Own}: RTP packets lost on the way to subscribers", run => run.Cluster?.LiveKit?.OutgoingLossRatio) { OfCluster = true },
        new("livekit.rtt", Unit.Seconds, "Round trip, by LiveKit", $"{Own}: 95th percentile of the merged histogram", run => run.Cluster?.LiveKit?.RttP95Seconds) { OfCluster = true },
    ];

    /// <summary>The metric of that name; null when there is none.</summary>
    public static Metric? Find(string name) => All.FirstOrDefault(metric => metric.Name == name);

    /// <summary>Participants of a process that said nothing were neither connected nor refused: nobody knows.</summary>
    private static double? Connected(RunSummary run)
    {
        var told = run.Processes.Where(process => process.Media.ParticipantsConnected is not null).ToList();
        return told.Count == 0 ? null : (double)told.Sum(process => process.Media.ParticipantsConnected!.Value) / told.Sum(process => process.Media.ParticipantsPlanned);
    }

    private static double? Tracks(RunSummary run) => run.Fleet.TracksDueMin > 0 ? (double?)run.Fleet.TracksSubscribed / run.Fleet.TracksDueMin : null;
}
