using LoadTesting.Results;
using Reporting;
using Reporting.Rendering.Json;
using Reporting.Summary;

namespace LoadTesting.Phases;

/// <summary>Finds the run to compare with: a summary-stats.json, a results folder, or the one before this.</summary>
public static class Baseline
{
    /// <summary>The word for the run before.</summary>
    public const string Previous = "previous";

    /// <summary>The summary, or why there is none.</summary>
    /// <param name="given"><c>--baseline</c>.</param>
    /// <param name="results">The results folder; earlier runs are in its history.</param>
    public static (RunSummary? Summary, string? WhyNot) Find(string given, ResultsDirectory results)
    {
        var path = given == Previous ? Before(results) : Directory.Exists(given) ? Path.Combine(given, ReportFiles.Json) : given;
        if (path is null)
            return (null, "there is no earlier run in the history of the results folder");

        try
        {
            return (SummaryJson.Read(File.ReadAllText(path)), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return (null, $"{path} cannot be read as a summary-stats.json");
        }
    }

    /// <summary>A load that was not run is no run to compare with.</summary>
    private static string? Before(ResultsDirectory results) => results.History.All()
        .Where(earlier => earlier.Manifest()?.NotRun is null)
        .Select(earlier => earlier.File(ReportFiles.Json))
        .LastOrDefault(File.Exists);
}
