using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Judging;

/// <content>The metrics that there are.</content>
public sealed partial record Metric
{
    private const string Tables = "lk's tables at the end, all hosts";
    private const string Lines = "times of lk's lines, all hosts";
    private const string Kubernetes = "the Kubernetes API, every pod of LiveKit";
    private const string Usage = "metrics.k8s.io, else LiveKit's own metrics";
    private const string Own = "LiveKit's metrics, all pods";
    private const string Kernel = "/proc of each VM, once a second, steady state";

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("connected", Unit.Ratio, "Participants connected", Lines, Connected) { Media = media => media.ConnectedRatio, LowerIsBetter = false },
        OfMedia("audio-delivery", Unit.Ratio, "Audio delivered", "packets in lk's tables over 50 a second since each track's own subscription", media => media.AudioDeliveryRatio) with { LowerIsBetter = false },
        OfMedia("video-delivery", Unit.Ratio, "Video delivered", "packets in lk's tables over what the track's other subscribers got, at least 15 a second", media => media.VideoDeliveryRatio) with { LowerIsBetter = false },
        OfMedia("packet-loss", Unit.Ratio, "Packets dropped by lk", $"{Tables}: what its jitter buffers gave up on; not RTP loss", media => media.LkPacketLossRatio),
        OfMedia("tracks", Unit.Ratio, "Tracks subscribed", $"{Tables}, over the fewest that the layout shows", Tracks) with { LowerIsBetter = false },
        OfMedia("dropped", Unit.Count, "Participants that lost the room", Lines, media => media.ParticipantsDropped),
        OfMedia("errors", Unit.Count, "Errors of lk", "lk's log, all hosts", media => media.LkErrors),
        OfMedia("join-time", Unit.Seconds, "Time to join", Lines, media => media.JoinTimeSeconds?.P95) with { Spread = media => media.JoinTimeSeconds },
        OfMedia("time-to-first-track", Unit.Seconds, "Time to first track", Lines, media => media.TimeToFirstTrackSeconds?.P95) with { Spread = media => media.TimeToFirstTrackSeconds },
        OfMedia("bitrate", Unit.BitsPerSecond, "Received by all", Tables, media => media.ReceivedBitsPerSecond) with { EachSubscriber = media => media.ReceivedBitsPerSecondPerSubscriber, LowerIsBetter = false },
        OfMedia("bitrate-per-subscriber", Unit.BitsPerSecond, "Received per subscriber", Tables, media => media.ReceivedBitsPerSecondPerSubscriber) with { LowerIsBetter = false },
        new("start-skew", Unit.Seconds, "Start skew", "each host's clock, compared with the controller's", run => run.StartSkew?.Seconds),
        OfGenerators("generator-cpu", Unit.Ratio, "Generator CPU", $"{Kernel}: the busiest ten seconds of the busiest VM", generator => generator.CpuPeakRatio),
        OfGenerators("generator-memory", Unit.Ratio, "Generator memory", Kernel, generator => generator.MemoryPeakRatio),
        OfGenerators("generator-steal", Unit.Ratio, "CPU stolen from generators", Kernel, generator => generator.StealPeakRatio),
        OfGenerators("receive-buffer-errors", Unit.Count, "Receive buffer errors", Kernel, generator => generator.UdpReceiveBufferErrors),
        new("pods.restarts", Unit.Count, "Restarts of LiveKit pods", Kubernetes, run => run.Cluster?.Restarts) { OfCluster = true },
        new("pods.evictions", Unit.Count, "Evictions of LiveKit pods", Kubernetes, run => run.Cluster?.Evictions) { OfCluster = true },
        new("pods.cpu", Unit.Ratio, "CPU of the busiest LiveKit pod, of its limit", Usage, run => run.Cluster?.Pods.Max(pod => pod.CoresMost / pod.CoresLimit)) { OfCluster = true },
        new("pods.memory", Unit.Ratio, "Memory of the largest LiveKit pod, of its limit", Usage, run => run.Cluster?.Pods.Max(pod => pod.MemoryMostBytes / pod.MemoryLimitBytes)) { OfCluster = true },
        new("livekit.packet-loss", Unit.Ratio, "Packets lost, by LiveKit", $"{Own}: RTP packets lost on the way to subscribers", run => run.Cluster?.LiveKit?.OutgoingLossRatio) { OfCluster = true },
        new("livekit.rtt", Unit.Seconds, "Round trip, by LiveKit", $"{Own}: 95th percentile of the merged histogram", run => run.Cluster?.LiveKit?.RttP95Seconds) { OfCluster = true },
    ];

    private static Metric OfMedia(string name, Unit unit, string label, string source, Func<MediaFigures, double?> media) =>
        new(name, unit, label, source, run => media(run.Fleet)) { Media = media };

    private static Metric OfGenerators(string name, Unit unit, string label, string source, Func<GeneratorFigures, double?> generator) =>
        new(name, unit, label, source, run => generator(run.Generators)) { Generator = generator };

    /// <summary>Participants of a process that said nothing were neither connected nor refused: nobody knows.</summary>
    private static double? Connected(RunSummary run)
    {
        var told = run.Processes.Where(process => process.Media.ParticipantsConnected is not null).ToList();
        return told.Count == 0 ? null : (double)told.Sum(process => process.Media.ParticipantsConnected!.Value) / told.Sum(process => process.Media.ParticipantsPlanned);
    }

    private static double? Tracks(MediaFigures media) => media.TracksDueMin > 0 ? (double?)media.TracksSubscribed / media.TracksDueMin : null;
}
