using System.Globalization;
using System.Text.RegularExpressions;
using LoadTesting.Capacity;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Agent;
using LoadTesting.Phases;
using LoadTesting.Plan;
using LoadTesting.Results;
using Reporting;
using Reporting.Judging;
using Reporting.Raw.Manifest;
using Reporting.Rendering.Json;
using Reporting.Summary;

namespace LoadTesting.Tests.LoadKinds;

/// <summary>A kind of load is an entry in a list on each side, and a folder on each side: nothing else asks which kind it is.</summary>
public sealed class ASecondKind : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ResultsDirectory _results;
    private readonly LoadTestParameters _parameters = new()
    {
        Fleet = new FleetParameters { InstanceCount = 2 },
        Load = new LoadParameters { Kind = GreetingsToSend.Kind, ParticipantsPerVm = 2, TestDuration = TimeSpan.FromSeconds(4) },
        Results = new ResultsParameters { Thresholds = "greeted>=99%" },
    };

    static ASecondKind()
    {
        LoadTesting.LoadKinds.KnownKinds.All = [.. LoadTesting.LoadKinds.KnownKinds.All, new GreetingsToSend()];
        Reporting.LoadKinds.KnownKinds.All = [.. Reporting.LoadKinds.KnownKinds.All, new GreetingsRead()];
    }

    public ASecondKind() => _results = new ResultsDirectory(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Checks_its_own_parameters_shows_its_own_rows_and_sets_the_unit_of_capacity()
    {
        ParameterChecks.Problems(_parameters).ShouldBeEmpty();
        ParameterChecks.Problems(_parameters with { Load = _parameters.Load with { ParticipantsPerVm = 4, Rooms = new Rooms(1000) } })
            .Select(problem => problem.Parameter).ShouldBe(["--greetings"]);

        var rows = new PlanPhase(_parameters, new LoadTesting.Providers.OpenStack.OpenStackProvider(new(), new()),
            new(Kubernetes: true, Metrics: false)).Rows();
        rows.ShouldContain(("Greetings", "4"));
        rows.ShouldNotContain(row => row.Name == "Tracks");
        CapacityRange.Of(_parameters).ShouldBe(new CapacityRange(2, 2, 4, null));
    }

    [Fact]
    public void Is_followed_on_its_hosts()
    {
        var host = new WatchedHost(
            new FleetHost { Id = "1", Name = "fleet-01", Index = 1, Status = "ACTIVE" },
            LoadTesting.LoadKinds.KnownKinds.Of(_parameters.Load),
            participants: 2);
        byte[] output = [.. "greeted Anna\nsomething else\ngreeted Ben\n"u8];

        var process = new WatchedProcess("lk-1", output);
        host.Take(new HostWatch(RunState.Running, [process], ""), DateTimeOffset.UnixEpoch);

        host.Connected.ShouldBe(2);
    }

    [Fact]
    public void Is_planned_by_what_was_tried_before_the_run()
    {
        _results.Trial = "howdy";
        Planned(_results.Trial).Plan.Own!["greeting"].GetString().ShouldBe("howdy");

        _results.Trial = null;
        Planned(_results.Trial).Plan.Own!["greeting"].GetString().ShouldBe("hello");
    }

    [Theory]
    [InlineData(2, Verdict.Passed, "The threshold held: 4 greetings were said.")]
    [InlineData(1, Verdict.Failed, "lk process")]
    public async Task Goes_from_its_plan_over_its_output_to_its_report(int saidByTheSecond, Verdict verdict, string reason)
    {
        _results.Write(Planned());
        Say("vm-01", 2);
        Say("vm-02", saidByTheSecond);
        _results.Write(_results.Manifest()!);

        var summary = await new ReportPhase(_parameters.Results, _results, TimeProvider.System)
            .RunAsync(TestContext.Current.CancellationToken);

        summary.Judgement.Verdict.ShouldBe(verdict, summary.Judgement.Reason);
        summary.Judgement.Reason.ShouldContain(reason);
        summary.KeyFigures[0].Value.ShouldBe((2 + saidByTheSecond) / 4.0);
        summary.Processes[1].Media.Own!["greetings"].ShouldBe(saidByTheSecond);
        summary.Rooms.ShouldBeEmpty();
        var read = SummaryJson.Read(Text(ReportFiles.Json));
        read.Load.ShouldBe(summary.Load);
        read.Load.ShouldBeOfType<GreetingsShape>().Greeting.ShouldBe("hello");
        foreach (var file in (string[])[ReportFiles.Page, ReportFiles.Markdown])
        {
            var text = Text(file);
            text.ShouldContain("Greetings said");
            text.ShouldContain("each says hello");
            text.ShouldNotContain("Audio delivered");
        }

        Text(ReportFiles.Measurements).ShouldContain(
            string.Create(CultureInfo.InvariantCulture, $"process,vm-02 lk-1,greeted,value,ratio,,{saidByTheSecond / 2.0}"));
    }

    [Fact]
    public void Is_not_compared_with_another()
    {
        _results.Write(Planned());
        var greetings = ResultsReport.Summarize(_results.Manifest()!, _folder.FullName, [], DateTimeOffset.UnixEpoch);
        var other = LoadTesting.LoadKinds.KnownKinds.Of(new LoadParameters()).Plan(new LoadParameters(), ["vm-01"], "x-0000");
        var participants = ResultsReport.Summarize(
            _results.Manifest()! with { Plan = other },
            _folder.FullName, [], DateTimeOffset.UnixEpoch);

        Comparer.Differences(greetings, participants).ShouldContain("kind of load greetings, not participants");
        Comparer.Differences(greetings, greetings).ShouldBeEmpty();
    }

    [Fact]
    public async Task That_is_not_known_is_refused_with_those_that_are()
    {
        _results.Write(Planned() with { Plan = Planned().Plan with { Kind = "songs" } });

        var error = await Should.ThrowAsync<LoadTestException>(() =>
            new ReportPhase(_parameters.Results, _results, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken));

        error.Message.ShouldContain("got the kind of load 'songs', expected participants");
    }

    [Fact]
    public void Finds_no_word_of_the_first_one_outside_its_folders()
    {
        var source = Path.GetFullPath(Path.Combine(ProjectDirectory, "..", "..", "src"));
        var others = Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".html" or ".sh")
            .Select(file => Path.GetRelativePath(source, file))
            .Where(file => !Regex.IsMatch(
                file, @"\b(?:bin|obj|Recordings)/|/LoadKinds/Participants/|/LoadKinds/KnownKinds\.cs$", RegexOptions.NonBacktracking))
            .ToList();

        others.Count.ShouldBeGreaterThan(200);
        others.Where(file => Regex.IsMatch(
                File.ReadAllText(Path.Combine(source, file)), @"load-test(?:$|[^-a-z])|LoadKinds\.Participants",
                RegexOptions.NonBacktracking | RegexOptions.Multiline))
            .ShouldBeEmpty();
    }

    private string Text(string file) => File.ReadAllText(_results.File(file));

    private static string ProjectDirectory => typeof(ASecondKind).Assembly
        .GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), inherit: false)
        .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ProjectDirectory").Value!;

    private RunManifest Planned(string? trial = null) => new()
    {
        RunId = "20261124-041522-k3fq",
        Fleet = "fleet",
        Cloud = "inventory",
        ToolVersion = "0",
        StartAt = DateTimeOffset.UnixEpoch,
        Plan = LoadTesting.LoadKinds.KnownKinds.Of(_parameters.Load)
            .Plan(_parameters.Load, ["vm-01", "vm-02"], "20261124-041522-k3fq", trial),
        Hosts =
        [
            new HostRun { Name = "vm-01", Server = "vm-01", Outcome = HostOutcome.Collected },
            new HostRun { Name = "vm-02", Server = "vm-02", Outcome = HostOutcome.Collected },
        ],
    };

    private void Say(string host, int greetings)
    {
        _results.Write($"{host}/logs/lk-1.stdout", string.Concat(Enumerable.Range(0, greetings).Select(_ => "greeted somebody\n")));
        _results.Write($"{host}/logs/lk-1.stdout.times", string.Concat(Enumerable.Range(0, greetings).Select(second => $"{second}.5\n")));
    }
}
