using Reporting.Measuring;

namespace Reporting.LoadKinds.Participants;

/// <summary>
/// Participants that lost the room and did not come back. lk does not report them: their media stop long before the end while the media
/// of others in the process continue, or LiveKit counts fewer participants in the room. Where LiveKit counted all to the end, none left.
/// </summary>
internal static class Leavers
{
    /// <summary>Media that stop this long before the end do not come back: a reconnect is tried for less.</summary>
    private const double LongSeconds = 10;

    public static IReadOnlyList<HostMeasures> Of(IReadOnlyList<HostMeasures> hosts)
    {
        var publishers = hosts.SelectMany(host => host.Own())
            .GroupBy(RoomService.RoomOf, StringComparer.Ordinal)
            .ToDictionary(room => room.Key, room => room.Max(process => process.Counted?.PublishersLost ?? 0), StringComparer.Ordinal);
        return
        [
            .. hosts.Select(host => host.With(process =>
                WithoutPublishers(Of(process, host.ClockOffset), publishers, host.ClockOffset))),
        ];
    }

    /// <summary>
    /// Of publishers there are no media: LiveKit counts how many publish. Which of them left is not known; they are those who joined last.
    /// </summary>
    private static ParticipantMeasures WithoutPublishers(ParticipantMeasures process, Dictionary<string, int> lost, double offset)
    {
        var room = RoomService.RoomOf(process);
        var left = process.Participants.Where(one => one is { Role: LkRole.Publisher, Attendance: Attendance.Joined, CameBack: false,
            IsGone: false, AudioTracks: var audio, VideoTracks: var video } && audio + video > 0).TakeLast(lost[room])
            .ToHashSet<Participant>(ReferenceEqualityComparer.Instance);
        lost[room] -= left.Count;
        return left.Count > 0 ? Gone(process, left.Contains, process.Counted!.FellAt + offset) : process;
    }

    private static ParticipantMeasures Of(ParticipantMeasures process, double offset)
    {
        if (process.Counted is { Last: 0, FellAt: { } emptied })
            return Gone(process, one => one is { Attendance: Attendance.Joined, CameBack: false }, emptied + offset);

        var most = process.Counted is { } counted ? counted.Most - counted.Last - counted.PublishersLost
            : MostAreWell(process) ? int.MaxValue : 0;
        // Of as many as lk panicked the tracks may be unread. Who got all of its video was there to the end.
        var stopped = process.Participants
            .Where(one => HasStopped(one, process.EndedAt) && (process.Counted is not null || one.Video.Share is null or < 1))
            .OrderBy(one => one.AudioUntil)
            .Skip(process.Counted is null ? process.Panics : 0).Take(most)
            .ToHashSet<Participant>(ReferenceEqualityComparer.Instance);
        return stopped.Count > 0 ? Gone(process, stopped.Contains, null) : process;
    }

    /// <summary>
    /// On an overloaded LiveKit the media of some stop while those of a few others just get by: there no one is known to have left.
    /// </summary>
    private static bool MostAreWell(ParticipantMeasures process)
    {
        var measured = process.Participants
            .Where(one => one is { Role: LkRole.Subscriber, IsMeasured: true, AudioShare: not null }).ToList();
        return 2 * measured.Count(one => one.AudioShare >= RoomService.LeastAudio) > measured.Count;
    }

    /// <summary>Behind what lk may have held back of a track.</summary>
    private static bool HasStopped(Participant one, double? endedAt) =>
        one is { Attendance: Attendance.Joined, IsMeasured: true, CameBack: false, AudioShare: < RoomService.LeastAudio }
        && endedAt - one.AudioUntil > LongSeconds + (MediaDue.MostHeldBack / Raw.Lk.LkFacts.AudioPacketsPerSecond);

    private static ParticipantMeasures Gone(ParticipantMeasures process, Func<Participant, bool> isGone, double? at) => process with
    {
        Participants = [.. process.Participants.Select(one =>
            isGone(one) ? one with { IsGone = true, HurtAt = one.AudioUntil ?? at } : one)],
    };
}
