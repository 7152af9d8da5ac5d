using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>
/// Whether LiveKit gives every subscriber one and the same number of tracks of a kind, fewer than its room owes it. A LiveKit or a network
/// that is too small does not serve all alike.
/// </summary>
internal static class SubscriptionLimits
{
    /// <summary>The end of a sentence about those subscribers; null when there is no such limit.</summary>
    public static string? Of(IReadOnlyList<Participant> participants)
    {
        var subscribers = participants.Where(one => one is { Role: LkRole.Subscriber, IsMeasured: true, HasRow: true }).ToList();
        string?[] kinds =
        [
            Of("audio", subscribers, one => (one.AudioTracks, one.AudioTracksDue)),
            Of("video", subscribers, one => (one.VideoTracks, one.VideoTracksDue)),
        ];
        return kinds.OfType<string>().ToList() is { Count: > 0 } limits
            ? $"each had {string.Join(" and ", limits)}, {ErrorCause.SubscriptionLimit.Text}"
            : null;
    }

    private static string? Of(string kind, IReadOnlyList<Participant> subscribers, Func<Participant, (int Got, int Due)> tracks)
    {
        var all = subscribers.Select(tracks).Where(one => one.Due > 0 || one.Got > 0).ToList();
        if (all.Count < 2 || all[0].Got == 0 || all.Exists(one => one.Got != all[0].Got || one.Got >= one.Due))
            return null;

        var (least, most) = (all.Min(one => one.Due), all.Max(one => one.Due));
        return Invariant($"{all[0].Got:#,0} of {least:#,0}{(most > least ? Invariant($" to {most:#,0}") : "")} {kind} tracks");
    }
}
