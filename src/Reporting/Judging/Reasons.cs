namespace Reporting.Judging;

/// <summary>Something that speaks against a pass.</summary>
/// <param name="Weight">How much.</param>
/// <param name="Participants">How many it hurt; null for what is about the whole run.</param>
/// <param name="Text">What it is, a sentence without its end.</param>
internal sealed record Reason(Verdict Weight, int? Participants, string Text);

/// <summary>All that speaks against a pass.</summary>
internal static class Reasons
{
    /// <summary>The metric that tells how many people were served.</summary>
    public const string Served = "served";

    /// <summary>The worst first, and of those first what is about the whole run.</summary>
    public static List<Reason> Of(MediaFigures fleet, IReadOnlyList<Finding> findings, IReadOnlyList<ThresholdResult> results) =>
    [
        .. findings.Where(finding => finding.Weight != Verdict.Passed)
            .Select(finding => new Reason(finding.Weight, finding.Participants,
                finding.Participants is null ? finding.What : Phrases.Placed(finding)))
            .Concat(results.Where(IsUnjudged).GroupBy(result => result.Value is null ? null : result.Note)
                .Select(same => new Reason(Verdict.Inconclusive, 0, Unjudged(same.Key, [.. same.Select(result => result.Text)]))))
            .Concat(results.Where(result => result.Outcome is ThresholdOutcome.Failed || result.Least is not null)
                .Select(result => IsServed(result)
                    ? new Reason(Weight(result), null, NotServed(fleet, result))
                    : new Reason(Weight(result), 0, Sentence(result))))
            .OrderByDescending(reason => reason.Weight)
            .ThenByDescending(reason => reason.Participants ?? int.MaxValue),
    ];

    /// <summary>The first of them as one sentence, and the number of the others.</summary>
    public static string Told(IReadOnlyList<Reason> reasons)
    {
        const int Most = 4;
        var more = reasons.Count - Most;
        return Phrases.Capital(string.Join("; ", reasons.Take(Most).Select(reason => reason.Text)))
            + (more > 0 ? Invariant($"; and {Format.Counted(more, "further cause")}") : "") + ".";
    }

    private static bool IsUnjudged(ThresholdResult result) => result is { Outcome: ThresholdOutcome.Unmeasured, Least: null };

    /// <param name="why">Null where there is no value.</param>
    /// <param name="thresholds">Their texts.</param>
    private static string Unjudged(string? why, IReadOnlyList<string> thresholds)
    {
        var those = $"the threshold{(thresholds.Count == 1 ? "" : "s")} {thresholds.Listed()}";
        return why is null ? $"no value for {those}" : $"{those} could not be judged: {why}";
    }

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

    private static Verdict Weight(ThresholdResult result) =>
        result.Outcome == ThresholdOutcome.Failed && !Metrics.Find(result.Metric)!.OfGenerator ? Verdict.Failed : Verdict.Inconclusive;

    private static string Sentence(ThresholdResult result) => result switch
    {
        { Least: { } least } => $"{What(result)}: between {Format.Show(least, result.Unit)} and {Format.Show(result.Value, result.Unit)}, "
            + $"should be {Phrases.Limit(result)} ({result.Note})",
        _ => $"{What(result)}: {Phrases.Measured(result)}, should be {Phrases.Limit(result)}",
    };

    private static string What(ThresholdResult result) =>
        Small(Metrics.Find(result.Metric)!.Label) + (result.Where is null ? "" : $" at {result.Where}");

    // CPU stays what it is.
    private static string Small(string label) => char.IsUpper(label[1]) ? label : char.ToLowerInvariant(label[0]) + label[1..];
}
