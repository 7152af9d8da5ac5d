using Reporting.Measuring;

namespace Reporting.Judging;

/// <summary>
/// Gives the verdict: the worst of all thresholds and findings. One thing goes before: generators that were the bottleneck measured
/// themselves, and nothing they say about the cluster, good or bad, can be concluded.
/// </summary>
internal static class Judge
{
    private const string Served = "served";

    private static readonly string[] OnEveryFirstScreen = ["start-skew", "generator-cpu"];

    /// <summary>The summary with thresholds, findings, key figures, what is missing, and the judgement.</summary>
    public static RunSummary Complete(LoadKind kind, RunSummary summary, RunManifest manifest,
        IReadOnlyList<HostMeasures> hosts, IReadOnlyList<Threshold> thresholds)
    {
        var results = thresholds.Select(threshold => threshold.Judge(summary, manifest)).ToList();
        var findings = manifest.NotRun is null ? Weighed(Findings.Of(kind, summary, manifest, hosts), results) : [];
        return summary with
        {
            Thresholds = results,
            Findings = findings,
            KeyFigures = [.. kind.KeyFigures.Concat(OnEveryFirstScreen).Select(name => Figure(Metrics.Find(name)!, summary))],
            NotMeasured = [.. NotMeasured(summary, hosts)],
            Judgement = manifest.NotRun is { } why ? NotRun(why) : Judgement(kind, summary, hosts, results, findings),
            Published = kind.Published(summary),
        };
    }

    private static Judgement NotRun(string why) =>
        new() { Verdict = Verdict.Inconclusive, Reason = $"The load you asked for was not run: {why}" };

    private static Judgement Judgement(LoadKind kind, RunSummary summary, IReadOnlyList<HostMeasures> hosts,
        IReadOnlyList<ThresholdResult> results, IReadOnlyList<Finding> findings)
    {
        if (summary.Generators.HostsSaturated is > 0 and var saturated)
        {
            return new Judgement
            {
                Verdict = Verdict.Inconclusive,
                Reason = Saturated(saturated, summary),
                Advice = hosts.First(host => host.SaturatedBy is not null).Remedy,
                StillHolds = summary.Fleet.ConnectedRatio >= 1 ? "Who connected, and how fast; not what they received." : null,
            };
        }

        var causes = Causes(summary.Fleet, findings, results);
        if (causes.Count == 0 && results.All(result => result.Outcome == ThresholdOutcome.NotApplicable))
            causes.Add(new Cause(Verdict.Inconclusive, null,
                results.Count == 0 ? "no threshold was given" : "no threshold applies to this load"));

        var verdict = causes.Select(cause => cause.Weight).DefaultIfEmpty(Verdict.Passed).Max();
        var cluster = verdict == Verdict.Failed ? ClusterCauses.Of(summary, findings).FirstOrDefault() : null;
        return new Judgement
        {
            Verdict = verdict,
            Reason = verdict == Verdict.Passed
                ? Passed(kind.Shown(summary), results)
                : Phrases.Capital(Worst([.. causes.Where(cause => cause.Weight == verdict).Select(cause => cause.Reason)]))
                    + $".{(cluster is null ? "" : $" {cluster.What}.")}",
            Advice = verdict == Verdict.Passed ? null : cluster?.Remedy ?? Advice(summary),
            StillHolds = null,
        };
    }

    /// <summary>What hurt people weighs what the threshold on those who were served makes of it, where there is one.</summary>
    private static IReadOnlyList<Finding> Weighed(IReadOnlyList<Finding> findings, IReadOnlyList<ThresholdResult> results) =>
        results.FirstOrDefault(result => result is { Metric: Served, Where: null, Value: not null }) is { } served
            ? [.. findings.Select(finding => finding.Participants is null ? finding
                    : finding with { Weight = served.Outcome == ThresholdOutcome.Failed ? Verdict.Failed : Verdict.Passed })
                .OrderByDescending(finding => finding.Weight)]
            : findings;

    /// <summary>All that speaks against a pass: the worst first, and of those first what is about the whole run.</summary>
    private static List<Cause> Causes(MediaFigures fleet, IReadOnlyList<Finding> findings, IReadOnlyList<ThresholdResult> results) =>
    [
        .. findings.Where(finding => finding.Weight != Verdict.Passed)
            .Select(finding => new Cause(finding.Weight, finding.Participants,
                finding.Participants is null ? finding.What : Phrases.Placed(finding)))
            .Concat(results.Where(result => result.Outcome is ThresholdOutcome.Failed or ThresholdOutcome.Unmeasured)
                .Select(result => IsServed(result)
                    ? new Cause(Weight(result), null, NotServed(fleet, result))
                    : new Cause(Weight(result), 0, Sentence(result))))
            .OrderByDescending(cause => cause.Weight)
            .ThenByDescending(cause => cause.Participants ?? int.MaxValue),
    ];

    private static bool IsServed(ThresholdResult result) =>
        result is { Metric: Served, Where: null, Outcome: ThresholdOutcome.Failed };

    /// <summary>How many people it is about, which a share hides.</summary>
    private static string NotServed(MediaFigures fleet, ThresholdResult result)
    {
        var known = fleet.ParticipantsPlanned - fleet.ParticipantsUnknown;
        var not = known - fleet.ParticipantsServed;
        return Invariant($"{not:#,0} of {Format.Counted(known, "participant")} {(not == 1 ? "was" : "were")} not served ")
            + $"({Phrases.Measured(result)} were, should be {Phrases.Limit(result)})";
    }

    private static string Worst(IReadOnlyList<string> reasons)
    {
        const int Most = 4;
        var more = reasons.Count - Most;
        return string.Join("; ", reasons.Take(Most)) + (more > 0 ? Invariant($"; and {Format.Counted(more, "further cause")}") : "");
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

    private static string Passed(string shown, IReadOnlyList<ThresholdResult> results)
    {
        var held = results.Count(result => result.Outcome == ThresholdOutcome.Passed);
        return $"{(held == 1 ? "The threshold" : Invariant($"All {held} thresholds"))} held: {shown}.";
    }

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

    /// <summary>Something that speaks against a pass.</summary>
    /// <param name="Weight">How much.</param>
    /// <param name="Participants">How many it hurt; null for what is about the whole run.</param>
    /// <param name="Reason">What it is.</param>
    private sealed record Cause(Verdict Weight, int? Participants, string Reason);
}
