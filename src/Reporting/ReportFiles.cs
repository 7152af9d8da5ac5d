using Reporting.Rendering.Csv;
using Reporting.Rendering.Html;
using Reporting.Rendering.JUnit;
using Reporting.Rendering.Json;
using Reporting.Rendering.Markdown;
using Reporting.Summary;

namespace Reporting;

/// <summary>The files that a summary is told in. Each of them is whole or as it was before: a reader never sees half of one.</summary>
public static class ReportFiles
{
    /// <summary>The page for people.</summary>
    public const string Page = "final-report.html";

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
        Directory.CreateDirectory(directory);
        foreach (var (name, text) in files)
            await WriteWholeAsync(Path.Combine(directory, name), text, cancellation);

        return [.. files.Select(file => Path.Combine(directory, file.Name))];
    }

    private static async Task WriteWholeAsync(string path, string text, CancellationToken cancellation)
    {
        var unfinished = path + ".unfinished";
        try
        {
            await File.WriteAllTextAsync(unfinished, text, cancellation);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
