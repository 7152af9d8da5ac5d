using Reporting.Measuring;

namespace Reporting.Judging;

/// <summary>
/// Gives the verdict: the worst of all thresholds and findings. A generator that was the bottleneck measured itself, and nothing that it
/// shows of the cluster, good or bad, can be concluded; what the others show for certain decides.
/// </summary>
internal static class Judge
{
    private static readonly string[] OnEveryFirstScreen = ["start-skew", "generator-cpu"];

    /// <summary>The summary with thresholds, findings, key figures, what is missing, and the judgement.</summary>
    /// <param name="whole">The run.</param>
    /// <param name="sound">What of it is certain, where some generators are in doubt; null when none is.</param>
    /// <param name="thresholds">What must hold.</param>
    public static RunSummary Complete(Part whole, Part? sound, IReadOnlyList<Threshold> thresholds)
    {
        var (summary, manifest) = (whole.Summary, whole.Measures.Manifest);
        var results = thresholds.Select(threshold => threshold.Judge(summary, manifest)).ToList();
        var findings = manifest.NotRun is null ? whole.Findings(results) : [];
        var broken = FailedRun.Of(manifest);
        var certain = sound is null || manifest.NotRun is not null ? null : Certain(sound, thresholds);
        if (certain is { Reasons.Count: 0 } || broken is not null)
            findings = [.. findings.Select(Doubted)];
        return summary with
        {
            Thresholds = results,
            Findings = findings,
            Happenings = Happenings.Of(summary, findings, broken),
            KeyFigures = [.. whole.Kind.KeyFigures.Concat(OnEveryFirstScreen).Select(name => Figure(Metrics.Find(name)!, summary))],
            NotMeasured = [.. NotMeasured(summary, whole.Hosts)],
            Judgement = manifest.NotRun is { } why
                ? NotRun(why)
                : broken is not null ? FailedRun.Judgement(broken)
                : certain is { Reasons.Count: > 0 } failed
                ? Failed(failed.Reasons, sound!, summary, failed.Findings)
                : summary.Generators.HostsSaturated > 0 ? Saturated(whole) : Judgement(whole, results, findings, certain is not null),
            Published = whole.Kind.Published(summary),
        };
    }

    private static Judgement NotRun(string why) =>
        new() { Verdict = Verdict.Inconclusive, Reason = $"The load you asked for was not run: {why}" };

    /// <summary>What fails for certain, whatever the doubtful generators measured.</summary>
    private static (List<Reason> Reasons, IReadOnlyList<Finding> Findings)? Certain(Part sound, IReadOnlyList<Threshold> thresholds)
    {
        var results = SoundPart.Results(sound, thresholds);
        var findings = sound.Findings(results);
        return ([.. Reasons.Of(sound.Summary.Fleet, findings, results).Where(reason => reason.Weight == Verdict.Failed)], findings);
    }

    private static Finding Doubted(Finding finding) =>
        finding.Weight == Verdict.Failed ? finding with { Weight = Verdict.Inconclusive } : finding;

    private static Judgement Judgement(Part whole, IReadOnlyList<ThresholdResult> results, IReadOnlyList<Finding> findings, bool isDoubted)
    {
        var summary = whole.Summary;
        var reasons = Reasons.Of(summary.Fleet, findings, results);
        if (reasons.Count == 0 && results.All(result => result.Outcome == ThresholdOutcome.NotApplicable))
            reasons.Add(new Reason(Verdict.Inconclusive, null,
                results.Count == 0 ? "no threshold was given" : "no threshold applies to this load"));
        if (reasons.Count == 0)
            return new Judgement
            {
                Verdict = Verdict.Passed,
                Reason = Passed(whole.Kind.Shown(summary), results) + (Headroom.Left(summary) is { } left ? $" {left}" : ""),
                Advice = Headroom.Next(summary),
            };

        if (reasons[0].Weight == Verdict.Failed && !isDoubted)
            return Failed([.. reasons.Where(reason => reason.Weight == Verdict.Failed)], whole, summary, findings);

        return new Judgement { Verdict = Verdict.Inconclusive, Reason = Reasons.Told(reasons), Advice = Advice(whole) };
    }

    private static Judgement Failed(IReadOnlyList<Reason> reasons, Part part, RunSummary summary, IReadOnlyList<Finding> findings)
    {
        List<ClusterCause> causes = [.. ClusterCauses.Of(summary, findings)];
        if (causes.Count == 0)
            causes.AddRange(ClusterCauses.Explained(findings));
        var cluster = causes.FirstOrDefault();
        var most = Worst(findings);
        return new Judgement
        {
            Verdict = Verdict.Failed,
            Reason = Reasons.Told(reasons) + (cluster is null ? "" : $" {Phrases.Capital(cluster.What)}.")
                + (causes.Count > 1 ? Invariant($" {Format.Counted(causes.Count - 1, "more cause")} under \"What happened\".") : "")
                + (summary.Generators.HostsSaturated > 0 ? $" {SaturatedHosts(summary)}" : ""),
            Advice = cluster?.Remedy ?? most?.Cause?.NextStep ?? StallFindings.NextStep(part) ?? most?.NextStep ?? Advice(part),
        };
    }

    /// <summary>What hurt most people, else an error that failed the run.</summary>
    private static Finding? Worst(IReadOnlyList<Finding> findings) => findings
        .Where(finding => finding is { Weight: Verdict.Failed, Cause: not null } or { Participants: not null })
        .MaxBy(finding => finding.Participants);

    private static Judgement Saturated(Part whole) => new()
    {
        Verdict = Verdict.Inconclusive,
        Reason = SaturatedHosts(whole.Summary),
        Advice = whole.Hosts.First(host => host.Name == MostTelling(whole.Summary).Name).Remedy,
        StillHolds = whole.Summary.Fleet.ConnectedRatio >= 1 ? "Who connected, and how fast; not what they received." : null,
    };

    private static string SaturatedHosts(RunSummary summary)
    {
        var saturated = summary.Generators.HostsSaturated!.Value;
        var first = MostTelling(summary);
        var were = saturated == 1 ? "was the bottleneck itself" : "were the bottleneck themselves";
        return Invariant($"{saturated} of {Format.Counted(summary.Load.Hosts, "load generator")} {were}: {first.Name}, ")
            + $"{first.SaturatedBy}.";
    }

    /// <summary>The saturated host on which lk itself broke, else the first.</summary>
    private static HostSummary MostTelling(RunSummary summary) =>
        summary.Hosts.Where(host => host.SaturatedBy is not null).OrderByDescending(host => host.Media.LkPanics).First();

    private static string Passed(string shown, IReadOnlyList<ThresholdResult> results)
    {
        var held = results.Count(result => result.Outcome == ThresholdOutcome.Passed);
        return $"{(held == 1 ? "The threshold" : Invariant($"All {held} thresholds"))} held: {shown}.";
    }

    private static string? Advice(Part part) => StallFindings.NextStep(part)
        ?? (part.Summary.Hosts.Any(host => host.Outcome != HostOutcome.Collected)
            ? "What the other VMs measured holds for them; run again for the whole load." : null);

    private static KeyFigure Figure(Metric metric, RunSummary summary) =>
        new(metric.Name, metric.Label, metric.Of(summary), metric.Unit, metric.Source, metric.Note?.Invoke(summary));

    private static IEnumerable<Unmeasured> NotMeasured(RunSummary summary, IReadOnlyList<HostMeasures> hosts)
    {
        foreach (var metric in Metrics.Of(summary.Load)
            .Where(metric => metric.Of(summary) is null && !(metric.OfCluster && summary.Cluster is null)))
            yield return new Unmeasured(metric.Label, metric.Missing?.Invoke(summary.Load) is { } why
                ? $"{Phrases.Capital(why)}."
                : $"Its source gave nothing: {metric.Source}.");

        var silent = hosts.Where(host => host.Generator.HostsMeasured == 0).Select(host => host.Name).ToList();
        if (silent.Count > 0)
            yield return new Unmeasured("Generator health", $"No samples of the steady state came from {NameList.Few(silent)}.");
        if (summary.Cluster is null)
            yield return new Unmeasured("The LiveKit servers",
                "Nothing was recorded on the cluster's side: its load, its pods, its own view of participants and loss.");
        foreach (var gap in summary.Cluster?.Gaps.Where(gap => gap.To is null) ?? [])
            yield return new Unmeasured($"Not observed: {gap.Source}", $"{gap.Why}{(gap.Needs is null ? "" : $"; needs {gap.Needs}")}.");
    }
}
