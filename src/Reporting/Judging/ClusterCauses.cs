namespace Reporting.Judging;

/// <summary>Something that the cluster went through and that explains why participants were not served.</summary>
/// <param name="What">What it was, a sentence without its end.</param>
/// <param name="Remedy">What to do about it, a sentence.</param>
internal sealed record ClusterCause(string What, string Remedy);

/// <summary>What explains the trouble from the cluster's side, the likeliest first; a restart only when the trouble followed it.</summary>
internal static class ClusterCauses
{
    /// <summary>From here on a pod is at its limit: what it uses is a mean of some seconds.</summary>
    private const double AtLimit = 0.95;

    /// <summary>A pod that is gone shows in lk's lines after as long as this: reconnecting is tried several times.</summary>
    private static readonly TimeSpan Follows = TimeSpan.FromSeconds(60);

    /// <summary>What a poll may see late.</summary>
    private static readonly TimeSpan SeenLate = TimeSpan.FromSeconds(15);

    public static IEnumerable<ClusterCause> Of(RunSummary summary, IReadOnlyList<Finding> findings)
    {
        if (summary.Cluster is not { } cluster)
            yield break;

        var times = findings.Where(finding => finding is { Participants: not null, From: not null }).Select(finding => finding.From!.Value)
            .Concat(summary.Stalls.Select(stall => stall.StartedAt)).ToList();
        foreach (var restart in cluster.RestartsSeen.Where(restart => times.Exists(at => Explains(restart.At, at))))
            yield return new(
                $"LiveKit pod {restart.Pod} was restarted at {Format.TimeOfDay(restart.At)} ({restart.Why ?? "no reason given"})",
                $"Look at the log of its container before the restart: kubectl logs --previous {restart.Pod}.");
        foreach (var cause in cluster.Pods.SelectMany(Limits))
            yield return cause;
        foreach (var pod in cluster.Pods.Where(pod => pod.Evicted))
            yield return new($"LiveKit pod {pod.Name} was evicted", $"Look at the pressure on node {pod.Node ?? "of that pod"}.");
    }

    /// <summary>The limits that a pod was at.</summary>
    public static IEnumerable<ClusterCause> Limits(ClusterPod pod)
    {
        if (pod.CoresMost >= AtLimit * pod.CoresLimit)
            yield return new(Invariant($"LiveKit pod {pod.Name} used {pod.CoresMost:0.##} of {pod.CoresLimit:0.##} cores, its limit"),
                "Raise the CPU limit of LiveKit's pods, or spread the rooms over more of them.");
        if (pod.MemoryMostBytes >= AtLimit * pod.MemoryLimitBytes)
            yield return new(
                $"LiveKit pod {pod.Name} used {Format.Show(pod.MemoryMostBytes, Unit.Bytes)} of "
                + $"{Format.Show(pod.MemoryLimitBytes, Unit.Bytes)} of memory, its limit",
                "Raise the memory limit of LiveKit's pods.");
    }

    private static bool Explains(DateTimeOffset restart, DateTimeOffset trouble) =>
        trouble - restart <= Follows && restart - trouble <= SeenLate;
}
