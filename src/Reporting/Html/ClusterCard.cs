using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Html;

/// <summary>A figure of the cluster's section: what it is, and its value as a person reads it.</summary>
internal sealed record ClusterCard(string Label, string Value)
{
    public static IReadOnlyList<ClusterCard> All(ClusterSummary cluster) => cluster.LiveKit is not { } liveKit ? [] :
    [
        new("Participants, most at once", Figures.Show(liveKit.ParticipantsMost, Unit.Count)),
        new("Rooms, most at once", Figures.Show(liveKit.RoomsMost, Unit.Count)),
        new("Tracks published / subscribed, most", $"{Figures.Show(liveKit.TracksPublishedMost, Unit.Count)} / {Figures.Show(liveKit.TracksSubscribedMost, Unit.Count)}"),
        new("Received, most", Figures.Show(liveKit.ReceivedBitsPerSecondMost, Unit.BitsPerSecond)),
        new("Sent, most", Figures.Show(liveKit.SentBitsPerSecondMost, Unit.BitsPerSecond)),
        new("Packets lost on the way in / out", $"{Figures.Show(liveKit.IncomingLossRatio, Unit.Ratio)} / {Figures.Show(liveKit.OutgoingLossRatio, Unit.Ratio)}"),
        new("NACK / PLI", $"{Figures.Show(liveKit.Nacks, Unit.Count)} / {Figures.Show(liveKit.Plis, Unit.Count)}"),
        new("Round trip, p95", Figures.Show(liveKit.RttP95Seconds, Unit.Seconds)),
        new("Jitter, p95", Figures.Show(liveKit.JitterP95Seconds, Unit.Seconds)),
        new("Forward latency, p95", Figures.Show(liveKit.ForwardLatencyP95Seconds, Unit.Seconds)),
        new("Session start, p95", Figures.Show(liveKit.SessionStartP95Seconds, Unit.Seconds)),
        .. liveKit.Joins.Select(join => new ClusterCard($"Joins: {join.Key}", Figures.Show(join.Value, Unit.Count))),
    ];
}
