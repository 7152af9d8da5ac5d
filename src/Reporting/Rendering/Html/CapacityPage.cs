namespace Reporting.Rendering.Html;

/// <summary><c>results/capacity.html</c>: the answer, the knee, and the steps that led to it, in the look of the report's page.</summary>
public static class CapacityPage
{
    private static readonly PageTemplate Page = new("capacity.html", "charts.html", "steps.html");

    /// <summary>The text of capacity.html.</summary>
    public static string Write(CapacityReport report)
    {
        var headline = Headline(report.Finding);
        var last = report.Steps.LastOrDefault(step => step.RunId is not null);
        return Page.Render($"Capacity: {headline}", KneeCharts.Of(report), new Dictionary<string, object?>
        {
            ["c"] = report,
            ["headline"] = headline,
            ["state"] = State(report.Finding.Kind),
            ["best"] = report.Steps.LastOrDefault(
                step => step.Outcome == StepOutcome.Held && step.Participants == report.Finding.Participants),
            ["steps"] = report.Steps.Select(
                step => new StepRow(step, Mark(step.Outcome),
                step == last ? ReportPage.FileName : $"history/{step.RunId}/{ReportPage.FileName}")).ToArray(),
        });
    }

    private static string Headline(CapacityFinding finding) => finding.Kind switch
    {
        CapacityKind.Knee => Format.Counted(finding.Participants ?? 0, "participant"),
        CapacityKind.AtLeast => $"At least {Format.Counted(finding.Participants ?? 0, "participant")}",
        CapacityKind.LessThanAsked => "Less than the smallest step",
        _ => "No answer",
    };

    private static Verdict State(CapacityKind kind) => kind switch
    {
        CapacityKind.Knee or CapacityKind.AtLeast => Verdict.Passed,
        CapacityKind.LessThanAsked => Verdict.Failed,
        _ => Verdict.Inconclusive,
    };

    private static ThresholdOutcome Mark(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Held => ThresholdOutcome.Passed,
        StepOutcome.Broke => ThresholdOutcome.Failed,
        _ => ThresholdOutcome.Unmeasured,
    };
}

/// <summary>A row of the table of steps: the step, how it is marked, and where its report is.</summary>
internal sealed record StepRow(CapacityStep Step, ThresholdOutcome Mark, string Report);
