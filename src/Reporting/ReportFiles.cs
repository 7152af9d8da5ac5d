using Reporting.Rendering.Csv;
using Reporting.Rendering.Html;
using Reporting.Rendering.JUnit;
using Reporting.Rendering.Json;
using Reporting.Rendering.Markdown;

namespace Reporting;

/// <summary>The files in which a summary is presented. Each is complete or as it was before: a reader never sees half of one.</summary>
public static class ReportFiles
{
    /// <summary>The page for people.</summary>
    public const string Page = ReportPage.FileName;

    /// <summary>The figures for programs.</summary>
    public const string Json = "summary-stats.json";

    /// <summary>The short form for a pull request or a step summary.</summary>
    public const string Markdown = "summary.md";

    /// <summary>The thresholds for a CI server.</summary>
    public const string JUnit = "junit.xml";

    /// <summary>Every measurement, for pandas or a spreadsheet.</summary>
    public const string Measurements = "measurements.csv";

    /// <summary>All of them: the name of each and what writes it. An output more is an entry more.</summary>
    internal static IReadOnlyList<(string Name, Func<RunSummary, string> Write)> All { get; set; } =
    [
        (Page, ReportPage.Write),
        (Json, SummaryJson.Write),
        (Markdown, MarkdownSummary.Write),
        (JUnit, JUnitReport.Write),
        (Measurements, MeasurementsCsv.Write),
    ];

    /// <summary>Writes all of them into the directory, which it creates if necessary, and returns their paths, the page first.</summary>
    /// <exception cref="IOException">The directory cannot be created or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the directory is refused.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(RunSummary summary, string directory, CancellationToken cancellation)
    {
        var files = All.Select(file => (Path: Path.Combine(directory, file.Name), Text: file.Write(summary))).ToList();
        foreach (var (path, text) in files)
        {
            using var file = new WholeFile(path);
            await using (var writer = new StreamWriter(file.Stream, leaveOpen: true))
                await writer.WriteAsync(text.AsMemory(), cancellation);
            file.Keep();
        }

        return [.. files.Select(file => file.Path)];
    }
}
