using Reporting.Raw.Observations;

namespace Reporting.Measuring.Cluster;

/// <summary>
/// From single observations to the summary of the cluster. Pure; the observations come in the order in which they were made.
/// </summary>
internal static class ClusterSummarizer
{
    /// <summary>The autoscaler gives its reason at about the time at which the Deployment changes.</summary>
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(10);

    /// <summary>Null when nothing was observed.</summary>
    public static ClusterSummary? Of(IReadOnlyList<Observation> all)
    {
        if (all.Count == 0)
            return null;

        var which = all.OfType<ClusterSeen>().LastOrDefault();
        var requests = all.OfType<RequestsMade>().LastOrDefault();
        var rooms = all.OfType<RoomsSeen>().ToList();
        var liveKit = new LiveKitSummarizer();
        foreach (var observation in all)
            liveKit.Take(observation);

        return Pods(all, liveKit, new ClusterSummary
        {
            Server = which?.Server,
            Namespace = which?.Namespace,
            Deployment = which?.Deployment,
            Image = which?.Image,
            ObservedFrom = all.Min(observation => observation.At),
            ObservedTo = all.Max(observation => observation.At),
            Requests = requests?.Total,
            MostRequestsInAMinute = requests?.MostInAMinute,
            Scalings = [.. Scalings(all)],
            RestartsSeen = [.. RestartsSeen(all)],
            Nodes = [.. Nodes(all)],
            Warnings = [.. Warnings(all)],
            LiveKit = liveKit.Figures(),
            Rooms = [.. Rooms(rooms)],
            // Rooms without participants are no load.
            OtherRooms = rooms.Count == 0 ? null : rooms.Max(seen => seen.OtherParticipants > 0 ? seen.OtherRooms : 0),
            OtherParticipants = rooms.Count == 0 ? null : rooms.Max(seen => seen.OtherParticipants),
            Gaps = [.. Gaps(all)],
        });
    }

    private static ClusterSummary Pods(IReadOnlyList<Observation> all, LiveKitSummarizer liveKit, ClusterSummary summary)
    {
        var seen = all.OfType<PodSeen>().ToList();
        if (seen.Count == 0)
            return summary with { Placement = liveKit.Placement(podsNotRead: 0) };

        var ready = new HashSet<string>();
        var (atStart, most) = (0, 0);
        var firstSight = seen[0].At + SameMoment;
        foreach (var pod in seen)
        {
            if (pod.Ready)
                ready.Add(pod.Uid);
            else
                ready.Remove(pod.Uid);
            most = Math.Max(most, ready.Count);
            atStart = pod.At < firstSight && pod.CreatedAt < seen[0].At ? ready.Count : atStart;
        }

        var usage = all.OfType<UsageSeen>().Where(used => !used.OfNode).ToLookup(used => used.Name);
        List<ClusterPod> pods =
        [
            .. seen.GroupBy(pod => pod.Uid)
                .OrderBy(pod => pod.First().CreatedAt)
                .Select(pod => Pod([.. pod], [.. usage[pod.First().Name]], liveKit, seen[0].At)),
        ];
        return summary with
        {
            ReadyAtStart = atStart,
            ReadyMost = most,
            ReadyAtEnd = ready.Count,
            Restarts = pods.Sum(pod => pod.Restarts),
            Evictions = pods.Count(pod => pod.Evicted),
            Pods = pods,
            Placement = liveKit.Placement(pods.Count(pod => pod is { ReadyFrom: not null, ParticipantsMost: null })),
        };
    }

    /// <summary>Restarts from before the run are not the run's.</summary>
    private static ClusterPod Pod(IReadOnlyList<PodSeen> seen, IReadOnlyList<UsageSeen> usage, LiveKitSummarizer liveKit,
        DateTimeOffset began)
    {
        var (first, last) = (seen[0], seen[^1]);
        var restarts = seen.Max(pod => pod.Restarts) - (first.CreatedAt < began ? first.Restarts : 0);
        var end = restarts > 0 ? last : null;
        return new ClusterPod
        {
            Name = last.Name,
            Node = last.Node,
            ReadyFrom = seen.FirstOrDefault(pod => pod.Ready)?.At,
            GoneAt = seen.FirstOrDefault(pod => pod.Gone)?.At,
            Restarts = restarts,
            LastEnd = end?.LastEnd is { } why ? Invariant($"{why} (exit code {end.LastExitCode})") : null,
            Trouble = last.Reason,
            Evicted = seen.Any(pod => pod.Evicted),
            CoresMost = usage.Count == 0 ? liveKit.CoresMost(last.Name) : usage.Max(used => used.Cores),
            CoresLimit = last.CpuLimitCores,
            MemoryMostBytes = usage.Count == 0 ? liveKit.MemoryMost(last.Name) : usage.Max(used => used.Bytes),
            MemoryLimitBytes = last.MemoryLimitBytes,
            RoomsMost = (int?)liveKit.RoomsMost(last.Name),
            ParticipantsMost = (int?)liveKit.ParticipantsMost(last.Name),
        };
    }

    private static IEnumerable<Scaling> Scalings(IReadOnlyList<Observation> all)
    {
        var rescales = all.OfType<EventSeen>().Where(happening => happening.Reason == "SuccessfulRescale").ToList();
        DeploymentSeen? before = null;
        foreach (var deployment in all.OfType<DeploymentSeen>())
        {
            if (before is not null && before.Wanted != deployment.Wanted)
            {
                var why = rescales.Where(happening => (happening.HappenedAt - deployment.At).Duration() <= SameMoment)
                    .MinBy(happening => (happening.HappenedAt - deployment.At).Duration());
                yield return new Scaling(deployment.At, before.Wanted, deployment.Wanted, why?.Message);
            }

            before = deployment;
        }
    }

    /// <summary>A pod that was there before the observation brings its restarts along; one that came during it does not.</summary>
    private static IEnumerable<PodRestart> RestartsSeen(IReadOnlyList<Observation> all)
    {
        var known = new Dictionary<string, int>();
        foreach (var pod in all.OfType<PodSeen>())
        {
            var before = known.TryGetValue(pod.Uid, out var last) ? last : pod.CreatedAt < all[0].At ? pod.Restarts : 0;
            if (pod.Restarts > before)
                yield return new PodRestart(pod.At, pod.Name, pod.LastEnd);
            known[pod.Uid] = Math.Max(before, pod.Restarts);
        }
    }

    private static IEnumerable<ClusterNode> Nodes(IReadOnlyList<Observation> all)
    {
        var carrying = all.OfType<PodSeen>().Select(pod => pod.Node).ToHashSet();
        var usage = all.OfType<UsageSeen>().Where(used => used.OfNode).ToLookup(used => used.Name);
        foreach (var node in all.OfType<NodeSeen>().GroupBy(node => node.Name)
            .OrderBy(node => node.Key, StringComparer.Ordinal))
        {
            var troubles = node.Select(seen => seen.Trouble).OfType<string>().Distinct().ToList();
            var ready = node.All(seen => seen.Ready);
            if (!carrying.Contains(node.Key) && ready && troubles.Count == 0)
                continue;

            var used = usage[node.Key].ToList();
            yield return new ClusterNode(
                node.Key,
                ready,
                troubles.Count == 0 ? null : string.Join("; ", troubles),
                used.Count == 0 ? null : used.Max(sample => sample.Cores),
                node.Last().AllocatableCores,
                used.Count == 0 ? null : used.Max(sample => sample.Bytes),
                node.Last().AllocatableBytes);
        }
    }

    /// <summary>A repeated event is the same again with a greater count.</summary>
    private static IEnumerable<ClusterWarning> Warnings(IReadOnlyList<Observation> all) => all.OfType<EventSeen>()
        .Where(happening => happening.Type == "Warning")
        .GroupBy(happening => happening.Uid)
        .Select(same => same.Last())
        .OrderBy(happening => happening.HappenedAt)
        .Select(happening =>
            new ClusterWarning(happening.HappenedAt, happening.Reason, happening.Subject, happening.Message, happening.Count));

    private static IEnumerable<ClusterRoom> Rooms(IReadOnlyList<RoomsSeen> seen) => seen
        .SelectMany(rooms => rooms.Rooms)
        .GroupBy(room => room.Name)
        .OrderBy(room => room.Key, StringComparer.Ordinal)
        .Select(room => new ClusterRoom(room.Key, room.Max(one => one.Participants), room.Max(one => one.Publishers)));

    private static IEnumerable<ObservationGap> Gaps(IReadOnlyList<Observation> all)
    {
        var open = new Dictionary<string, SourceLost>();
        foreach (var observation in all)
        {
            var source = observation switch { SourceLost lost => lost.Source, SourceBack back => back.Source, _ => null };
            if (source is null)
                continue;
            if (open.Remove(source, out var before))
                yield return Gap(before, observation.At);
            if (observation is SourceLost now)
                open[source] = now;
        }

        foreach (var lost in open.Values)
            yield return Gap(lost, null);
    }

    private static ObservationGap Gap(SourceLost lost, DateTimeOffset? to) => new(lost.Source, lost.At, to, lost.Why, lost.Needs);
}
