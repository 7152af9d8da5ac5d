using LoadTesting.Phases;
using LoadTesting.Results;
using Reporting;
using Reporting.Raw.Manifest;
using Reporting.Summary;

namespace LoadTesting.Tests.Phases;

/// <summary>An end before the run has a report of its own, in every form.</summary>
public sealed class LoadsThatWereNotRun : IDisposable
{
    private const string Reason =
        "The load you asked for was not run: The quota is too small: instances: 10 are needed; cores: 40 are needed. Nothing was created.";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("results");
    private readonly ResultsDirectory _results;
    private readonly LoadTestParameters _parameters = new() { Fleet = new FleetParameters { Name = "fleet", InstanceCount = 2 } };

    public LoadsThatWereNotRun() => _results = new ResultsDirectory(_folder.FullName);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Have_a_page_figures_a_summary_and_cases_that_tell_the_end()
    {
        var summary = await WriteAsync();

        summary!.Judgement.ShouldSatisfyAllConditions(
            judgement => judgement.Verdict.ShouldBe(Verdict.Inconclusive), judgement => judgement.Reason.ShouldBe(Reason));
        summary.Findings.ShouldBeEmpty();
        summary.Load.Participants.ShouldBe(200);
        foreach (var file in (string[])[ReportFiles.Page, ReportFiles.Json, ReportFiles.Markdown, ReportFiles.JUnit])
            (await File.ReadAllTextAsync(_results.File(file), Cancellation)).ShouldContain("The quota is too small");
    }

    [Theory]
    [InlineData(ReportFiles.Page, "<h1 id=\"verdict\">Not run</h1>", "Planned: <strong>200 participants</strong>")]
    [InlineData(ReportFiles.Markdown, "Load test not run", "Planned: 200 participants")]
    public async Task Are_told_without_figures_that_nobody_measured(string file, string outcome, string load)
    {
        await WriteAsync();

        var text = await File.ReadAllTextAsync(_results.File(file), Cancellation);

        text.ShouldContain(outcome);
        text.ShouldContain(load);
        text.ShouldNotContain(">not measured", customMessage: "a figure");
        text.ShouldNotContain("| not measured");
        text.Length.ShouldBeLessThan(50_000, "it has nothing to draw");
    }

    [Fact]
    public async Task Are_reported_again_with_the_same_end_and_exit_code_97()
    {
        await WriteAsync();
        var report = new ReportPhase(_parameters.Results, _results, TimeProvider.System);

        var again = await report.RunAsync(Cancellation);

        again.Judgement.Reason.ShouldBe(Reason);
        Should.Throw<LoadTestException>(() => report.Require(again)).ExitCode.ShouldBe(97);
    }

    [Fact]
    public async Task Are_none_where_there_is_a_run()
    {
        await WriteAsync();
        var first = _results.Manifest()!.RunId;

        (await WriteAsync()).ShouldBeNull();
        _results.Manifest()!.RunId.ShouldBe(first);
    }

    /// <summary>Nothing of parameters that are wrong is taken for a load or judged.</summary>
    [Theory]
    [InlineData(500, "served>=99%")]
    [InlineData(0, "no-such-metric<3%")]
    [InlineData(-1, "")]
    public async Task Have_a_page_also_where_the_parameters_are_wrong(int publishers, string thresholds)
    {
        var wrong = _parameters with
        {
            Load = new LoadParameters { AudioPublishersPerVm = publishers },
            Results = new ResultsParameters { Thresholds = thresholds, ThresholdsGiven = true },
        };
        var given = new Dictionary<string, string>(StringComparer.Ordinal) { ["thresholds"] = thresholds, ["rooms"] = "4" };

        _results.Note(new PhaseRun("Provision", DateTimeOffset.UnixEpoch, 1, "succeeded", Reason: null)); // of an earlier command

        var summary = await new NotRun(wrong, given, "1", TimeProvider.System) { IsChecked = false }.WriteAsync(
            _results, "openstack", replay: null, LoadTestException.Invalid("--rooms: got '4', expected 1"), Cancellation);

        summary!.Judgement.Reason.ShouldStartWith("The load you asked for was not run: --rooms: got '4', expected 1");
        summary.Load.Participants.ShouldBe(0);
        summary.Phases.ShouldBeEmpty();
        (await File.ReadAllTextAsync(_results.File(ReportFiles.Page), Cancellation)).ShouldContain("expected 1");
        (await new ReportPhase(_parameters.Results, _results, TimeProvider.System).RunAsync(Cancellation)).Judgement.Verdict
            .ShouldBe(Verdict.Inconclusive);
    }

    private Task<RunSummary?> WriteAsync() =>
        new NotRun(_parameters, new Dictionary<string, string>(StringComparer.Ordinal), "1", TimeProvider.System).WriteAsync(
            _results, "openstack", replay: null, new LoadTestException(
                "The quota is too small:\n  instances: 10 are needed\n  cores: 40 are needed\nNothing was created."), Cancellation);
}
