using LoadTesting.Results;
using Reporting.Summary;

namespace LoadTesting.Phases;

/// <summary>The report of a load that was requested and not run, so that no earlier report is taken for it.</summary>
/// <param name="parameters">What the operator set.</param>
/// <param name="given">The same, as given or defaulted.</param>
/// <param name="toolVersion">Version of this tool.</param>
/// <param name="time">The clock.</param>
public sealed class NotRun(
    LoadTestParameters parameters, IReadOnlyDictionary<string, string> given, string toolVersion, TimeProvider time)
{
    /// <summary>Whether the parameters are known to be right; else their load and their thresholds are not those of a run.</summary>
    public bool IsChecked { get; init; } = true;

    private LoadTestParameters Parameters => IsChecked ? parameters : new LoadTestParameters
    {
        Fleet = new FleetParameters { Name = parameters.Fleet.Name, InstanceCount = 1 },
        Results = new ResultsParameters { Directory = parameters.Results.Directory },
    };

    private RunPlan Plan => PlanPhase.Plan(Parameters) is var plan && IsChecked
        ? plan
        : plan with { Processes = [], DurationSeconds = 0, RampUpSeconds = 0 };

    /// <summary>Writes run.json and the report, unless the folder has a run.</summary>
    /// <param name="results">The results folder.</param>
    /// <param name="provider">The name of the provider.</param>
    /// <param name="replay">Set when the load would have been a replay.</param>
    /// <param name="error">Why it was not run.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The report; null when there was a run.</returns>
    public async Task<RunSummary?> WriteAsync(
        ResultsDirectory results, string provider, ReplayNotice? replay, Exception error, CancellationToken cancellation)
    {
        if (results.Manifest() is not null)
            return null;

        if (!IsChecked)
            results.ForgetPhases();
        results.Write(new RunManifest
        {
            RunId = RunId.Create(time, Random.Shared),
            Fleet = parameters.Fleet.Name,
            Cloud = provider,
            ToolVersion = toolVersion,
            Replay = replay,
            LiveKitUrl = parameters.LiveKit.Url,
            Parameters = IsChecked ? given : given.Where(parameter => parameter.Key != ReportPhase.ThresholdsName).ToDictionary(),
            Plan = Plan,
            NotRun = OneLine(error.Message),
        });
        return await new ReportPhase(Parameters.Results with { Baseline = null }, results, time).RunAsync(cancellation);
    }

    /// <summary>The lines of a message as one; those that are indented are the items of a list.</summary>
    private static string OneLine(string message) => message.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line.Trim().Length > 0)
        .Aggregate((before, line) => $"{before.Trim()}{Mark(before.Trim()[^1], line[0])} {line.Trim()}");

    private static string Mark(char last, char next) => last is '.' or ':' or ',' or ';' ? "" : next == ' ' ? ";" : ".";
}
