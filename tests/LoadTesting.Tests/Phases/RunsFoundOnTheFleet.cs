using LoadTesting.LiveKit;
using LoadTesting.Phases;

namespace LoadTesting.Tests.Phases;

/// <summary>Report answers for the load that was asked for: a run found on the fleet goes its own way, or ends the command.</summary>
public sealed class RunsFoundOnTheFleet : IDisposable
{
    private const string Found = "20261128-154948-ctmw";

    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("results");
    private readonly HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _results.Delete(recursive: true);
    }

    [Theory]
    [InlineData("running", "Report", true)]
    [InlineData("done", "Report", true)]
    [InlineData("done collected", "Report", false)]
    [InlineData("late", "Report", false)]
    [InlineData("running", "Report Collect", false)]
    [InlineData("running", "Report Run", false)]
    [InlineData("running", "Capacity", false)]
    public async Task Report_alone_takes_one_that_was_not_collected(string state, string named, bool isTaken)
    {
        var found = await FoundRun.FindAsync(Context(state, named), Cancellation);

        (found is not null).ShouldBe(isTaken);
        found?.Results.Path.ShouldBe(Path.Combine(_results.FullName, "history", Found));
    }

    [Theory]
    [InlineData(PhaseName.Provision)]
    [InlineData(PhaseName.Configure)]
    [InlineData(PhaseName.Prepare)]
    [InlineData(PhaseName.Run)]
    public async Task One_that_is_still_there_ends_each_phase_of_Report_with_97(PhaseName phase)
    {
        var error = await Should.ThrowAsync<LoadTestException>(() =>
            FleetRun.SkipsPhaseAsync(Context("running", "Report"), phase, Cancellation));

        error.ExitCode.ShouldBe(97);
        error.Message.ShouldContain($"The load that you asked for was not run: run {Found} is on the fleet");
    }

    [Fact]
    public async Task With_Collect_named_the_phases_leave_it_as_it_is() =>
        (await FleetRun.SkipsPhaseAsync(Context("running", "Report Collect"), PhaseName.Run, Cancellation)).ShouldBeTrue();

    [Fact]
    public async Task One_that_cannot_be_collected_ends_Report_with_97()
    {
        var found = await FoundRun.FindAsync(Context("done", "Report"), Cancellation);

        var error = await Should.ThrowAsync<LoadTestException>(() => found!.TakeAsync(CancellationToken.None, Cancellation));

        error.ExitCode.ShouldBe(97);
        error.Message.ShouldContain($"no host has the plan of run {Found}");
    }

    private PhaseContext Context(string state, string named) =>
        new OneHost { Answer = (_, _) => Task.FromResult(OneHost.Said($"run {Found} {state}\n")) }
            .Context(_results.FullName, new LiveKitCredentials("ws://127.0.0.1:1", "key", new Secret("secret")), _http) with
        {
            Named = named.Split(' ').ToHashSet(StringComparer.Ordinal),
        };
}
