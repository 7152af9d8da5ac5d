using LoadTesting.LoadKinds.Participants;
using LoadTesting.Phases;
using LoadTesting.Results;
using Reporting;
using Reporting.Raw.Manifest;

namespace LoadTesting.Tests.Results;

/// <summary>What becomes of the results of earlier runs.</summary>
public sealed class HistoryOfResults : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("results");
    private readonly ResultsDirectory _results;

    public HistoryOfResults() => _results = new ResultsDirectory(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Everything_of_a_run_is_moved_and_what_is_the_fleets_or_the_next_runs_stays()
    {
        Add("20261124-041522-aaaa");
        _results.Write("ssh_config", "Host x");
        _results.Note(new PhaseRun("Provision", default, 1, "succeeded"));
        _results.Trial = "{}";
        Directory.CreateDirectory(_results.File("monday"));
        File.WriteAllText(_results.File("monday", ReportFiles.Page), "another results folder");

        _results.History.Archive();

        Names(_results.Path).ShouldBe(["history", "monday", "phases.json", "smoke-join.json", "ssh_config"]);
        Names(_results.History.Of("20261124-041522-aaaa").Path).ShouldBe(
            ["cluster", "final-report.html", "phases.json", "run.json", "summary-stats.json", "vm-01", "vm-01-results.tar.gz"]);
    }

    [Fact]
    public void A_page_whose_run_json_cannot_be_read_is_moved_too()
    {
        Add("20261124-041522-aaaa");
        _results.Write("run.json", "{ cut o");

        _results.History.Archive();

        Names(_results.Path).ShouldBe(["history"]);
        _results.History.All().ShouldHaveSingleItem().File("final-report.html").ShouldSatisfyAllConditions(page =>
            File.Exists(page).ShouldBeTrue());
    }

    [Fact]
    public void An_empty_folder_has_nothing_to_move_and_one_that_does_not_exist_either()
    {
        _results.History.Archive();
        new ResultsDirectory(_results.File("none")).History.Archive();

        Names(_results.Path).ShouldBeEmpty();
    }

    [Fact]
    public void A_run_that_is_still_on_the_fleet_is_taken_back_and_changes_places_with_the_one_that_is_here()
    {
        Add("20261124-041522-aaaa");
        _results.History.Archive();
        Add("20261125-041522-bbbb");

        _results.History.TakeBack("20261124-041522-aaaa");

        _results.Manifest()!.RunId.ShouldBe("20261124-041522-aaaa");
        _results.History.All().ShouldHaveSingleItem().Manifest()!.RunId.ShouldBe("20261125-041522-bbbb");
        _results.History.TakeBack("20261124-041522-aaaa");
        _results.Manifest()!.RunId.ShouldBe("20261124-041522-aaaa", "it is here already");
    }

    [Fact]
    public void A_run_of_another_controller_leaves_an_empty_folder()
    {
        Add("20261124-041522-aaaa");

        _results.History.TakeBack("20261125-041522-bbbb");

        Names(_results.Path).ShouldBe(["history"]);
    }

    [Fact]
    public void The_newest_runs_keep_their_raw_data_and_all_keep_their_reports()
    {
        foreach (var run in (string[])["20261124-041522-aaaa", "20261126-041522-bbbb", "20261125-041522-cccc"])
        {
            Add(run);
            _results.History.Archive();
        }

        _results.History.Prune(keep: 2);

        Names(_results.History.Of("20261124-041522-aaaa").Path).ShouldBe(["final-report.html", "run.json", "summary-stats.json"]);
        foreach (var run in (string[])["20261126-041522-bbbb", "20261125-041522-cccc"])
            Names(_results.History.Of(run).Path).ShouldContain("vm-01-results.tar.gz");
    }

    [Fact]
    public void The_run_before_is_the_newest_that_was_run()
    {
        Add("20261124-041522-aaaa");
        _results.History.Archive();
        Add("20261125-041522-bbbb", notRun: "the quota is too small");
        _results.History.Archive();
        File.WriteAllText(_results.History.Of("20261124-041522-aaaa").File("summary-stats.json"), "of aaaa");

        Baseline.Find(Baseline.Previous, _results).WhyNot!.ShouldContain("20261124-041522-aaaa");
    }

    private void Add(string runId, string? notRun = null)
    {
        _results.Write(new RunManifest
        {
            RunId = runId, Fleet = "fleet", Cloud = "inventory", ToolVersion = "1", NotRun = notRun,
            Plan = LoadPlanner.Plan(new LoadParameters(), ["vm-01"], runId),
            Hosts =
            [
                new HostRun { Name = "vm-01", Server = "fleet-01", Outcome = HostOutcome.Collected,
                    Archive = new Archive("vm-01-results.tar.gz", "", 1) },
            ],
        });
        foreach (var file in (string[])["final-report.html", "summary-stats.json", "vm-01-results.tar.gz"])
            _results.Write(file, runId);
        foreach (var folder in (string[])["vm-01", "cluster"])
            Directory.CreateDirectory(_results.File(folder));
    }

    private static IReadOnlyList<string> Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
