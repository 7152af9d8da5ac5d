namespace Reporting.Judging;

/// <summary>Something that the cluster went through and that explains why participants were not served.</summary>
/// <param name="What">What it was, a sentence without its end.</param>
/// <param name="Remedy">What to do about it, a sentence.</param>
internal sealed record ClusterCause(string What, string Remedy);

/// <summary>What explains the trouble from the cluster's side, the likeliest first; a restart only when the trouble followed it.</summary>
internal static class ClusterCauses
{
    /// <summary>A pod that is gone shows in lk's lines after as long as this: reconnecting is tried several times.</summary>
    private static readonly TimeSpan Follows = TimeSpan.FromSeconds(60);

    /// <summary>What a poll may see late.</summary>
    private static readonly TimeSpan SeenLate = TimeSpan.FromSeconds(15);

    public static IEnumerable<ClusterCause> Of(RunSummary summary, IReadOnlyList<Finding> findings)
    {
        if (summary.Cluster is not { } cluster)
            yield break;

        var hurt = findings.Where(finding => finding is { Participants: not null }).ToList();
        var ofCluster = hurt.Where(finding => finding.Cause is not ({ IsLimit: true } or { IsOfSetup: true })).ToList();
        var times = ofCluster.Select(finding => finding.From).OfType<DateTimeOffset>()
            .Concat(summary.Stalls.Select(stall => stall.StartedAt)).ToList();
        if (hurt.Count > 0 && ofCluster.Count == 0 && times.Count == 0)
            yield break;

        foreach (var restart in cluster.RestartsSeen.Where(restart => times.Exists(at => Explains(restart.At, at))))
            yield return new(
                $"LiveKit pod {restart.Pod} was restarted at {Format.Second(restart.At)} ({restart.Why ?? "no reason given"})",
                $"Look at the log of its container before the restart: kubectl logs --previous {restart.Pod}.");
        var limits = summary.Happenings.Where(happening => happening.Kind == HappeningKind.PodAtLimit).ToList();
        if (ofCluster.Exists(finding => finding.From is null) || limits.Count == 0 || limits.Exists(limit => Explains(limit, times)))
        {
            foreach (var cause in cluster.Pods.SelectMany(Limits))
                yield return cause;
        }

        foreach (var happening in summary.Happenings.Where(happening => Remedy(happening) is not null && Explains(happening, times))
            .OrderBy(happening => happening.Kind).ThenBy(happening => happening.At))
            yield return new($"{When(happening)} {happening.What}", Remedy(happening)!);
    }

    /// <summary>What to do about it; null where it is no cause, or where the restarts and limits of the pods above have it.</summary>
    private static string? Remedy(Happening happening) => happening.Cause?.NextStep ?? happening.Kind switch
    {
        HappeningKind.Eviction => "Look at the pressure on the node of that pod, and request what LiveKit needs.",
        HappeningKind.NodeTrouble => "Look at that node: kubectl describe node.",
        HappeningKind.Termination =>
            "Find out what ended that pod: a rollout, a scale-down, a drained node; LiveKit needs a long grace period.",
        HappeningKind.PodTrouble => "Look at that pod: kubectl describe pod.",
        HappeningKind.NotScaled => "Give the autoscaler what it lacks: kubectl describe hpa.",
        HappeningKind.NoAnswer => "Look at LiveKit's log and at its process at that time.",
        _ => null,
    };

    /// <summary>What lk's errors and tracks tell where the cluster tells nothing; a generator's own errors explain nothing.</summary>
    public static IEnumerable<ClusterCause> Explained(IReadOnlyList<Finding> findings) => findings
        .Where(finding => finding is { Participants: null, Cause.IsLimit: false })
        .Select(finding => new ClusterCause(Phrases.Placed(finding), finding.Cause!.NextStep));

    private static string When(Happening happening)
    {
        var when = Phrases.When(happening);
        return happening.To is null ? $"from {Format.Second(happening.At)} on"
            : when == Format.Second(happening.At) ? $"at {when}" : $"from {when}";
    }

    /// <summary>Whether the trouble was in its time or soon after; of trouble without a time only what lasts explains anything.</summary>
    private static bool Explains(Happening happening, IReadOnlyList<DateTimeOffset> times) => times.Count == 0
        ? happening.To != happening.At
        : times.Any(at => at >= happening.At - SeenLate && (happening.To is not { } to || at - to <= Follows));

    /// <summary>The limits that a pod was at.</summary>
    public static IEnumerable<ClusterCause> Limits(ClusterPod pod)
    {
        if (pod.CoresMost >= ClusterPod.AtLimit * pod.CoresLimit)
            yield return new(Invariant($"LiveKit pod {pod.Name} used {pod.CoresMost:0.##} of {pod.CoresLimit:0.##} cores, its limit"),
                "Raise the CPU limit of LiveKit's pods, or spread the rooms over more of them.");
        if (pod.MemoryMostBytes >= ClusterPod.AtLimit * pod.MemoryLimitBytes)
            yield return new(
                $"LiveKit pod {pod.Name} used {Format.Show(pod.MemoryMostBytes, Unit.Bytes)} of "
                + $"{Format.Show(pod.MemoryLimitBytes, Unit.Bytes)} of memory, its limit",
                "Raise the memory limit of LiveKit's pods.");
    }

    private static bool Explains(DateTimeOffset restart, DateTimeOffset trouble) =>
        trouble - restart <= Follows && restart - trouble <= SeenLate;
}
