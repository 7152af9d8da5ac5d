using System.Globalization;
using System.Text.Json;
using Reporting.Raw.Manifest;
using static Integration.Tests.EndToEnd.Trouble;

namespace Integration.Tests.EndToEnd;

/// <summary>Whole runs of which hosts are lost, or lose the launcher that carries the run.</summary>
public sealed class HostsLost : IAsyncDisposable
{
    private const string Runs = "/root/.livekit-loadtest/runs";
    private readonly TroubledFleet _fleet = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task A_launcher_that_is_killed_costs_its_host_what_it_would_have_written_and_the_others_nothing()
    {
        var hosts = await _fleet.BootAsync(("sound", 320), ("launcher", 320), ("launchers", 320));
        await _fleet.ConfigureAsync("--test-duration 15s --thresholds connected>=100%");
        using var running = _fleet.Start("Report --skip Prepare");
        await EachAsync(hosts,
            host => UntilAsync(host,
            $"[[ $(cat {Runs}/*/metrics/samples.txt | grep -c ^===) -gt 10 ]]")); // one a second, from before the start: all have joined
        await hosts[1].InsideAsync($"kill -KILL $(cat {Runs}/*/launcher.pid)");
        await hosts[2].InsideAsync("kill -KILL $(pgrep -f 'loadtest-host [l]aunch')");
        var said = await running.EndAsync();

        _fleet.Host(1).ShouldBe((HostOutcome.Collected, 0, null), said.Text);
        _fleet.Host(2).ShouldBe((HostOutcome.Collected, 0, null), said.Text);
        _fleet.Host(3).ShouldBe((HostOutcome.Incomplete, null, "missing: lk-1.ended"), said.Text);
        said.ExitCode.ShouldBe(98, said.Text);
        // Without the launchers lk went on, but nobody wrote when its lines came: nothing is known of the people of vm-03.
        said.Text.ShouldContain("of 18 more nothing is known", customMessage: said.Text);
        var findings = await FindingsAsync();
        findings.ShouldContain("incomplete: vm-03 (missing: lk-1.ended)");
        findings.ShouldContain(finding => finding.StartsWith("no samples of the last ", StringComparison.Ordinal)
            && finding.Contains("of the steady state came from vm-02", StringComparison.Ordinal), "its launcher took samples no more");
    }

    [Fact]
    public async Task Hosts_that_are_gone_from_one_moment_to_the_next_are_named_and_the_others_go_on()
    {
        var hosts = await _fleet.BootAsync(("sound", 320), ("arming", 320), ("ramp", 320), ("steady", 320), ("collect", 320));
        var (arming, ramp, steady, collect) = (hosts[1], hosts[2], hosts[3], hosts[4]);
        await _fleet.ConfigureAsync("--joins-per-second 4 --test-duration 8s --thresholds connected>=100% --keep-servers");
        await HangAsync(arming, "/usr/bin/setsid", "*launch*");
        using var running = _fleet.Start("Report --skip Prepare --min-servers 2");

        await ReachedAsync(arming, "setsid");
        await arming.PullThePlugAsync();
        await IsThereAsync(ramp, "/root/began");
        await ramp.PullThePlugAsync();
        await UntilAsync(steady,
            $"[[ $(cat {Runs}/*/metrics/samples.txt | grep -c ^===) -gt 8 ]]"); // one a second, from before the start: all have joined
        await steady.PullThePlugAsync();
        await IsThereAsync(collect, $"{Runs}/*/done");
        await collect.PullThePlugAsync();
        var said = await running.EndAsync();

        _fleet.Host(1).ShouldBe((HostOutcome.Collected, 0, null), said.Text);
        _fleet.Host(2).Outcome.ShouldBe(HostOutcome.NotArmed, said.Text);
        foreach (var index in (int[])[3, 4, 5])
            _fleet.Host(index).Outcome.ShouldBe(HostOutcome.Lost, said.Text);
        said.ExitCode.ShouldBe(98, said.Text);
        var findings = await FindingsAsync();
        said.Text.ShouldContain("(20 of 20; of 80 more nothing is known)", customMessage: said.Text);
        findings.ShouldContain(finding => finding.StartsWith("left out: vm-02 (lost: ", StringComparison.Ordinal));
        findings.ShouldContain(finding => finding.StartsWith("lost: vm-03, vm-04, vm-05 (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_that_one_host_gets_too_late_is_called_off_on_all_when_all_are_needed()
    {
        var hosts = await _fleet.BootAsync(("sound", 320), ("late", 320));
        await _fleet.ConfigureAsync("--test-duration 60s --keep-servers");
        await HangAsync(hosts[1], "/usr/bin/mv", "start.part*");
        using var running = _fleet.Start("Report --skip Prepare");

        await ReachedAsync(hosts[1], "mv");
        await UntilAsync(hosts[0], $"grep . {Runs}/*/lk-1.started");
        await ReleaseAsync(hosts[1], "/usr/bin/mv");
        var said = await running.EndAsync();

        said.ExitCode.ShouldBe(1, said.Text);
        said.Text.ShouldContain("Run: 1 of 2 hosts are ready, 2 are needed");
        _fleet.Host(1).ShouldBe((HostOutcome.NotArmed, null, "the start was called off"), said.Text);
        _fleet.Host(2).Outcome.ShouldBe(HostOutcome.NotArmed, said.Text);
        foreach (var host in hosts)
            (await host.InsideAsync("! pgrep -x lk && bash /root/.livekit-loadtest/loadtest-host runs"))
                .ShouldBe($"run {_fleet.Manifest().RunId} late \n");
        var findings = await FindingsAsync();
        findings.ShouldContain(finding => finding.StartsWith("left out: vm-01, vm-02 (the start was called off", StringComparison.Ordinal),
            string.Join('\n', findings));
        findings.ShouldNotContain(finding => finding.Contains("did not start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clocks_that_are_three_seconds_off_make_nobody_start_early_or_late()
    {
        if (!Directory.EnumerateDirectories("/usr/lib", "faketime",
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }).Any())
            Assert.Skip("CLOCKS THAT ARE OFF ARE NOT TESTED: faketime missing (Debian, Ubuntu: apt-get install faketime)");
        var hosts = await _fleet.BootAsync(("sound", 320), ("+3s", 320), ("-3s", 320));
        await _fleet.ConfigureAsync("--test-duration 5s --thresholds connected>=100% --keep-servers");

        var said = await _fleet.RunAsync("Report --skip Prepare");

        // The kernel has one clock, and saw them start together, as far apart as is said.
        var starts = new List<double>();
        foreach (var host in hosts)
            starts.Add(double.Parse(await host.InsideAsync("LC_ALL=C stat -c %.6Y /root/began"), CultureInfo.InvariantCulture));
        (starts.Max() - starts.Min()).ShouldBeLessThan(1, said.Text);
        foreach (var (index, offset) in (ReadOnlySpan<(int, double)>)[(0, 0), (1, 3), (2, -3)])
            _fleet.Manifest().Hosts[index].ClockOffsetSeconds!.Value.ShouldBe(offset, 0.1, said.Text);
        using var summary = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(_fleet.Results, "summary-stats.json"), Cancellation));
        summary.RootElement.GetProperty("startSkew").GetProperty("seconds").GetDouble()
            .ShouldBe(starts.Max() - starts.Min(), 0.5, said.Text);
        said.ExitCode.ShouldBe(0, said.Text);
    }

    private async Task<IReadOnlyList<string>> FindingsAsync()
    {
        using var summary = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(_fleet.Results, "summary-stats.json"), Cancellation));
        return [.. summary.RootElement.GetProperty("findings").EnumerateArray()
            .Select(finding => finding.GetProperty("what").GetString()!)];
    }
}
