using Reporting.LoadKinds.Participants;
using Reporting.Raw.Lk;

namespace LoadTesting.LoadKinds.Participants;

/// <summary>What a plan will put on the wire and cost, as far as it can be known beforehand.</summary>
/// <param name="Participants">All participants.</param>
/// <param name="Rooms">Different rooms.</param>
/// <param name="Tracks">Fewest and most tracks that all subscribers together get.</param>
/// <param name="DownBitsPerSecond">About what all generators receive.</param>
/// <param name="UpBitsPerSecond">About what all generators send.</param>
public sealed record ExpectedLoad(int Participants, int Rooms, (int Min, int Max) Tracks, double DownBitsPerSecond, double UpBitsPerSecond)
{
    /// <summary>An audio track of lk's clips, as measured: 15 to 17 kbps.</summary>
    private const double AudioBitsPerSecond = 16_000;

    /// <summary>A 180p video layer, as measured: 110 to 135 kbps; 360p 550 kbps; 720p 1.5 Mbps.</summary>
    private const double LowBitsPerSecond = 130_000;

    private const double MediumBitsPerSecond = 550_000;

    private const double HighBitsPerSecond = 1_500_000;

    /// <summary>Computes the expectation of a plan.</summary>
    public static ExpectedLoad Of(RunPlan plan)
    {
        var media = plan.Read(ParticipantsJson.Default.PlannedMedia);
        var processes = plan.Processes
            .Select(process => (process.Room, Expected: process.Read(ParticipantsJson.Default.PlannedParticipants)))
            .ToList();
        var rooms = processes.ToLookup(process => process.Room, process => process.Expected);
        return new ExpectedLoad(
            plan.Processes.Sum(process => process.Participants),
            rooms.Count,
            (processes.Sum(process => process.Expected.Subscribers * process.Expected.MinTracksPerSubscriber),
             processes.Sum(process => process.Expected.Subscribers * process.Expected.MaxTracksPerSubscriber)),
            rooms.Sum(room => DownOfRoom(media, [.. room])),
            processes.Sum(process => (process.Expected.AudioPublishers * AudioBitsPerSecond)
                + (process.Expected.VideoPublishers * Published(media.VideoResolution))));
    }

    private static double DownOfRoom(PlannedMedia media, IReadOnlyList<PlannedParticipants> room)
    {
        var audio = room.Sum(process => process.AudioPublishers);
        var video = room.Sum(process => process.VideoPublishers);
        var publishers = room.Sum(process => Math.Max(process.AudioPublishers, process.VideoPublishers));
        if (publishers == 0)
            return 0;

        var shown = Math.Min(LkFacts.ParticipantsShown(media.Layout), publishers);
        var audioShown = (double)shown * audio / publishers;
        var videoShown = (double)shown * video / publishers;

        // The speaker layout asks for the best layer of one participant and the lowest of the others.
        var large = media.Layout == "speaker" ? Math.Min(1, videoShown) : media.Layout == "3x3" ? videoShown : 0;
        var subscriber = (audioShown * AudioBitsPerSecond)
            + (large * Shown(media.VideoResolution, media.Layout)) + ((videoShown - large) * LowBitsPerSecond);
        return subscriber * room.Sum(process => process.Subscribers);
    }

    private static double Shown(string resolution, string layout) => (resolution, layout) switch
    {
        ("high", "speaker") => HighBitsPerSecond,
        ("high" or "medium", _) => MediumBitsPerSecond,
        _ => LowBitsPerSecond,
    };

    /// <summary>With simulcast a publisher sends every layer up to its resolution.</summary>
    private static double Published(string resolution) => resolution switch
    {
        "high" => LowBitsPerSecond + MediumBitsPerSecond + HighBitsPerSecond,
        "medium" => LowBitsPerSecond + MediumBitsPerSecond,
        _ => LowBitsPerSecond,
    };
}
