using System.Runtime.InteropServices;
using Reporting.Measuring;
using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>
/// Whether each participant was served by its room. What is due to a subscriber depends on what was published in the whole room, by all
/// processes of all hosts.
/// </summary>
internal static class RoomService
{
    /// <summary>Least share of its audio that a participant must get.</summary>
    public const double LeastAudio = 0.95;

    /// <summary>Least share of its video.</summary>
    public const double LeastVideo = 0.9;

    /// <summary>The same processes, whose participants have what their rooms owed them.</summary>
    public static IReadOnlyList<HostMeasures> Of(PlannedMedia media, IReadOnlyList<HostMeasures> hosts)
    {
        var rooms = hosts.SelectMany(host => host.Own()
                .Select(process => (Key: RoomOf(process), Process: process, Offset: host.ClockOffset)))
            .GroupBy(entry => entry.Key, StringComparer.Ordinal)
            .ToDictionary(room => room.Key, room => Due.Of(media, [.. room.Select(entry => (entry.Process, entry.Offset))]),
                StringComparer.Ordinal);
        return [.. hosts.Select(host => host.With(process => process with
        {
            Participants = [.. process.Participants.Select((one, number) =>
                Judged(one, number, process, rooms[RoomOf(process)].At(host.ClockOffset), media))],
        }))];
    }

    /// <summary>The room of a process; one that lk chose is its own.</summary>
    public static string RoomOf(ParticipantMeasures process) => process.Plan.Room ?? $"{process.Plan.Host} {process.Plan.Name}";

    private static Participant Judged(Participant one, int number, ParticipantMeasures process, Due due, PlannedMedia media)
    {
        if (one.Role == LkRole.Publisher)
        {
            one = due.BackAt is { } back && one is { Attendance: Attendance.Joined, IsGone: false }
                ? one with { CameBack = true, HurtAt = back } : one;
            return Found(one, OfPublisher(one, number, process.Expected, media), isStarved: false);
        }

        // That the only one who publishes came back gives all others new tracks.
        if (due.Publishers == 1 && one is { CameBack: true, IsBackToOthers: true })
            one = one with { CameBack = false, HurtAt = null };

        // Without a track nothing shows that a subscriber is there.
        if (due.Audio + due.Video == 0 && one is { Attendance: Attendance.Absent, Refusal: null })
            return one with { Attendance = Attendance.Unknown };

        if (one.HasRow && process.EndedAt is { } endedAt && endedAt - (one.SeenAt ?? process.SteadyAt) is > 0 and var seconds)
            one = WithRoom(one, due, seconds, endedAt, media);
        if (one.AudioTracks < due.Audio || one.VideoTracks < due.Video)
            one = one with { AudioTracksDue = due.Audio, VideoTracksDue = due.Video };
        return Found(one, OfSubscriber(one, due, media), one.IsMeasured && IsStarved(one, due));
    }

    /// <summary>Nothing is copied of those who were served: of a hundred thousand they are most.</summary>
    private static Participant Found(Participant one, Harm harm, bool isStarved) =>
        (one.Harm, one.IsStarved) == (harm, isStarved) ? one : one with { Harm = harm, IsStarved = isStarved };

    /// <summary>Adds what was due of tracks that it never got, and takes off what was due when the publishers had left.</summary>
    private static Participant WithRoom(Participant one, Due due, double seconds, double endedAt, PlannedMedia media)
    {
        var there = due.EndedAt is { } end && end < endedAt ? Math.Clamp(1 - ((endedAt - end) / seconds), 0, 1) : 1;
        var audio = Math.Max(0, due.Audio - one.AudioTracks) * media.AudioPacketsPerSecond * seconds;
        var video = Math.Max(0, due.Video - one.VideoTracks) * MediaDue.FramesPerSecond * Math.Max(0, seconds - MediaDue.KeyFrameSeconds);
        if (there >= 1 && audio + video <= 0)
            return one;

        var heard = Delivery.Of(one.Audio.Received, there * (one.Audio.Due + audio));
        return one with
        {
            Audio = heard,
            AudioHeldBack = Math.Min(one.AudioHeldBack, heard.Due - heard.Received),
            Video = Delivery.Of(one.Video.Received, there * (one.Video.Due + video)),
        };
    }

    private static Harm OfPublisher(Participant one, int number, PlannedParticipants plan, PlannedMedia media) => one switch
    {
        { Attendance: Attendance.Absent } => Harm.NotJoined,
        { IsGone: true } => Harm.Gone,
        { CameBack: true } => Harm.LostRoom,
        { IsMeasured: true } when one.AudioTracks < (number < plan.AudioPublishers ? 1 : 0)
            || one.VideoTracks < (number < plan.VideoPublishers ? 1 : 0) => Harm.NotPublished,
        _ => one.JoinSeconds > media.JoinLimitSeconds ? Harm.Late : Harm.None,
    };

    private static Harm OfSubscriber(Participant one, Due due, PlannedMedia media) => one switch
    {
        { Attendance: Attendance.Absent } => Harm.NotJoined,
        { IsGone: true } => Harm.Gone,
        { CameBack: true } => Harm.LostRoom,
        { IsMeasured: true, AudioTracks: 0, VideoTracks: 0 } when due.Audio + due.Video > 0 => Harm.NoTrack,
        { IsMeasured: true, HasAudio: false } when due.Audio > 0 => Harm.NoAudio,
        { IsMeasured: true, HasVideo: false } when due.Video > 0 => Harm.NoVideo,
        { IsMeasured: true } when one.AudioTracks < due.Audio || one.VideoTracks < due.Video => Harm.TooFewTracks,
        { IsMeasured: true, AudioShare: < LeastAudio } => Harm.LittleAudio,
        { IsMeasured: true, Video.Share: < LeastVideo } => Harm.LittleVideo,
        { IsMeasured: true, FailedSubscriptions: > 0 } when one.Tracks < due.Most => Harm.FailedSubscription,
        _ => one.SeenAt - Math.Max(one.DueAt ?? double.MinValue, due.FirstAt ?? double.MinValue) > media.JoinLimitSeconds
            ? Harm.Late : Harm.None,
    };

    private static bool IsStarved(Participant one, Due due) =>
        (due.Audio > 0 && !one.HasAudio) || (due.Video > 0 && one.HasVideo == false);

    /// <summary>What a room owed each of its subscribers.</summary>
    /// <param name="Audio">Fewest audio tracks: the layout shows only some publishers, and each subscriber others.</param>
    /// <param name="Video">Fewest video tracks.</param>
    /// <param name="Most">Most tracks.</param>
    /// <param name="Publishers">How many publish.</param>
    /// <param name="FirstAt">When the first track was published.</param>
    /// <param name="EndedAt">When the first process that published ended.</param>
    /// <param name="BackAt">When all who publish came back; null when they did not.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Due(int Audio, int Video, int Most, int Publishers, double? FirstAt, double? EndedAt, double? BackAt)
    {
        public static Due Of(PlannedMedia media, IReadOnlyList<(ParticipantMeasures Process, double Offset)> room)
        {
            var publishers = room.SelectMany(entry => entry.Process.Participants
                .Where(one => one.Role == LkRole.Publisher && one.AudioTracks + one.VideoTracks > 0)
                .Select(one => (one.AudioTracks, one.VideoTracks,
                    At: one.SeenAt - entry.Offset, End: entry.Process.EndedAt - entry.Offset)))
                .ToList();
            var shown = Math.Min(LkFacts.ParticipantsShown(media.Layout), publishers.Count);
            int Fewest(int having) => Math.Max(0, shown - (publishers.Count - having));
            var both = publishers.Count(one => one is { AudioTracks: > 0, VideoTracks: > 0 });
            return new Due(Fewest(publishers.Count(one => one.AudioTracks > 0)), Fewest(publishers.Count(one => one.VideoTracks > 0)),
                shown + Math.Min(shown, both), publishers.Count, publishers.Min(one => one.At), publishers.Min(one => one.End),
                Back(room, publishers.Count));
        }

        /// <summary>
        /// When all subscribers came back, to other tracks alone; of one who publishes alone the new tracks of anyone tell.
        /// </summary>
        private static double? Back(IReadOnlyList<(ParticipantMeasures Process, double Offset)> room, int publishers)
        {
            var subscribers = room.SelectMany(entry => entry.Process.Participants
                .Where(one => one is { Role: LkRole.Subscriber, Attendance: Attendance.Joined })
                .Select(one => (one.IsBackToOthers, At: one.HurtAt - entry.Offset))).ToList();
            var back = subscribers.Where(one => one.IsBackToOthers).ToList();
            return back.Count > 0 && (publishers == 1 || back.Count == subscribers.Count) ? back.Min(one => one.At) : null;
        }

        /// <summary>The same on the clock of a host.</summary>
        public Due At(double offset) => this with { FirstAt = FirstAt + offset, EndedAt = EndedAt + offset, BackAt = BackAt + offset };
    }
}
