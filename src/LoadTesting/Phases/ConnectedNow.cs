using System.Runtime.InteropServices;
using Reporting.Raw.Observations;

namespace LoadTesting.Phases;

/// <summary>
/// Participants that are connected now. lk counts those who joined, and does not take off who was removed or whose room was deleted;
/// LiveKit's list of rooms has who is there.
/// </summary>
/// <param name="Joined">By lk's count.</param>
/// <param name="Listed">By LiveKit's; null when that is not known, or when participants still join or leave.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ConnectedNow(int Joined, int? Listed)
{
    /// <summary>LiveKit is asked every ten seconds: one answer may be late.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(25);

    /// <summary>LiveKit refreshes the counts of its list as often as this.</summary>
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    /// <summary>The number of them.</summary>
    public int Count => Listed < Joined ? Listed.Value : Joined;

    /// <summary>Whether LiveKit has fewer than lk.</summary>
    public bool IsFewer => Count < Joined;

    /// <summary>Both counts, set against each other.</summary>
    /// <param name="joined">By lk's count.</param>
    /// <param name="seen">LiveKit's last answer; null when there is none.</param>
    /// <param name="allJoinedAt">From when on none joins.</param>
    /// <param name="leaveAt">From when on they leave.</param>
    /// <param name="now">The controller's clock.</param>
    public static ConnectedNow Of(int joined, RoomsSeen? seen, DateTimeOffset allJoinedAt, DateTimeOffset leaveAt, DateTimeOffset now) =>
        new(joined, seen is not null && seen.At > allJoinedAt && seen.At < leaveAt - Refresh && now - seen.At < MaxAge
            ? seen.Rooms.Sum(room => room.Participants)
            : null);

    /// <summary>The number as text, with lk's where that is larger.</summary>
    /// <param name="planned">Participants that the run has in all.</param>
    public string Of(int planned) => $"{Count} of {planned} participants connected"
        + (IsFewer ? $" by LiveKit's count ({Joined} by lk's)" : "");
}
