using System.Runtime.InteropServices;
using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>The two roles that lk gives its testers.</summary>
public enum LkRole
{
    /// <summary>Publishes audio, video or both (<c>Pub n</c>).</summary>
    Publisher,

    /// <summary>Subscribes and is counted in the tables (<c>Sub n</c>).</summary>
    Subscriber,
}

/// <summary>The line <c>Starting load test with …</c>: the load that lk understood.</summary>
/// <param name="VideoPublishers">Participants that publish video.</param>
/// <param name="AudioPublishers">Participants that publish audio; the first ones are the same as those that publish video.</param>
/// <param name="Subscribers">Participants that subscribe.</param>
/// <param name="Room">The room, as lk printed it.</param>
/// <param name="At">When the line came, in epoch seconds; null when lines carry no time.</param>
public sealed record LkStart(int VideoPublishers, int AudioPublishers, int Subscribers, string Room, double? At)
{
    /// <summary>Participants that publish: they join first and are numbered from 0.</summary>
    public int Publishers => Math.Max(VideoPublishers, AudioPublishers);

    /// <summary>All participants of the process.</summary>
    public int Participants => Publishers + Subscribers;

    /// <summary>The number in a participant's identity (<c>prefix_7</c>) for a tester of the tables (<c>Sub 3</c>).</summary>
    /// <param name="subscriber">The number in the tester's name.</param>
    public int ParticipantOf(int subscriber) => subscriber - Math.Max(0, AudioPublishers - VideoPublishers) + Publishers;
}

/// <summary>The line <c>publishing … track - identity</c>: a publisher has joined and starts to publish.</summary>
/// <param name="Participant">The number at the end of its identity; -1 when there is none.</param>
/// <param name="Kind">What it publishes.</param>
/// <param name="At">When the line came, in epoch seconds.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LkPublication(int Participant, TrackKind Kind, double? At);

/// <summary>The line <c>subscribed to track …</c>: a subscriber's server offers it a track from now on.</summary>
/// <param name="Participant">The number at the end of its identity; -1 when there is none.</param>
/// <param name="TrackId">The server's name of the track, <c>TR_…</c>.</param>
/// <param name="Kind">What the track carries.</param>
/// <param name="Tracks">How many tracks the subscriber has now, by its own count.</param>
/// <param name="At">When the line came, in epoch seconds.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LkSubscription(int Participant, string TrackId, TrackKind Kind, int Tracks, double? At);

/// <summary>The line <c>could not connect Sub 3: …</c>: a participant gave up after lk's ten attempts.</summary>
/// <param name="Role">Publisher or subscriber.</param>
/// <param name="Tester">The number in lk's name of it.</param>
/// <param name="Error">Why, in lk's words, without signed tokens.</param>
/// <param name="At">When the line came, in epoch seconds.</param>
public sealed record LkFailedJoin(LkRole Role, int Tester, string Error, double? At);

/// <summary>The line <c>track subscription failed, lp:…, sid:…, rp:…</c>: a subscriber did not get a track that it asked for.</summary>
/// <param name="Participant">The number at the end of its identity; -1 when there is none.</param>
/// <param name="TrackId">The server's name of the track; empty when the line has none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LkFailedSubscription(int Participant, string TrackId);
