using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>The figures of participants: who joined, and what of the media that was due arrived.</summary>
internal static class ParticipantMetrics
{
    private const string Tables = "lk's tables at the end, all hosts";
    private const string Lines = "times of lk's lines, all hosts";

    public static IReadOnlyList<Metric> All { get; } =
    [
        new("connected", Unit.Ratio, "Participants connected",
            Lines,
            "participants that joined, of those planned. Processes that reported nothing are left out; a threshold that holds "
            + "without them is inconclusive",
            "connected>=99%", Connected) { Media = media => media.ConnectedRatio, LowerIsBetter = false, Note = ConnectedOf },
        Metric.OfMedia("audio-delivery", Unit.Ratio, "Audio delivered",
            Tables,
            Invariant($"audio packets received, of those due: {LkFacts.AudioPacketsPerSecond} a second on each track ")
            + "from its own \"subscribed\" line to the tables; extra packets on one track do not offset missing ones on another",
            "audio-delivery>=95%", media => media.AudioDeliveryRatio) with { LowerIsBetter = false },
        Metric.OfMedia("video-delivery", Unit.Ratio, "Video delivered",
            Tables,
            "video packets received, of those due: what the median subscriber of the same track got, and at least 15 a second; "
            + "with more than the lowest layer, only the 15",
            "video-delivery>=90%", media => media.VideoDeliveryRatio) with { LowerIsBetter = false },
        Metric.OfMedia("packet-loss", Unit.Ratio, "Dropped by jitter buffers",
            Tables,
            "packets that lk's jitter buffers gave up on, of all they saw. It is not RTP loss: a packet that never arrived is not "
            + "counted, and 5 % loss on the network shows as 0.6 %",
            "packet-loss<3%", media => media.LkPacketLossRatio),
        Metric.OfMedia("tracks", Unit.Ratio, "Tracks subscribed",
            Tables,
            "tracks subscribed, of the fewest that the layout shows; may exceed 100 %",
            "tracks>=100%", Tracks) with { LowerIsBetter = false },
        Metric.OfMedia("dropped", Unit.Count, "Participants that lost the room",
            Lines,
            "subscribers that lost the room and rejoined: their count of tracks restarted after they had joined",
            "dropped==0", media => media.ParticipantsDropped),
        Metric.OfMedia("errors", Unit.Count, "Errors of lk",
            "lk's log, all hosts",
            "failed joins, failed subscriptions and panics",
            "errors==0", media => media.LkErrors),
        Metric.OfMedia("join-time", Unit.Seconds, "Time to join",
            Lines,
            "from a participant's turn to its first sign of life in the room, publishers and subscribers",
            "p95(join-time)<3s", media => media.JoinTimeSeconds?.P95) with { Spread = media => media.JoinTimeSeconds },
        Metric.OfMedia("time-to-first-track", Unit.Seconds, "Time to first track",
            Lines,
            "from a subscriber's turn to its first track",
            "max(time-to-first-track)<5s",
            media => media.TimeToFirstTrackSeconds?.P95) with { Spread = media => media.TimeToFirstTrackSeconds },
        Metric.OfMedia("bitrate", Unit.BitsPerSecond, "Received by all",
            Tables,
            "payload received by all subscribers",
            "bitrate>=40mbps", media => media.ReceivedBitsPerSecond) with
        {
            EachSubscriber = media => media.ReceivedBitsPerSecondPerSubscriber,
            LowerIsBetter = false,
            Note = run => run.Fleet.ReceivedBitsPerSecondPerSubscriber is { } each
                ? $"{Format.Show(each, Unit.BitsPerSecond)} per subscriber"
                : null,
        },
        Metric.OfMedia("bitrate-per-subscriber", Unit.BitsPerSecond, "Received per subscriber",
            Tables,
            "the same, for each connected subscriber",
            "bitrate-per-subscriber>=500kbps", media => media.ReceivedBitsPerSecondPerSubscriber) with { LowerIsBetter = false },
    ];

    /// <summary>
    /// Participants of a process without output count neither as connected nor as refused: what became of them is not known.
    /// </summary>
    private static double? Connected(RunSummary run) =>
        Told(run) is { Count: > 0 } told
            ? (double)told.Sum(media => media.ParticipantsConnected!.Value) / told.Sum(media => media.ParticipantsPlanned)
            : null;

    private static string? ConnectedOf(RunSummary run)
    {
        var told = Told(run).Sum(media => media.ParticipantsPlanned);
        var unknown = run.Fleet.ParticipantsPlanned - told;
        return run.Fleet.ParticipantsConnected is { } connected
            ? Invariant($"{connected:N0} of {told:N0}{(unknown > 0 ? Invariant($"; of {unknown:N0} more nothing is known") : "")}")
            : null;
    }

    private static List<MediaFigures> Told(RunSummary run) =>
        [.. run.Processes.Select(process => process.Media).Where(media => media.ParticipantsConnected is not null)];

    private static double? Tracks(MediaFigures media) =>
        media.TracksDueMin > 0 ? (double?)media.TracksSubscribed / media.TracksDueMin : null;
}
