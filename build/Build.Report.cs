using LoadTesting.Phases;
using Reporting;
using Reporting.Judging;
using Reporting.Summary;
using Reporting.Text;
using Spectre.Console;

/// <summary>What Report shows at the end.</summary>
internal sealed partial class Build
{
    private RunSummary? _summary;

    IReadOnlyList<ParameterProblem> ThresholdProblems()
    {
        var thresholds = Threshold.Parse(Parameters.Results.Thresholds, out var problems);
        var found = problems.Select(problem => new ParameterProblem("--thresholds", problem.Given, problem.Expected));
        if (Baseline is null)
            return [.. found, .. thresholds.Where(threshold => threshold.OfBaseline)
                .Select(threshold => new ParameterProblem("--thresholds", threshold.Text, "--baseline beside it"))];

        var reason = Baseline == LoadTesting.Phases.Baseline.Previous
            ? null
            : LoadTesting.Phases.Baseline.Find(Baseline, Results).WhyNot;
        return reason is null
            ? [.. found]
            : [.. found, new ParameterProblem("--baseline", Baseline, "a summary-stats.json, a results folder, or previous")];
    }

    async Task WriteReport(CancellationToken cancellation)
    {
        var report = new ReportPhase(Parameters.Results, Results, TimeProvider.System);
        await _report.WaitAsync(cancellation);
        try
        {
            _summary = await report.RunAsync(cancellation);
        }
        finally
        {
            _report.Release();
        }

        _log.Say($"Judged by the {(Parameters.Results.ThresholdsGiven ? "thresholds that were given" : "run's own thresholds")}: "
            + $"{_summary.Thresholds.Select(threshold => threshold.Text).Listed()}.");
        _log.Say($"The report is {Results.File(ReportFiles.Page)}.");
        report.Require(_summary);
    }

    /// <summary>The run in a few lines, last on the screen: verdict and why, the figures, where the report is.</summary>
    void ShowOutcome()
    {
        if (_summary is not { } summary)
            return;

        var colour = summary.Judgement.Verdict switch
        {
            Verdict.Passed => Color.Green,
            Verdict.Failed => Color.Red,
            _ => Color.Yellow,
        };
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        grid.AddRow(new Text(Phrases.Outcome(summary).ToUpperInvariant(), new Style(colour, decoration: Decoration.Bold)),
            new Text(summary.Judgement.Reason));
        if (summary.Replay is { } replay)
            grid.AddRow(new Text("Rehearsal"),
                new Text($"scenario {replay.Scenario}: a replay shows nothing about your cluster. {replay.Note}"));
        foreach (var figure in summary.KeyFigures.Any(figure => figure.Value is not null) ? summary.KeyFigures : [])
            grid.AddRow(new Text(figure.Label),
                new Text($"{Format.Show(figure.Value, figure.Unit)}{(figure.Note is null ? "" : $"  ({figure.Note})")}"));
        if (summary.Cost is { } cost)
            grid.AddRow(new Text("Cost"), new Text($"{cost.Total:0.00}"));
        grid.AddRow(new Text("Report"), new Text(Path.Combine(Parameters.Results.Directory, ReportFiles.Page)));
        AnsiConsole.WriteLine();
        AnsiConsole.Write(grid);
    }
}
