using LoadTesting.Capacity;
using Reporting.Judging;
using Reporting.Rendering.Html;
using Reporting.Rendering.Markdown;
using Reporting.Summary;

namespace LoadTesting.Phases;

/// <summary>
/// Finds how many participants the cluster carries: runs of rising size on parts of one fleet, each judged by the thresholds. Each
/// step is a whole run, started at one instant, with its results in the folder or, when others followed, in its history.
/// </summary>
/// <param name="context">What every phase is given.</param>
public sealed class CapacityPhase(PhaseContext context)
{
    /// <summary>The answer for programs.</summary>
    public const string Json = "capacity.json";

    /// <summary>The answer for people.</summary>
    public const string Markdown = "capacity.md";

    /// <summary>The answer as a page.</summary>
    public const string Page = "capacity.html";

    /// <summary>Searches; what was tried is written down also when it is ended in the middle.</summary>
    public async Task<CapacityReport> RunAsync(CancellationToken cancellation)
    {
        if (context.Parameters.Load.PublishingVms is { } publishing)
            throw LoadTestException.Invalid(
                $"--publishing-vms: got '{publishing}'; expected none with Capacity, whose steps are VMs that all do the same.");

        var range = CapacityRange.Of(context.Parameters);
        var steps = new List<CapacityStep>();
        var move = CapacitySearch.Next(range, steps);
        try
        {
            while (move.Participants is { } participants)
            {
                context.Log.Say($"Step {steps.Count + 1}: {Format.Counted(participants, "participant")} on {Format.Counted(range.Hosts(participants), "VM")}.");
                var step = (await StepAsync(range.Hosts(participants), cancellation)).Asked(participants);
                steps.Add(step);
                context.Log.Say($"Step {steps.Count}: {participants:N0} participants {Phrases.For(step.Outcome)}. {step.Reason}");
                move = CapacitySearch.Next(range, steps);
            }
        }
        finally
        {
            Write(Report(steps, move.Finding ?? CapacitySearch.Unfinished(steps)));
        }

        return Report(steps, move.Finding!);
    }

    /// <summary>Throws an error with the right exit code when the search found no capacity.</summary>
    public static void Require(CapacityReport report)
    {
        if (report.Finding.Kind is CapacityKind.LessThanAsked or CapacityKind.Unknown)
        {
            throw new LoadTestException($"Capacity: {report.Finding.Sentence}",
                exitCode: report.Finding.Kind == CapacityKind.LessThanAsked ? ExitCodes.ThresholdsFailed : ExitCodes.Inconclusive);
        }
    }

    private async Task<CapacityStep> StepAsync(int hosts, CancellationToken cancellation)
    {
        var load = context.Parameters.Load;
        var step = context with
        {
            HostCount = hosts,
            Named = new HashSet<string> { nameof(PhaseName.Run) },
            Parameters = context.Parameters with {
                Load = load with { Stages = [], TestDuration = context.Parameters.Capacity.StepDuration } },
        };
        await new RunPhase(step).RunAsync(cancellation);
        await new CollectPhase(step).RunAsync(CancellationToken.None, cancellation);
        return StepJudge.Of(await new ReportPhase(step.Parameters.Results, step.Results, step.Time).RunAsync(cancellation));
    }

    private CapacityReport Report(IReadOnlyList<CapacityStep> steps, CapacityFinding finding) => new()
    {
        Fleet = context.Parameters.Fleet.Name,
        Replay = context.Environment.Replay,
        Thresholds = context.Parameters.Results.Thresholds,
        StepSeconds = context.Parameters.Capacity.StepDuration.TotalSeconds,
        Finding = finding,
        Steps = steps,
    };

    private void Write(CapacityReport report)
    {
        context.Results.Write(Json, CapacityJson.Write(report));
        context.Results.Write(Markdown, CapacityMarkdown.Write(report));
        context.Results.Write(Page, CapacityPage.Write(report));
    }
}
