using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>The figures of participants: who joined, and what of the media that was due arrived.</summary>
internal static class ParticipantMetrics
{
    private const string Tables = "lk's tables at the end, all hosts";
    private const string LinesAndTables = "times of lk's lines, and its tables at the end, all hosts";
    private const string Lines = "times of lk's lines, all hosts";

    public static IReadOnlyList<Metric> All { get; } =
    [
        new("connected", Unit.Ratio, "Participants connected",
            Lines,
            "participants that joined and did not lose their room for good, of those planned. Processes that reported nothing are left "
            + "out; a threshold that holds without them is inconclusive",
            "connected>=99%", Connected) { Media = media => media.ConnectedRatio, LowerIsBetter = false, Note = ConnectedOf },
        Metric.OfMedia("audio-delivery", Unit.Ratio, "Audio delivered",
            Tables,
            Invariant($"audio packets received, of those due: {LkFacts.AudioPacketsPerSecond} a second on each track ")
            + "from its own \"subscribed\" line to the tables; extra packets on one track do not offset missing ones on another, and the "
            + Invariant($"last {MediaDue.MostHeldBack} of a track are not missed, which lk may hold back behind a gap"),
            "audio-delivery>=95%", media => media.AudioDeliveryRatio) with
        {
            LowerIsBetter = false,
            Missing = Missing("audio"),
            Doubt = new(media => media.AudioDeliveryLeastRatio,
                "lk may have held back the last packets of tracks with a gap; in a longer run they count less"),
        },
        Metric.OfMedia("video-delivery", Unit.Ratio, "Video delivered",
            Tables,
            "what all but 5 % of the subscribers got at least of the video due to each: 15 frames a second of the lowest layer, or the "
            + "least bit rate of the layer that the layout asks for, and what the median subscriber of a track got where all get the same "
            + Invariant($"layer; lk's first key frame may take {MediaDue.KeyFrameSeconds:0} s"),
            "video-delivery>=90%", media => media.VideoDeliveryRatio) with { LowerIsBetter = false, Missing = Missing("video") },
        Metric.OfMedia("served", Unit.Ratio, "Participants served",
            LinesAndTables,
            "participants that joined within --join-limit of their turn, stayed, and got at least "
            + Invariant($"{RoomService.LeastAudio:0 %} of the audio and {RoomService.LeastVideo:0 %} of the video that was due to them; ")
            + "of publishers, those that joined, stayed and published all their tracks. Participants of which nothing is known are left "
            + "out; a threshold that holds without them is inconclusive",
            "served>=99%", media => media.ServedRatio) with { LowerIsBetter = false, Unknown = media => media.ParticipantsUnknown ?? 0,
            Note = ServedOf },
        Metric.OfMedia("starved", Unit.Count, "Participants without media",
            LinesAndTables,
            "subscribers that got nothing at all of a kind of media that was due to them",
            "starved==0", media => media.ParticipantsStarved) with { Missing = MissingMedia },
        new("rooms-served", Unit.Ratio, "Rooms served",
            LinesAndTables,
            "rooms all of whose planned participants were served, of those of which that is known",
            "rooms-served>=99%", RoomsServed) { LowerIsBetter = false },
        Metric.OfMedia("packet-loss", Unit.Ratio, "Dropped by jitter buffers",
            Tables,
            "packets that lk's jitter buffers gave up on, of all they saw. It is not RTP loss: a packet that never arrived is not "
            + "counted, and 5 % loss on the network shows as 0.6 %",
            "packet-loss<3%", media => media.LkPacketLossRatio) with { Missing = MissingMedia },
        Metric.OfMedia("tracks", Unit.Ratio, "Tracks subscribed",
            Tables,
            "tracks subscribed, of the fewest that the layout shows; may exceed 100 %",
            "tracks>=100%", Tracks) with { LowerIsBetter = false, Missing = MissingMedia },
        Metric.OfMedia("dropped", Unit.Count, "Participants that lost the room",
            Lines,
            "participants that lost the room: those who came back, a subscriber to a whole set of tracks again, a publisher to publish "
            + "again; and those who did not, whose media stopped while those of most others continued, or whom LiveKit no longer counted",
            "dropped==0", media => media.ParticipantsDropped) with { Note = GoneOf },
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
            media => media.TimeToFirstTrackSeconds?.P95) with
            {
                Spread = media => media.TimeToFirstTrackSeconds,
                Missing = MissingMedia,
            },
        Metric.OfMedia("bitrate", Unit.BitsPerSecond, "Received by all",
            Tables,
            "payload received by all subscribers",
            "bitrate>=40mbps", media => media.ReceivedBitsPerSecond) with
        {
            EachSubscriber = media => media.ReceivedBitsPerSecondPerSubscriber,
            LowerIsBetter = false,
            Missing = MissingMedia,
            Note = run => run.Fleet.ReceivedBitsPerSecondPerSubscriber is { } each
                ? $"{Format.Show(each, Unit.BitsPerSecond)} per subscriber"
                : null,
        },
        Metric.OfMedia("bitrate-per-subscriber", Unit.BitsPerSecond, "Received per subscriber",
            Tables,
            "the same, for each connected subscriber",
            "bitrate-per-subscriber>=500kbps", media => media.ReceivedBitsPerSecondPerSubscriber) with
            {
                LowerIsBetter = false,
                Missing = MissingMedia,
            },
    ];

    /// <summary>
    /// Participants of a process without output count neither as connected nor as refused: what became of them is not known.
    /// </summary>
    private static double? Connected(RunSummary run) =>
        Told(run) is { Count: > 0 } told
            ? (double)told.Sum(media => media.ParticipantsConnected!.Value) / told.Sum(media => media.ParticipantsPlanned)
            : null;

    private static double? RoomsServed(RunSummary run)
    {
        var known = run.Rooms.Select(room => room.Media)
            .Where(media => media.ParticipantsUnknown == 0
                || media.ParticipantsServed + media.ParticipantsUnknown < media.ParticipantsPlanned)
            .ToList();
        return known.Count == 0 ? null : (double)known.Count(media => media.ParticipantsServed == media.ParticipantsPlanned) / known.Count;
    }

    private static string? ServedOf(RunSummary run) => run.Fleet is { ParticipantsServed: { } served, ParticipantsUnknown: { } unknown }
        ? Noted(served, run.Fleet.ParticipantsPlanned - unknown, unknown)
        : null;

    private static string? GoneOf(RunSummary run) => run.Fleet is { ParticipantsDropped: > 0, ParticipantsGone: { } gone }
        ? Invariant($"{gone:#,0} of them did not come back")
        : null;

    private static string Noted(int some, int told, int unknown) =>
        Invariant($"{some:N0} of {told:N0}{(unknown > 0 ? Invariant($"; of {unknown:N0} more nothing is known") : "")}");

    /// <summary>Why a load has nothing of a kind of media to measure; null when it has.</summary>
    private static Func<LoadShape, string?> Missing(string kind) => load => load is not ParticipantsShape shape ? null
        : shape.Subscribers == 0 ? "no participant subscribes"
        : (kind == "audio" ? shape.AudioPublishers : shape.VideoPublishers) == 0 ? $"no {kind} is published" : null;

    /// <summary>The same for media of any kind.</summary>
    private static string? MissingMedia(LoadShape load) => load is not ParticipantsShape shape ? null
        : shape.Subscribers == 0 ? "no participant subscribes"
        : shape.AudioPublishers + shape.VideoPublishers == 0 ? "no participant publishes" : null;

    private static string? ConnectedOf(RunSummary run)
    {
        var told = Told(run).Sum(media => media.ParticipantsPlanned);
        return run.Fleet.ParticipantsConnected is { } connected ? Noted(connected, told, run.Fleet.ParticipantsPlanned - told) : null;
    }

    private static List<MediaFigures> Told(RunSummary run) =>
        [.. run.Processes.Select(process => process.Media).Where(media => media.ParticipantsConnected is not null)];

    private static double? Tracks(MediaFigures media) =>
        media.TracksDueMin > 0 ? (double?)media.TracksSubscribed / media.TracksDueMin : null;
}
