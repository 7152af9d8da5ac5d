using LoadTesting.Hosts;
using LoadTesting.LiveKit;
using LoadTesting.Phases;

namespace LoadTesting.Tests.Phases;

/// <summary>What hosts are asked before anything is done with them.</summary>
public sealed class HostsAskedBeforeARun : IDisposable
{
    private static readonly FleetHost Host = new() { Id = "1", Name = "fleet-01", Index = 1, Status = "ACTIVE" };

    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("results");
    private readonly HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _results.Delete(recursive: true);
    }

    [Fact]
    public async Task One_whose_connection_is_cut_is_asked_once_more_what_it_carries()
    {
        var asked = 0;
        var context = Context((_, _) =>
            ++asked == 1 ? throw new HostUnreachableException("lost") : Task.FromResult(OneHost.Said("run 20261128-154948-ctmw done\n")));

        var run = await FleetRun.LatestAsync(context, [Host], Cancellation);

        run!.RunId.ShouldBe("20261128-154948-ctmw");
    }

    [Fact]
    public async Task One_that_is_gone_is_left_out_after_two_cuts()
    {
        var asked = 0;
        var context = Context((_, _) =>
        {
            asked++;
            throw new HostUnreachableException("lost");
        });

        (await FleetRun.LatestAsync(context, [Host], Cancellation)).ShouldBeNull();
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_does_not_answer_is_named_beside_the_run()
    {
        var (run, silent) = await FleetRun.AskAsync(Context((_, _) => throw new HostUnreachableException("lost")), [Host], Cancellation);

        (run, silent).ShouldSatisfyAllConditions(
            asked => asked.run.ShouldBeNull(), asked => asked.silent.ShouldHaveSingleItem().ShouldBe(Host.ShortName));
    }

    [Fact]
    public async Task One_without_an_address_is_asked_like_any_other()
    {
        var context = Context((_, _) => Task.FromResult(OneHost.Said("run 20261128-154948-ctmw done\n")));

        var run = await FleetRun.LatestAsync(context, [Host], Cancellation);

        run!.Hosts.ShouldHaveSingleItem().Host.Address.ShouldBeNull();
    }

    [Fact]
    public async Task One_that_Configure_left_without_lk_is_not_ready()
    {
        var context = Context(
            (script, _) => Task.FromResult(script.Contains("--version", StringComparison.Ordinal)
            ? new ShellResult(127, default, "bash: lk: No such file or directory\n")
            : OneHost.Said("1795881107.000000")));

        var error = await Should.ThrowAsync<LoadTestException>(() => new RunPhase(context).RunAsync(Cancellation));

        error.Message.ShouldContain("lk does not run: bash: lk: No such file or directory");
    }

    private PhaseContext Context(Func<string, CancellationToken, Task<ShellResult>> answer) =>
        new OneHost { Answer = answer }.Context(_results.FullName, new LiveKitCredentials("ws://127.0.0.1:1", "key", new Secret("secret")),
            _http);
}
