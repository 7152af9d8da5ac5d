using Reporting.Raw.Lk;
using Reporting.Raw.Observations;

namespace Reporting.Measuring.Cluster;

/// <summary>What happened in the cluster under test, from its observations: when each thing began and ended.</summary>
internal static class ClusterHappenings
{
    private const string Evicted = "Evicted";
    private const string Rooms = "rooms";

    /// <summary>Participants come and go between two questions, and half as many more do not.</summary>
    private const double ManyMore = 1.5;

    /// <summary>LiveKit's metrics and rooms are asked every ten seconds.</summary>
    private static readonly TimeSpan AskedTogether = TimeSpan.FromSeconds(6);

    /// <param name="all">The observations, in the order in which they were made.</param>
    /// <param name="cluster">What was summed up of them; null when there are none.</param>
    public static IReadOnlyList<Happening> Of(IReadOnlyList<Observation> all, ClusterSummary? cluster)
    {
        if (cluster is null)
            return [];

        var pods = all.OfType<PodSeen>().GroupBy(pod => pod.Uid).Select(pod => pod.ToList()).ToList();
        var usage = all.OfType<UsageSeen>().Where(used => !used.OfNode).ToLookup(used => used.Name);
        return
        [
            .. cluster.RestartsSeen.Select(restart => new Happening(restart.At, restart.At, HappeningKind.Restart,
                $"LiveKit pod {restart.Pod} was restarted ({restart.Why ?? "no reason given"})")),
            .. pods.SelectMany(Pod),
            .. pods.SelectMany(pod => AtLimit(pod[^1], [.. usage[pod[^1].Name]])),
            .. Autoscaler([.. all.OfType<AutoscalerSeen>()]),
            .. Nodes(all),
            .. cluster.Scalings.Select(scaling => new Happening(scaling.At, scaling.At, HappeningKind.Scaling,
                Invariant($"the number of LiveKit pods wanted went from {scaling.From} to {scaling.To}")
                + (scaling.Why is null ? "" : $": {scaling.Why}"))),
            .. cluster.Gaps.Where(gap => gap.Needs is null).Select(gap => NoAnswer(all, gap)).OfType<Happening>(),
            .. NodesApart(all),
        ];
    }

    private static IEnumerable<Happening> Pod(IReadOnlyList<PodSeen> seen)
    {
        var name = $"LiveKit pod {seen[0].Name}";
        if (seen.FirstOrDefault(pod => pod.Evicted) is { } evicted)
            yield return new(evicted.At, evicted.At, HappeningKind.Eviction, $"{name} was evicted from {evicted.Node ?? "its node"}");
        else if (seen.FirstOrDefault(pod => pod.Deleting) is { } deleting)
            yield return new(deleting.At, seen.FirstOrDefault(pod => pod.Gone)?.At, HappeningKind.Termination, $"{name} was terminating");

        foreach (var span in Spans(seen.Select(pod => (pod.At, pod.Gone || pod.Reason == Evicted ? null : pod.Reason))))
            yield return new(span.From, span.To, HappeningKind.PodTrouble, $"{name} was not well: {span.State}");
    }

    /// <summary>Limits are those that it had last; a pod at its limit of processors is throttled.</summary>
    private static IEnumerable<Happening> AtLimit(PodSeen pod, IReadOnlyList<UsageSeen> usage)
    {
        foreach (var (limit, used, words) in ((double?, Func<UsageSeen, double>, Func<double, string>)[])
        [
            (pod.CpuLimitCores, one => one.Cores,
                most => Invariant($"{most:0.##} of {pod.CpuLimitCores:0.##} cores, its limit, and was throttled")),
            (pod.MemoryLimitBytes, one => one.Bytes, most => $"{Format.Show(most, Unit.Bytes)} of "
                + $"{Format.Show(pod.MemoryLimitBytes, Unit.Bytes)} of memory, its limit"),
        ])
        {
            var full = usage.Where(one => used(one) >= ClusterPod.AtLimit * limit).ToList();
            if (full.Count > 0)
                yield return new(full[0].At, full[^1].At, HappeningKind.PodAtLimit,
                    $"LiveKit pod {pod.Name} used {words(full.Max(used))}");
        }
    }

    private static IEnumerable<Happening> Autoscaler(IReadOnlyList<AutoscalerSeen> seen)
    {
        foreach (var span in Spans(seen.Select(one => (one.At, one.Trouble))))
            yield return new(span.From, span.To, HappeningKind.NotScaled, $"the autoscaler could not scale LiveKit: {span.State}");
        foreach (var span in Spans(seen.Select(one => (one.At, one.Current >= one.Most && one.Utilization > one.Target
            ? $"{Format.Counted(one.Most, "pod")}, its most"
            : null))))
            yield return new(span.From, span.To, HappeningKind.NotScaled,
                $"the autoscaler could not scale LiveKit beyond {span.State}, and they were busier than its target");
    }

    private static IEnumerable<Happening> Nodes(IReadOnlyList<Observation> all)
    {
        var carrying = all.OfType<PodSeen>().Select(pod => pod.Node).ToHashSet();
        return all.OfType<NodeSeen>().Where(node => carrying.Contains(node.Name)).GroupBy(node => node.Name)
            .SelectMany(node => Spans(node.Select(seen => (seen.At, State(seen)))).Select(span =>
                new Happening(span.From, span.To, HappeningKind.NodeTrouble, $"node {node.Key} of LiveKit {span.State}")));
    }

    private static string? State(NodeSeen node) => node switch
    {
        { Gone: true } => "left the cluster",
        { Trouble: { } trouble } => $"was in trouble: {trouble}",
        { Ready: false } => "was not ready",
        _ => null,
    };

    /// <summary>
    /// LiveKit's own words where it answered with an error: its room service needs nothing but its Redis. Null for a source that is none
    /// of LiveKit's.
    /// </summary>
    private static Happening? NoAnswer(IReadOnlyList<Observation> all, ObservationGap gap)
    {
        var words = gap.Source == Rooms && gap.Why.IndexOf("dial tcp", StringComparison.Ordinal) is >= 0 and var at
            ? gap.Why[at..].TrimEnd('\'', '}', '"') : null;
        return words is not null
            ? new(gap.From, gap.To, HappeningKind.NoAnswer,
                $"{ErrorCause.NoRedis.Text}: {SanitizedText.Quoted(words)}") { Cause = ErrorCause.NoRedis }
            : HadAnswered(all, gap)
            ? new(gap.From, gap.To, HappeningKind.NoAnswer, $"LiveKit did not answer ({gap.Source}): {SanitizedText.Quoted(gap.Why)}")
            : null;
    }

    /// <summary>Nodes that together count many more participants than the room service knows, each time that both were asked.</summary>
    private static IEnumerable<Happening> NodesApart(IReadOnlyList<Observation> all)
    {
        var nodes = all.OfType<LiveKitSeen>().Where(seen => seen.Metrics.Participants is not null).ToLookup(seen => seen.Pod);
        if (nodes.Count < 2)
            yield break;

        var both = new List<(DateTimeOffset At, long Listed, double Counted)>();
        foreach (var list in all.OfType<RoomsSeen>())
        {
            var counts = nodes.Select(node => node.MinBy(seen => (seen.At - list.At).Duration())!)
                .Where(seen => (seen.At - list.At).Duration() <= AskedTogether).Select(seen => seen.Metrics.Participants!.Value).ToList();
            if (counts.Count(count => count > 0) < 2)
                continue;

            both.Add((list.At, list.Rooms.Sum(room => room.Participants) + list.OtherParticipants, counts.Sum()));
            if (both[^1].Counted < ManyMore * both[^1].Listed)
                yield break; // they know of each other
        }

        if (both.Count >= 2)
            yield return new(both[0].At, null, HappeningKind.NodesApart,
                Invariant($"LiveKit's room service knew {both[^1].Listed:#,0} participants and its nodes together had ")
                + Invariant($"{both[^1].Counted:#,0}: {ErrorCause.NodesApart.Text}")) { Cause = ErrorCause.NodesApart };
    }

    /// <summary>Whether it is about LiveKit, which answered before: a source that never did is not configured.</summary>
    private static bool HadAnswered(IReadOnlyList<Observation> all, ObservationGap gap) => IsOfLiveKit(gap.Source)
        && all.Any(seen => (gap.Source == Rooms ? seen is RoomsSeen : seen is LiveKitSeen) && seen.At < gap.From);

    /// <summary>Whether a source is LiveKit itself.</summary>
    public static bool IsOfLiveKit(string source) => source == Rooms
        || source.StartsWith("LiveKit's metrics", StringComparison.Ordinal) || source.StartsWith("metrics of ", StringComparison.Ordinal);

    /// <summary>From when to when something had each state.</summary>
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset? To, string State)> Spans(
        IEnumerable<(DateTimeOffset At, string? State)> seen)
    {
        (DateTimeOffset At, string State)? open = null;
        foreach (var (at, state) in seen)
        {
            if (open is { } now && now.State != state)
            {
                yield return (now.At, at, now.State);
                open = null;
            }

            if (state is not null)
                open ??= (at, state);
        }

        if (open is { } last)
            yield return (last.At, null, last.State);
    }
}
