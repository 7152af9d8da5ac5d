using System.Text;
using Reporting.Rendering.Csv;
using Reporting.Rendering.Html;
using Reporting.Rendering.JUnit;
using Reporting.Rendering.Json;
using Reporting.Rendering.Markdown;
using Reporting.Summary;
using Reporting.Text;

namespace Reporting;

/// <summary>The files that a summary is told in. Each of them is whole or as it was before: a reader never sees half of one.</summary>
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

    /// <summary>Writes all of them into the directory (made when it is not there) and returns their paths, the page first.</summary>
    /// <exception cref="IOException">The directory can not be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the directory is refused.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(RunSummary summary, string directory, CancellationToken cancellation)
    {
        (string Name, string Text)[] files =
        [
            (Page, ReportPage.Write(summary)),
            (Json, SummaryJson.Write(summary)),
            (Markdown, MarkdownSummary.Write(summary)),
            (JUnit, JUnitReport.Write(summary)),
            (Measurements, MeasurementsCsv.Write(summary)),
        ];
        foreach (var (name, text) in files)
        {
            using var file = new WholeFile(Path.Combine(directory, name));
            await file.Stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
            file.Keep();
        }

        return [.. files.Select(file => Path.Combine(directory, file.Name))];
    }
}
