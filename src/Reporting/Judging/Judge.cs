using Reporting.Measuring;

namespace Reporting.Judging;

/// <summary>
/// Gives the verdict: the worst of all thresholds and findings. One thing goes before: generators that were the bottleneck measured
/// themselves, and nothing they say about the cluster, good or bad, can be concluded.
/// </summary>
internal static class Judge
{
    private static readonly string[] OnEveryFirstScreen = ["start-skew", "generator-cpu"];

    /// <summary>The summary with thresholds, findings, key figures, what is missing, and the judgement.</summary>
    public static RunSummary Complete(LoadKind kind, RunSummary summary, RunManifest manifest,
        IReadOnlyList<HostMeasures> hosts, IReadOnlyList<Threshold> thresholds)
    {
        var results = thresholds.Select(threshold => threshold.Judge(summary)).ToList();
        var findings = Findings.Of(kind, summary, manifest, hosts);
        return summary with
        {
            Thresholds = results,
            Findings = findings,
            KeyFigures = [.. kind.KeyFigures.Concat(OnEveryFirstScreen).Select(name => Figure(Metrics.Find(name)!, summary))],
            NotMeasured = [.. NotMeasured(summary, hosts)],
            Judgement = Judgement(kind, summary, results, findings),
            Published = kind.Published(summary),
        };
    }

    private static Judgement Judgement(LoadKind kind, RunSummary summary,
        IReadOnlyList<ThresholdResult> results, IReadOnlyList<Finding> findings)
    {
        if (summary.Generators.HostsSaturated is > 0 and var saturated)
        {
            return new Judgement
            {
                Verdict = Verdict.Inconclusive,
                Reason = Saturated(saturated, summary),
                Advice = "Use more VMs with fewer participants each, or a larger flavor.",
                StillHolds = summary.Fleet.ConnectedRatio >= 1 ? "Who connected, and how fast; not what they received." : null,
            };
        }

        var causes = findings.Select(finding => (finding.Weight, Reason: finding.What))
            .Concat(results.Where(result => result.Outcome != ThresholdOutcome.Passed)
                .Select(result => (Weight(result), Reason: Sentence(result))))
            .OrderByDescending(cause => cause.Item1)
            .ToList();
        if (causes.Count == 0 && results.Count == 0)
            causes.Add((Verdict.Inconclusive, "no threshold was given"));

        var verdict = causes.Select(cause => cause.Item1).DefaultIfEmpty(Verdict.Passed).Max();
        return new Judgement
        {
            Verdict = verdict,
            Reason = verdict == Verdict.Passed
                ? Passed(kind.Shown(summary), results)
                : Phrases.Capital(string.Join("; ", causes.Where(cause => cause.Item1 == verdict).Take(2).Select(cause => cause.Reason)))
                    + ".",
            Advice = verdict == Verdict.Passed ? null : Advice(summary),
            StillHolds = null,
        };
    }

    private static string Saturated(int saturated, RunSummary summary)
    {
        var first = summary.Hosts.First(host => host.SaturatedBy is not null);
        var were = saturated == 1 ? "was the bottleneck itself" : "were the bottleneck themselves";
        return Invariant($"{saturated} of {Format.Counted(summary.Load.Hosts, "load generator")} {were}: {first.Name}, ")
            + $"{first.SaturatedBy}.";
    }

    private static Verdict Weight(ThresholdResult result) =>
        result.Outcome == ThresholdOutcome.Failed && !Metrics.Find(result.Metric)!.OfGenerator ? Verdict.Failed : Verdict.Inconclusive;

    private static string Sentence(ThresholdResult result) => result.Outcome == ThresholdOutcome.Unmeasured
        ? result.Value is null ? $"no value for the threshold {result.Text}"
            : $"the threshold {result.Text} could not be judged: {result.Note}"
        : $"{Small(Metrics.Find(result.Metric)!.Label)}{(result.Where is null ? "" : $" at {result.Where}")}: "
            + $"{Phrases.Measured(result)}, should be {Phrases.Limit(result)}";

    private static string Passed(string shown, IReadOnlyList<ThresholdResult> results) =>
        Invariant($"{(results.Count == 1 ? "The threshold" : $"All {results.Count} thresholds")} held: {shown}.");

    private static string? Advice(RunSummary summary) => summary.Stalls.Count > 0
        ? "Look at the LiveKit servers and the network at the time of the stall; lk itself does not notice."
        : summary.Hosts.Any(host => host.Outcome != HostOutcome.Collected)
            ? "What the other VMs measured holds for them; run again for the whole load." : null;

    private static KeyFigure Figure(Metric metric, RunSummary summary) =>
        new(metric.Name, metric.Label, metric.Of(summary), metric.Unit, metric.Source, metric.Note?.Invoke(summary));

    private static IEnumerable<Unmeasured> NotMeasured(RunSummary summary, IReadOnlyList<HostMeasures> hosts)
    {
        foreach (var metric in Metrics.Of(summary.Load)
            .Where(metric => metric.Of(summary) is null && !(metric.OfCluster && summary.Cluster is null)))
            yield return new Unmeasured(metric.Label, $"Its source gave nothing: {metric.Source}.");

        var silent = hosts.Where(host => host.Generator.HostsMeasured == 0).Select(host => host.Name).ToList();
        if (silent.Count > 0)
            yield return new Unmeasured("Generator health", $"No samples of the steady state came from {NameList.Few(silent)}.");
        if (summary.Cluster is null)
            yield return new Unmeasured("The LiveKit servers",
                "Nothing was recorded on the cluster's side: its load, its pods, its own view of participants and loss.");
        foreach (var gap in summary.Cluster?.Gaps.Where(gap => gap.To is null) ?? [])
            yield return new Unmeasured($"Not observed: {gap.Source}", $"{gap.Why}{(gap.Needs is null ? "" : $"; needs {gap.Needs}")}.");
    }

    // CPU stays what it is.
    private static string Small(string label) => char.IsUpper(label[1]) ? label : char.ToLowerInvariant(label[0]) + label[1..];
}
