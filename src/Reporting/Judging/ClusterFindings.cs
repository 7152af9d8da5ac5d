namespace Reporting.Judging;

/// <summary>
/// What a knowing engineer would notice of the cluster. It colours no verdict by itself: thresholds on pods.restarts and the like do.
/// </summary>
internal static class ClusterFindings
{
    /// <summary>From this ratio on the fullest pod is a separate finding: it may be full while the mean is not.</summary>
    private const double Uneven = 1.5;

    public static IEnumerable<Finding> Of(RunSummary summary)
    {
        if (summary.Cluster is not { } cluster)
            yield break;

        foreach (var pod in cluster.Pods.Where(pod => pod.Restarts > 0))
            yield return Noticed(
                $"a LiveKit pod was restarted {(pod.Restarts == 1 ? "once" : Format.Counted(pod.Restarts, "time"))}: "
                + $"{pod.LastEnd ?? "the reason is not known"}", pod.Name);
        foreach (var pod in cluster.Pods.Where(pod => pod.Evicted))
            yield return Noticed("a LiveKit pod was evicted", pod.Name);

        foreach (var (pod, limit) in cluster.Pods.SelectMany(pod => ClusterCauses.Limits(pod).Select(limit => (pod, limit))))
            yield return Noticed(limit.What, pod.Name);

        var homeless = cluster.Pods.Where(pod => pod is { ReadyFrom: null, Trouble: "Unschedulable" }).Select(pod => pod.Name).ToList();
        if (homeless.Count > 0)
            yield return Noticed($"{Format.Counted(homeless.Count, "LiveKit pod")} stayed unschedulable", NameList.Few(homeless));
        if (cluster.OtherParticipants > 0)
            yield return Noticed(
                $"other load on this LiveKit: up to {Format.Counted(cluster.OtherRooms, "room")} with "
                + Format.Counted(cluster.OtherParticipants, "participant"), null);
        if (cluster.ReadyAtStart is { } pods && summary.Load.Rooms < pods)
            yield return Noticed(
                $"{Format.Counted(summary.Load.Rooms, "room")} for {Format.Counted(pods, "LiveKit pod")}: a room is on one pod, "
                + Invariant($"so {pods - summary.Load.Rooms} or more of them carried nothing"), null);
        if (cluster.Placement is { ParticipantsMostToMean: >= Uneven } placement)
            yield return Noticed(
                Invariant($"LiveKit's {placement.Pods.Count} pods were loaded unevenly: the fullest had ")
                + $"{Format.Show(placement.Pods[0].Share, Unit.Ratio)} of the participants, "
                + Invariant($"{placement.ParticipantsMostToMean:0.0} times the mean"), placement.Pods[0].Pod);
    }

    private static Finding Noticed(string what, string? where) => new(Verdict.Passed, what, where);
}
