using LoadTesting.Results;
using Reporting;
using Reporting.Judging;
using Reporting.Summary;

namespace LoadTesting.Phases;

/// <summary>Judges the run whose raw files are in the results folder and writes its report. Needs nothing but that folder.</summary>
/// <param name="parameters">Where the results are and what must hold.</param>
/// <param name="results">The results folder.</param>
/// <param name="time">The clock.</param>
public sealed class ReportPhase(ResultsParameters parameters, ResultsDirectory results, TimeProvider time)
{
    /// <summary>The name of the thresholds among the parameters of a run.</summary>
    public const string ThresholdsName = "thresholds";

    /// <summary>Those that were given, else those of the run itself: a report that is written again is judged as before.</summary>
    /// <param name="parameters">What must hold.</param>
    /// <param name="manifest">The run.</param>
    public static string ThresholdsOf(ResultsParameters parameters, RunManifest manifest) => parameters.ThresholdsGiven
        ? parameters.Thresholds
        : manifest.Parameters.GetValueOrDefault(ThresholdsName) ?? parameters.Thresholds;

    /// <summary>Writes the report.</summary>
    /// <returns>Its contents.</returns>
    /// <exception cref="LoadTestException">There are no results.</exception>
    public async Task<RunSummary> RunAsync(CancellationToken cancellation)
    {
        var manifest = results.Manifest() ?? throw Unreadable();
        var history = results.Phases().TakeWhile(phase => phase.Name != nameof(PhaseName.Report)).ToList();
        var thresholds = Threshold.Parse(ThresholdsOf(parameters, manifest), out var problems);
        ParameterProblem.Require([.. problems.Select(problem => new ParameterProblem("--thresholds", problem.Given, problem.Expected))]);

        var (baseline, reason) = parameters.Baseline is { } given ? Baseline.Find(given, results) : default;
        var summary = Summarize(baseline);
        if (baseline is not null && Comparer.Differences(summary, baseline) is { Count: > 0 } differences)
        {
            reason = $"the baseline {baseline.Run.RunId} is of another kind: {string.Join("; ", differences)}";
            (baseline, summary) = (null, Summarize(null));
        }

        summary = summary with
        {
            Comparison = baseline is null ? null : Comparer.Compare(summary, baseline),
            NotMeasured = reason is null
                ? summary.NotMeasured
                : [new Unmeasured("Change since the baseline", $"{reason}."), .. summary.NotMeasured],
        };
        await ReportFiles.WriteAsync(summary, results.Path, cancellation);
        return summary;

        RunSummary Summarize(RunSummary? against)
        {
            try
            {
                return ResultsReport.Summarize(
                    manifest with { Phases = history }, results.Path, [.. thresholds.Select(threshold => threshold.Against(against))],
                        time.GetUtcNow());
            }
            catch (JsonException error)
            {
                throw Unreadable($": {error.Message}");
            }
        }
    }

    private LoadTestException Unreadable(string why = "") => new(
        $"Report: {results.File("run.json")} does not exist or cannot be read{why}; without it nothing is known about a run.",
        "./build.sh Report starts a run; ./build.sh Collect downloads the results of one.");

    /// <summary>Throws an error with the right exit code when the verdict is not "passed".</summary>
    public void Require(RunSummary summary)
    {
        if (summary.Judgement.Verdict == Verdict.Passed)
            return;

        var exitCode = results.Manifest()?.NotRun is not null ? ExitCodes.NotRun
            : summary.Judgement.Verdict == Verdict.Failed ? ExitCodes.ThresholdsFailed : ExitCodes.Inconclusive;
        throw new LoadTestException($"{summary.Judgement.Verdict}: {summary.Judgement.Reason}", exitCode: exitCode);
    }
}
