using LoadTesting.Results;
using Reporting.Raw.Manifest;
using static Integration.Tests.EndToEnd.Trouble;

namespace Integration.Tests.EndToEnd;

/// <summary>
/// The controller is killed at each step of Run, one after the other on the same two hosts; Collect, named beside Report, makes the best of
/// it.
/// </summary>
public sealed class ControllerKilled : IAsyncDisposable
{
    private const string Runs = "/root/.livekit-loadtest/runs";
    private readonly TroubledFleet _fleet = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task Before_anything_started_a_new_run_is_made_and_after_that_the_same_one_comes_home()
    {
        var hosts = await _fleet.BootAsync(("sound", 320), ("sound", 320));
        var (first, second) = (hosts[0], hosts[1]);
        await _fleet.ConfigureAsync("--joins-per-second 2 --test-duration 10s --thresholds connected>=100% --keep-servers");
        await EachAsync(hosts,
            host => host.InsideAsync(
            "sed -i 's/await_file 3000/await_file 30/' /root/.livekit-loadtest/loadtest-host")); // tenths of a second until it gives up

        // While it compares clocks: nothing is on any host.
        await HangAsync(second, "/root/.livekit-loadtest/bin/lk", "--version");
        await KillAsync("Report --skip Provision Configure Prepare", _ => ReachedAsync(second, "lk"));
        await ReleaseAsync(second, "/root/.livekit-loadtest/bin/lk");
        foreach (var host in hosts)
            (await host.InsideAsync($"ls {Runs} 2>/dev/null || :")).ShouldBeEmpty();

        // While it arms: one host waits for an instant, the other one is not there yet. Both give up and leave nothing.
        await HangAsync(second, "/usr/bin/setsid", "*launch*");
        await KillAsync("Report --skip Provision Configure Prepare", async _ =>
        {
            await ReachedAsync(second, "setsid");
            await IsThereAsync(first, $"{Runs}/*/ready");
        });
        var armed = _fleet.Manifest();
        armed.StartAt.ShouldBeNull();
        await ReleaseAsync(second, "/usr/bin/setsid");
        foreach (var host in hosts)
        {
            await IsThereAsync(host, $"{Runs}/{armed.RunId}/late");
            await UntilAsync(host, "! pgrep -f '[l]oadtest-host (arm|launch)'");
            (await host.InsideAsync($"cd {Runs}/{armed.RunId}; ls -d credentials start 2>/dev/null || cat lk-1.started 2>/dev/null || :"))
                .ShouldBeEmpty();
        }

        await EachAsync(hosts,
            host => host.InsideAsync("sed -i 's/await_file 30 /await_file 3000 /' /root/.livekit-loadtest/loadtest-host"));

        // While it gives the instant: the host that has it starts, the one that gets it too late does not.
        await HangAsync(second, "/usr/bin/mv", "start.part*");
        await KillAsync("Report --skip Prepare", async _ =>
        {
            await ReachedAsync(second, "mv");
            await UntilAsync(first, $"grep . {Runs}/*/lk-1.started");
        });
        var half = _fleet.Manifest();
        half.RunId.ShouldNotBe(armed.RunId);
        await ReleaseAsync(second, "/usr/bin/mv");
        var said = await _fleet.RunAsync("Collect Report --skip Prepare");
        said.Text.ShouldContain($"Found run {half.RunId} on the fleet (in progress)");
        _fleet.Manifest().RunId.ShouldBe(half.RunId);
        _fleet.Host(1).ShouldBe((HostOutcome.Collected, 0, null), said.Text);
        _fleet.Host(2).ShouldBe((HostOutcome.NotArmed, null, "it was not given the instant in time"), said.Text);
        said.ExitCode.ShouldBe(98, said.Text);
        said.Text.ShouldContain("Inconclusive: Left out: vm-02", customMessage: said.Text);
        said.Text.ShouldContain("20 of 20; of 20 more nothing is known");

        var archive = await File.ReadAllBytesAsync(Path.Combine(_fleet.Results, "vm-01-results.tar.gz"), Cancellation);

        // Before the instant, in the ramp, in the steady phase: the hosts carry the run on, and whoever comes next brings it home.
        await HangAsync(second, "/usr/bin/setsid", "*launch*", tenths: 30); // the instant is the later the longer arming took
        await KillAsync("Report --skip Prepare",
            _ => EachAsync(hosts, host => UntilAsync(host, $"find {Runs} -name armed | grep -v {half.RunId}")));
        await EachAsync(hosts, host => host.InsideAsync(": >/root/killed"));
        var whole = _fleet.Manifest();
        await KillAsync("Collect Report --skip Prepare", async running =>
        {
            await running.HearsAsync($"Found run {whole.RunId} on the fleet (in progress)");
            await EachAsync(hosts, host => UntilAsync(host, "[[ /root/began -nt /root/killed ]]"));
        });
        await KillAsync("Collect Report --skip Prepare", running => running.HearsAsync("40 of 40 participants connected"));
        said = await _fleet.RunAsync("Collect Report --skip Prepare");
        said.ExitCode.ShouldBe(0, said.Text);
        _fleet.Manifest().RunId.ShouldBe(whole.RunId);
        _fleet.Host(1).ShouldBe((HostOutcome.Collected, 0, null), said.Text);
        _fleet.Host(2).ShouldBe((HostOutcome.Collected, 0, null), said.Text);

        // Each run has a folder of its own, and nothing of the first is the second's.
        (await first.InsideAsync($"ls {Runs} | grep -v tar.gz")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe([armed.RunId, half.RunId, whole.RunId]);
        var history = Path.Combine(_fleet.Results, "history");
        Directory.EnumerateDirectories(history).Select(Path.GetFileName).ShouldBe([armed.RunId, half.RunId], ignoreOrder: true);
        new ResultsDirectory(Path.Combine(history, half.RunId)).Manifest()!.Hosts[0].Outcome.ShouldBe(HostOutcome.Collected);
        (await File.ReadAllBytesAsync(Path.Combine(history, half.RunId, "vm-01-results.tar.gz"), Cancellation)).ShouldBe(archive);
        var report = await File.ReadAllTextAsync(Path.Combine(_fleet.Results, "final-report.html"), Cancellation);
        report.ShouldContain(whole.RunId);
        report.ShouldNotContain(half.RunId);
    }

    /// <summary>Starts a command and kills it, as nothing can prepare for, once all that is waited for is seen.</summary>
    private async Task KillAsync(string words, Func<Operator.Running, Task> seen)
    {
        using var running = _fleet.Start(words);
        var ended = running.EndAsync();
        if (await Task.WhenAny(seen(running), ended) == ended)
            throw new InvalidOperationException($"it ended by itself: {(await ended).Text}");
        running.Signal("KILL");
        await ended;
    }
}
