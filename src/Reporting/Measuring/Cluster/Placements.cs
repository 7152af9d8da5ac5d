using Reporting.Raw.Observations;

namespace Reporting.Measuring.Cluster;

/// <summary>Remembers what was on each pod at the moment of most participants.</summary>
internal sealed class Placements
{
    private readonly HashSet<string> _withRooms = new();
    private DateTimeOffset _at;
    private double _most;
    private IReadOnlyList<PodLoad> _pods = [];

    /// <summary>Takes the latest metrics of the pods; of equally full moments the last one counts.</summary>
    public void Take(DateTimeOffset at, IEnumerable<(string Pod, LiveKitMetrics? Metrics)> latest)
    {
        var counted = latest.Where(pod => pod.Metrics?.Participants is not null).ToList();
        _withRooms.UnionWith(counted.Where(pod => pod.Metrics!.Rooms > 0).Select(pod => pod.Pod));
        var sum = counted.Sum(pod => pod.Metrics!.Participants!.Value);
        if (sum <= 0 || sum < _most)
            return;

        (_at, _most) = (at, sum);
        _pods =
        [
            .. counted.Select(pod =>
                new PodLoad(pod.Pod, (int?)pod.Metrics!.Rooms, (int)pod.Metrics.Participants!.Value, pod.Metrics.Participants.Value / sum))
                .OrderByDescending(pod => pod.Participants).ThenByDescending(pod => pod.Rooms)
                    .ThenBy(pod => pod.Pod, StringComparer.Ordinal),
        ];
    }

    /// <summary>Null when no pod that was read had participants.</summary>
    public Placement? Of(int podsNotRead) => _pods.Count == 0 ? null : new Placement
    {
        At = _at,
        Pods = _pods,
        PodsNotRead = podsNotRead,
        ParticipantsMostToMean = _pods[0].Share * _pods.Count,
        RoomsMostToMean = _pods.Sum(pod => pod.Rooms) is > 0 and var rooms
            ? (double)_pods.Max(pod => pod.Rooms)! * _pods.Count / rooms
            : null,
        RoomsWhere = podsNotRead == 0 && _withRooms.Count == 1
            ? $"All rooms were on {_withRooms.Single()}: no other pod ever had one."
            : "Which room was on which pod is not known: LiveKit's room service names no node when it lists rooms, and the metrics of a "
                + "pod count its rooms without their names.",
    };
}
