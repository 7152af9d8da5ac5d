namespace Reporting.Rendering.Html;

/// <summary>A figure of a section: what it is, and its value as a person reads it.</summary>
internal sealed record Card(string Label, string Value)
{
    public static IReadOnlyList<Card> All(ClusterSummary cluster) => cluster.LiveKit is not { } liveKit ? [] :
    [
        new("Participants, most at once", Format.Show(liveKit.ParticipantsMost, Unit.Count)),
        new("Rooms, most at once", Format.Show(liveKit.RoomsMost, Unit.Count)),
        new("Tracks published / subscribed, most",
            $"{Format.Show(liveKit.TracksPublishedMost, Unit.Count)} / {Format.Show(liveKit.TracksSubscribedMost, Unit.Count)}"),
        new("Received, most", Format.Show(liveKit.ReceivedBitsPerSecondMost, Unit.BitsPerSecond)),
        new("Sent, most", Format.Show(liveKit.SentBitsPerSecondMost, Unit.BitsPerSecond)),
        new("Packets lost on the way in / out",
            $"{Format.Show(liveKit.IncomingLossRatio, Unit.Ratio)} / {Format.Show(liveKit.OutgoingLossRatio, Unit.Ratio)}"),
        new("NACK / PLI", $"{Format.Show(liveKit.Nacks, Unit.Count)} / {Format.Show(liveKit.Plis, Unit.Count)}"),
        new("Round trip, p95", Format.Show(liveKit.RttP95Seconds, Unit.Seconds)),
        new("Jitter, p95", Format.Show(liveKit.JitterP95Seconds, Unit.Seconds)),
        new("Forward latency, p95", Format.Show(liveKit.ForwardLatencyP95Seconds, Unit.Seconds)),
        new("Session start, p95", Format.Show(liveKit.SessionStartP95Seconds, Unit.Seconds)),
        .. liveKit.Joins.Select(join => new Card($"Joins: {join.Key}", Format.Show(join.Value, Unit.Count))),
    ];
}
