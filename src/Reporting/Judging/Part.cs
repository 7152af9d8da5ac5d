using Reporting.Measuring;

namespace Reporting.Judging;

/// <summary>What is judged: a run, or a part of one.</summary>
internal sealed record Part(RunMeasures Measures, RunSummary Summary)
{
    public LoadKind Kind => Measures.Kind;

    public IReadOnlyList<HostMeasures> Hosts => Measures.Hosts;

    public static Part Of(RunMeasures measures, DateTimeOffset renderedAt) =>
        new(measures, RunSummarizer.Figures(measures, renderedAt));

    /// <summary>The findings, each as the threshold on those who were served weighs it.</summary>
    public IReadOnlyList<Finding> Findings(IReadOnlyList<ThresholdResult> results) =>
        Weighed(Judging.Findings.Of(this), results);

    /// <summary>What hurt people weighs what the threshold on those who were served makes of it, where there is one.</summary>
    private static IReadOnlyList<Finding> Weighed(IReadOnlyList<Finding> findings, IReadOnlyList<ThresholdResult> results) =>
        results.FirstOrDefault(result => result is { Metric: Reasons.Served, Where: null, Value: not null }) is { } served
            ? [.. findings.Select(finding => finding.Participants is null ? finding
                    : finding with { Weight = served.Outcome == ThresholdOutcome.Failed ? Verdict.Failed : Verdict.Passed })
                .OrderByDescending(finding => finding.Weight)
                .ThenByDescending(finding => finding.Participants ?? (finding.Weight == Verdict.Passed ? 0 : int.MaxValue))]
            : findings;
}
