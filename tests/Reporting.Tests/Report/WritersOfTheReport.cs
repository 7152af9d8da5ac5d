using System.Text.RegularExpressions;
using Reporting.Rendering.Csv;
using Reporting.Rendering.Html;
using Reporting.Rendering.JUnit;
using Reporting.Rendering.Json;
using Reporting.Rendering.Markdown;

namespace Reporting.Tests.Report;

public sealed partial class WritersOfTheReport
{
    private static readonly string Folder = Path.Combine(Golden.ProjectDirectory, "Report", "Golden");

    public static TheoryData<string> Fates => ["healthy", "failed", "inconclusive"];

    [Theory, MemberData(nameof(Fates))]
    public void Write_what_was_looked_at_and_found_right(string fate)
    {
        var summary = Sample(fate);

        WithoutPrograms(ReportPage.Write(summary)).ShouldBeAsIn(Path.Combine(Folder, $"{fate}.html"));
        SummaryJson.Write(summary).ShouldBeAsIn(Path.Combine(Folder, $"{fate}.json"));
        MarkdownSummary.Write(summary).ShouldBeAsIn(Path.Combine(Folder, $"{fate}.md"));
        JUnitReport.Write(summary).ShouldBeAsIn(Path.Combine(Folder, $"{fate}.junit.xml"));
        string.Join("\n", MeasurementsCsv.Write(summary).Split("\r\n").Where(row => !row.Contains(",second,")))
            .ShouldBeAsIn(Path.Combine(Folder, $"{fate}.csv"));
    }

    /// <summary>A megabyte of Apache ECharts in each golden file would tell nobody anything.</summary>
    private static string WithoutPrograms(string page) => Program().Replace(page, "<script></script>");

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Program();

    internal static Summary.RunSummary Sample(string fate) => fate switch
    {
        "healthy" => Samples.Healthy,
        "failed" => Samples.Failed,
        _ => Samples.Inconclusive,
    };
}
