using Reporting.Measuring;
using Reporting.Raw.Lk;
using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Judging;

/// <content>The metrics that there are; docs/reference/metrics.md is written from them.</content>
public sealed partial record Metric
{
    private const string Tables = "lk's tables at the end, all hosts";
    private const string Lines = "times of lk's lines, all hosts";
    private const string Kubernetes = "the Kubernetes API, every pod of LiveKit";
    private const string Usage = "metrics.k8s.io, else LiveKit's own metrics";
    private const string Own = "LiveKit's metrics, all pods";

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("connected", Unit.Ratio, "Participants connected",
            "participants that joined, of those planned. Processes that reported nothing are left out; a threshold that holds without them is inconclusive",
            "connected>=99%", Lines, Connected) { Media = media => media.ConnectedRatio, LowerIsBetter = false },
        OfMedia("audio-delivery", Unit.Ratio, "Audio delivered",
            Invariant($"audio packets received, of those due: {LkFacts.AudioPacketsPerSecond} a second on each track from its own \"subscribed\" line to the tables; ")
            + "extra packets on one track do not offset missing ones on another",
            "audio-delivery>=95%", Tables, media => media.AudioDeliveryRatio) with { LowerIsBetter = false },
        OfMedia("video-delivery", Unit.Ratio, "Video delivered",
            "video packets received, of those due: what the median subscriber of the same track got, and at least 15 a second; "
            + "with more than the lowest layer, only the 15",
            "video-delivery>=90%", Tables, media => media.VideoDeliveryRatio) with { LowerIsBetter = false },
        OfMedia("packet-loss", Unit.Ratio, "Dropped by jitter buffers",
            "packets that lk's jitter buffers gave up on, of all they saw: lk's \"Pkt. Loss\". It is not RTP loss: "
            + "a packet that never arrived is not counted, and 5 % loss on the network shows as 0.6 %",
            "packet-loss<3%", Tables, media => media.LkPacketLossRatio),
        OfMedia("tracks", Unit.Ratio, "Tracks subscribed", "tracks subscribed, of the fewest that the layout shows; may exceed 100 %",
            "tracks>=100%", Tables, Tracks) with { LowerIsBetter = false },
        OfMedia("dropped", Unit.Count, "Participants that lost the room",
            "subscribers that lost the room and came back: their count of tracks began anew after they had joined",
            "dropped==0", Lines, media => media.ParticipantsDropped),
        OfMedia("errors", Unit.Count, "Errors of lk", "failed joins, failed subscriptions and panics", "errors==0", "lk's log, all hosts", media => media.LkErrors),
        OfMedia("join-time", Unit.Seconds, "Time to join",
            "from a participant's turn to its first sign of life in the room, publishers and subscribers",
            "p95(join-time)<3s", Lines, media => media.JoinTimeSeconds?.P95) with { Spread = media => media.JoinTimeSeconds },
        OfMedia("time-to-first-track", Unit.Seconds, "Time to first track", "from a subscriber's turn to its first track",
            "max(time-to-first-track)<5s", Lines, media => media.TimeToFirstTrackSeconds?.P95) with { Spread = media => media.TimeToFirstTrackSeconds },
        OfMedia("bitrate", Unit.BitsPerSecond, "Received by all", "payload received by all subscribers",
            "bitrate>=40mbps", Tables, media => media.ReceivedBitsPerSecond) with { EachSubscriber = EachReceived, LowerIsBetter = false },
        OfMedia("bitrate-per-subscriber", Unit.BitsPerSecond, "Received per subscriber", "the same, for each connected subscriber",
            "bitrate-per-subscriber>=500kbps", Tables, EachReceived) with { LowerIsBetter = false },
        new("start-skew", Unit.Seconds, "Start skew", "from the first start to the last, less the planned delays",
            "start-skew<250ms", "each host's clock, compared with the controller's", run => run.StartSkew?.Seconds),
        OfGenerators("generator-cpu", GeneratorFigure.CpuPeak, "all processors of the busiest VM in its busiest ten seconds", "generator-cpu<80%"),
        OfGenerators("generator-memory", GeneratorFigure.Memory, "peak memory in use, 1 - MemAvailable / MemTotal, of the fullest VM", "generator-memory<90%"),
        OfGenerators("generator-steal", GeneratorFigure.Steal, "CPU time that the hypervisor took away, in the worst ten seconds", "generator-steal<5%"),
        OfGenerators("receive-buffer-errors", GeneratorFigure.ReceiveBufferErrors,
            "UDP datagrams that the kernel dropped because a receive buffer was full, all VMs", "receive-buffer-errors==0"),
        OfPods("pods.restarts", Unit.Count, "Restarts of LiveKit pods", "restarts of containers of LiveKit's pods during the run, counted pod by pod",
            "pods.restarts==0", Kubernetes, cluster => cluster.Restarts),
        OfPods("pods.evictions", Unit.Count, "Evictions of LiveKit pods", "LiveKit pods that were evicted: by pressure, by the API, or with their node",
            "pods.evictions==0", Kubernetes, cluster => cluster.Evictions),
        OfPods("pods.cpu", Unit.Ratio, "CPU of the busiest LiveKit pod, of its limit", "most cores that a LiveKit pod used, of its limit",
            "pods.cpu<90%", Usage, cluster => cluster.Pods.Max(pod => pod.CoresMost / pod.CoresLimit)),
        OfPods("pods.memory", Unit.Ratio, "Memory of the largest LiveKit pod, of its limit", "most memory that a LiveKit pod used, of its limit",
            "pods.memory<90%", Usage, cluster => cluster.Pods.Max(pod => pod.MemoryMostBytes / pod.MemoryLimitBytes)),
        OfPods("livekit.packet-loss", Unit.Ratio, "Packets lost, by LiveKit", "RTP packets lost on the way to subscribers, of all that LiveKit sent",
            "livekit.packet-loss<1%", Own, cluster => cluster.LiveKit?.OutgoingLossRatio),
        OfPods("livekit.rtt", Unit.Seconds, "Round trip, by LiveKit", "95th percentile of the round trip to participants, of the merged histogram",
            "livekit.rtt<200ms", Own, cluster => cluster.LiveKit?.RttP95Seconds),
    ];

    private static Metric OfMedia(
        string name, Unit unit, string label, string meaning, string example, string source, Func<MediaFigures, double?> media) =>
        new(name, unit, label, meaning, example, source, run => media(run.Fleet)) { Media = media };

    private static Metric OfGenerators(string name, GeneratorFigure figure, string meaning, string example) => new(
        name, figure.Unit, figure.Label, meaning, example, "/proc of each VM, once a second, steady state", run => figure.Of(run.Generators))
    {
        Generator = figure.Of,
    };

    private static Metric OfPods(
        string name, Unit unit, string label, string meaning, string example, string source, Func<ClusterSummary, double?> cluster) =>
        new(name, unit, label, meaning, example, source, run => run.Cluster is { } seen ? cluster(seen) : null) { OfCluster = true };

    /// <summary>Participants of a process that said nothing were neither connected nor refused: nobody knows.</summary>
    private static double? Connected(RunSummary run)
    {
        var told = run.Processes.Where(process => process.Media.ParticipantsConnected is not null).ToList();
        return told.Count == 0 ? null : (double)told.Sum(process => process.Media.ParticipantsConnected!.Value) / told.Sum(process => process.Media.ParticipantsPlanned);
    }

    private static double? Tracks(MediaFigures media) => media.TracksDueMin > 0 ? (double?)media.TracksSubscribed / media.TracksDueMin : null;

    private static double? EachReceived(MediaFigures media) => media.ReceivedBitsPerSecondPerSubscriber;
}
