using System.Globalization;
using LoadTesting.Hosts.Agent;
using Reporting.Raw.Manifest;

namespace Integration.Tests.EndToEnd;

/// <summary>Whole runs on real hosts with networks and disks of their own, of which one or the other gets into trouble.</summary>
public sealed class RunsInTrouble : IAsyncDisposable
{
    private readonly TroubledFleet _fleet = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task A_host_whose_network_is_cut_for_half_a_minute_is_silent_not_lost_and_its_run_comes_home_whole()
    {
        var hosts = await _fleet.BootAsync(("sound", 320), ("sound", 320));
        await _fleet.ConfigureAsync("--test-duration 60s");
        using var running = _fleet.Start("Report --skip Prepare");
        await running.HearsAsync("participants connected");

        await hosts[1].InsideAsync(
            "nft add table inet cut && nft add chain inet cut in '{ type filter hook input priority 0; policy drop; }'");
        await running.HearsAsync("1 host silent");
        await hosts[1].InsideAsync(
            $"tail -n0 -F /root/{HostAgent.Home}/runs/*/metrics/samples.txt 2>/dev/null | grep -m 30 -c '^==='");
        await hosts[1].InsideAsync("nft delete table inet cut");
        var said = await running.EndAsync();

        said.Text.ShouldContain("results of 2 hosts are in");
        _fleet.Host(1).ShouldBe((HostOutcome.Collected, 0, null), said.Text);
        _fleet.Host(2).ShouldBe((HostOutcome.Collected, 0, null), said.Text);
        (await File.ReadAllTextAsync(Path.Combine(_fleet.Results, "vm-02/logs/lk-1.stdout"), Cancellation)).ShouldContain("Total");
        LongestGap(await File.ReadAllLinesAsync(Path.Combine(_fleet.Results, "vm-02/metrics/samples.txt"), Cancellation))
            .ShouldBeLessThan(15, "the host went on measuring");
    }

    [Fact]
    public async Task A_flood_of_output_a_full_disk_and_a_tampered_archive_cost_nothing_of_the_others()
    {
        await _fleet.BootAsync(("sound", 320), ("flood", 2048), ("full", 320), ("tampered", 320));
        await _fleet.ConfigureAsync("--test-duration 10s");

        var said = await _fleet.RunAsync("Report --skip Prepare");

        new[] { 98, 99 }.ShouldContain(said.ExitCode, said.Text);
        _fleet.Host(1).ShouldBe((HostOutcome.Collected, 0, null), said.Text);
        _fleet.Host(2).ShouldBe((HostOutcome.Collected, 0, null), said.Text);
        new FileInfo(Path.Combine(_fleet.Results, "vm-02/logs/lk-1.stdout")).Length.ShouldBeGreaterThan(TroubledFleet.Flood);
        _fleet.Host(3).ShouldBe((HostOutcome.Collected, 3, null), said.Text); // its last words, on a disk without room
        var tampered = _fleet.Host(4);
        tampered.Outcome.ShouldNotBe(HostOutcome.Collected);
        tampered.Reason!.ShouldContain("outside");
        File.Exists(Path.Combine(_fleet.Results, "vm-04/logs/outside")).ShouldBeFalse();
        Directory.EnumerateFiles("/dev/shm", "livekit-loadtest-*")
            .ShouldBeEmpty("the archive that found no room on the disk went with the fleet");
    }

    /// <summary>The most seconds between two looks of the sampler.</summary>
    private static double LongestGap(IReadOnlyList<string> lines)
    {
        var looks = lines.Where(line => line.StartsWith("=== ", StringComparison.Ordinal))
            .Select(line => double.Parse(line[4..], CultureInfo.InvariantCulture)).ToList();
        return looks.Zip(looks.Skip(1), (one, next) => next - one).Max();
    }
}
