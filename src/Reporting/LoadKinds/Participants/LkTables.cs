using System.Runtime.InteropServices;
using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>How much of its tables lk printed.</summary>
public enum LkTables
{
    /// <summary>None: there were no subscribers, or lk was ended before.</summary>
    None,

    /// <summary>They begin and are cut off before the last row.</summary>
    Cut,

    /// <summary>Down to the row <c>Total</c>.</summary>
    Complete,
}

/// <summary>One row of the table of tracks: what one subscriber received of one track since it was subscribed.</summary>
/// <param name="Subscriber">The number in the tester's name, <c>Sub n</c>.</param>
/// <param name="TrackId">The server's name of the track, <c>TR_…</c>.</param>
/// <param name="Kind">What the track carries.</param>
/// <param name="Packets">Packets received.</param>
/// <param name="BitsPerSecond">Payload received over the time since the subscription; null where lk printed NaN.</param>
/// <param name="Dropped">
/// What lk's jitter buffer dropped (its column Pkt. Loss): late or incomplete frames, not packets lost on the way.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LkTrackRow(
    int Subscriber, string TrackId, TrackKind Kind, long Packets, double? BitsPerSecond, long Dropped);

/// <summary>One row of the table of subscribers.</summary>
/// <param name="Subscriber">The number in the tester's name, <c>Sub n</c>.</param>
/// <param name="Tracks">Tracks it was ever subscribed to, in lk's count.</param>
/// <param name="Expected">Tracks published by the same process.</param>
/// <param name="BitsPerSecond">Payload received, all tracks together; null where lk printed NaN.</param>
/// <param name="Dropped">What its jitter buffers dropped; null where lk printed no number.</param>
/// <param name="Error">Why it could not join, without signed tokens; null when it could.</param>
public sealed record LkSubscriberRow(
    int Subscriber, int Tracks, int Expected, double? BitsPerSecond, long? Dropped, string? Error);

/// <summary>The last row of the table of subscribers.</summary>
/// <param name="Tracks">Tracks of all subscribers.</param>
/// <param name="Expected">Tracks that lk expected; it knows only its own publishers.</param>
/// <param name="BitsPerSecond">Payload received by all; null where lk printed NaN.</param>
/// <param name="Dropped">What all jitter buffers dropped; null where lk printed no number.</param>
/// <param name="Errors">Subscribers that could not join; lk 2.3.1 to 2.5.0 prints it as a control character.</param>
public sealed record LkTotalRow(int Tracks, int Expected, double? BitsPerSecond, long? Dropped, int Errors);
