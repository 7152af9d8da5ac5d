using Reporting;
using Reporting.Judging;
using Reporting.Raw.Manifest;
using Reporting.Rendering.Json;
using Reporting.Summary;
using Reporting.Text;

namespace LoadTesting.Tests.Results;

/// <summary>A metric is one entry in a list, and an output another: nothing else has to know of them.</summary>
public sealed class AMetricAndAnOutput : IDisposable
{
    private const string File = "hosts.txt";

    private static readonly Metric Hosts = new(
        "hosts", Unit.Count, "Hosts that made load", "run.json", "hosts with at least one process", "hosts>=2", run => run.Hosts.Count)
    {
        LowerIsBetter = false,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    static AMetricAndAnOutput()
    {
        Metrics.OfEveryRun = [.. Metrics.OfEveryRun, Hosts];
        ReportFiles.All = [.. ReportFiles.All, (File, run => FormattableString.Invariant($"{run.Hosts.Count} hosts"))];
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("hosts>=2", ThresholdOutcome.Passed)]
    [InlineData("hosts==3", ThresholdOutcome.Failed)]
    public async Task Of_one_entry_each_reach_threshold_and_files(string threshold, ThresholdOutcome outcome)
    {
        using var results = new ResultsFolder();
        foreach (var host in (string[])["vm-01", "vm-02"])
        {
            var own = ResultsFolder.Expected(0, 1, 1, 5, (1, 1));
            results.Add(
                new PlannedProcess
                {
                    Host = host, Name = "lk-1", Room = "room", Participants = 2, DurationSeconds = 8, Own = own, Arguments = [],
                },
                new ProcessRun { Name = "lk-1" });
        }

        var summary = results.Summarize(threshold);
        await ReportFiles.WriteAsync(summary, _folder.FullName, TestContext.Current.CancellationToken);

        summary.Thresholds.ShouldHaveSingleItem().Outcome.ShouldBe(outcome);
        var escaped = threshold.Replace(">", "&gt;", StringComparison.Ordinal);
        Text(File).ShouldBe("2 hosts");
        Text(ReportFiles.Page).ShouldContain(escaped);
        Text(ReportFiles.Markdown).ShouldContain(threshold);
        Text(ReportFiles.JUnit).ShouldContain(escaped);
        Text(ReportFiles.Measurements).ShouldContain("run,,hosts,value,count,,2");
        SummaryJson.Read(Text(ReportFiles.Json)).Thresholds[0].Value.ShouldBe(2);
    }

    [Fact]
    public void Is_offered_where_a_threshold_names_none()
    {
        Threshold.Parse("hots>=2", out var problems);

        problems.ShouldHaveSingleItem().Expected.ShouldContain("hosts");
    }

    private string Text(string file) => System.IO.File.ReadAllText(Path.Combine(_folder.FullName, file));
}
