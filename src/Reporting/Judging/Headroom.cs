namespace Reporting.Judging;

/// <summary>What room a run that passed left: of the fullest pod and of the busiest load generator.</summary>
internal static class Headroom
{
    /// <summary>A load that is this little larger is the same load.</summary>
    private const double Least = 1.1;

    /// <summary>The largest factor that is suggested: no figure grows in proportion beyond it.</summary>
    private const double Most = 4;

    /// <summary>What was left, a sentence; null when it is not known.</summary>
    public static string? Left(RunSummary summary)
    {
        string[] words =
        [
            .. new[]
            {
                Pod(summary) is { } pod ? $"the fullest LiveKit pod, {pod.Name}, used {pod.Used}" : null,
                Generator(summary) is { } generator
                    ? $"the busiest load generator, {generator.Name}, was {Format.Show(generator.Share, Unit.Ratio)} busy"
                    : null,
            }.OfType<string>(),
        ];
        return words.Length == 0 ? null : $"{Phrases.Capital(string.Join("; ", words))}.";
    }

    /// <summary>What to try next, a sentence; null when nothing is known of what was left.</summary>
    public static string? Next(RunSummary summary) => First(summary) is { } first ? $"Before you add participants, find out why {first}."
        : More(summary);

    /// <summary>What went wrong although all thresholds held; null when nothing did.</summary>
    private static string? First(RunSummary summary)
    {
        var fleet = summary.Fleet;
        var not = fleet.ParticipantsPlanned - fleet.ParticipantsUnknown - fleet.ParticipantsServed;
        return not > 0 ? $"{Format.Counted(not.Value, "participant")} {(not == 1 ? "was" : "were")} not served"
            : summary.Cluster is { Restarts: > 0 } ? "LiveKit was restarted"
            : summary.Cluster is { Evictions: > 0 } ? "LiveKit was evicted" : null;
    }

    private static string? More(RunSummary summary)
    {
        var pods = Pod(summary) is { } pod ? ClusterPod.AtLimit / pod.Share : (double?)null;
        var generators = Generator(summary) is { } generator ? GeneratorFigures.BusyRatio / generator.Share : (double?)null;
        return (pods, generators) switch
        {
            (null, null) => null,
            (< Least, _) => "The fullest pod has no room for more: raise its limits or add pods before you add participants.",
            (_, < Least) => "The load generators have no room for more: use more VMs before you add participants.",
            _ => Try(Math.Min(Most, Math.Min(pods ?? Most, generators ?? Most)), pods is null),
        };
    }

    private static string Try(double times, bool podsUnknown) =>
        Invariant($"Next, try {Math.Floor(times * 10) / 10:0.#} times as many participants, or search for the limit with Capacity")
        + (podsUnknown ? "; with a kubeconfig the report shows how full LiveKit's pods are." : ".");

    /// <summary>The pod that is nearest to its limit.</summary>
    private static (string Name, string Used, double Share)? Pod(RunSummary summary) => summary.Cluster is not { } cluster ? null
        : cluster.Pods.SelectMany(Used).Where(one => one.Share > 0).OrderByDescending(one => one.Share)
            .Select(one => ((string, string, double)?)one).FirstOrDefault();

    private static IEnumerable<(string Name, string Used, double Share)> Used(ClusterPod pod)
    {
        if (pod.CoresMost / pod.CoresLimit is { } cores)
            yield return (pod.Name, Invariant($"{pod.CoresMost:0.##} of {pod.CoresLimit:0.##} cores"), cores);
        if (pod.MemoryMostBytes / pod.MemoryLimitBytes is { } memory)
            yield return (pod.Name,
                $"{Format.Show(pod.MemoryMostBytes, Unit.Bytes)} of {Format.Show(pod.MemoryLimitBytes, Unit.Bytes)} of memory", memory);
    }

    private static (string Name, double Share)? Generator(RunSummary summary) => summary.Hosts
        .Where(host => host.Generator.CpuPeakRatio > 0).MaxBy(host => host.Generator.CpuPeakRatio) is { } host
            ? (host.Name, host.Generator.CpuPeakRatio!.Value)
            : null;
}
