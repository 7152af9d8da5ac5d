using System.Globalization;
using System.Text.Json;
using Rehearsal.Hosts;
using Rehearsal.LiveKit;
using Tests.Lab;

namespace Integration.Tests.EndToEnd;

/// <summary>Whole runs on real hosts with networks and disks of their own, of which one or the other gets into trouble.</summary>
public sealed class RunsInTrouble : IAsyncDisposable
{
    private const long Flood = 1L << 30;

    private readonly Operator _operator = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trouble-");
    private readonly HostLab _lab = new();
    private readonly HostFolders _folders;

    public RunsInTrouble() => _folders = new HostFolders(Path.Combine(_folder.FullName, "machines"), "healthy");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _operator.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_host_whose_network_is_cut_for_half_a_minute_is_silent_not_lost_and_its_run_comes_home_whole()
    {
        var hosts = await StartAsync(("sound", 320), ("sound", 320));
        await using var door = await LiveKitDoor.OpenAsync(Cancellation);
        using var running = await StartReportAsync(door, "60s");
        await running.HearsAsync("participants connected");

        await hosts[1].InsideAsync("nft add table inet cut && nft add chain inet cut in '{ type filter hook input priority 0; policy drop; }'");
        await running.HearsAsync("1 host silent");
        await Task.Delay(TimeSpan.FromSeconds(30), Cancellation);
        await hosts[1].InsideAsync("nft delete table inet cut");
        var said = await running.EndAsync();

        said.Text.ShouldContain("results of 2 hosts are in");
        var (first, second) = (await RunAsync("lab-01"), await RunAsync("lab-02"));
        (first.Outcome, second.Outcome).ShouldBe(("Collected", "Collected"), said.Text);
        (first.ExitCode, second.ExitCode).ShouldBe((0, 0));
        (await File.ReadAllTextAsync(Path.Combine(_operator.Results, "vm-02/logs/lk-1.stdout"), Cancellation)).ShouldContain("Total");
        LongestGap(await File.ReadAllLinesAsync(Path.Combine(_operator.Results, "vm-02/metrics/samples.txt"), Cancellation)).ShouldBeLessThan(15, "the host went on measuring");
    }

    [Fact]
    public async Task A_flood_of_output_a_full_disk_and_a_tampered_archive_cost_nothing_of_the_others()
    {
        await StartAsync(("sound", 320), ("flood", 2048), ("full", 320), ("tampered", 320));
        await using var door = await LiveKitDoor.OpenAsync(Cancellation);
        using var running = await StartReportAsync(door, "10s");

        var said = await running.EndAsync();

        new[] { 98, 99 }.ShouldContain(said.ExitCode, said.Text);
        (await RunAsync("lab-01")).ShouldBe(("Collected", 0, ""), said.Text);
        (await RunAsync("lab-02")).ShouldBe(("Collected", 0, ""), said.Text);
        new FileInfo(Path.Combine(_operator.Results, "vm-02/logs/lk-1.stdout")).Length.ShouldBeGreaterThan(Flood);
        (await RunAsync("lab-03")).ShouldBe(("Collected", 3, ""), said.Text); // its last words, on a disk without room
        var tampered = await RunAsync("lab-04");
        tampered.Outcome.ShouldNotBe("Collected");
        tampered.Reason.ShouldContain("outside");
        File.Exists(Path.Combine(_operator.Results, "vm-04/logs/outside")).ShouldBeFalse();
        Directory.EnumerateFiles("/dev/shm", "livekit-loadtest-*").ShouldBeEmpty("the archive that found no room on the disk went with the fleet");
    }

    private async Task<IReadOnlyList<LabHost>> StartAsync(params (string Behaviour, int Megabytes)[] wanted)
    {
        var hosts = new List<LabHost>();
        for (var index = 1; index <= wanted.Length; index++)
            _folders.Boot($"{index}", index);
        foreach (var (index, (behaviour, megabytes)) in wanted.Index())
        {
            var host = await _lab.StartAsync(megabytes: megabytes);
            await host.InsideAsync($"echo {behaviour} {_folders.RootOf($"{index + 1}")} >/root/behaviour");
            hosts.Add(host);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "lk"), $$"""
            #!/usr/bin/env bash
            read -r behaviour HOST_ROOT </root/behaviour
            export HOST_ROOT
            if [[ $* == *load-test* ]]; then
                case $behaviour in
                flood) yes 'the same line again and again, as of a program that has lost its mind' | head -c {{Flood}} ;;
                full) cat /dev/zero >/root/ballast; echo 'nobody reads this'; sleep 5; exit 3 ;;
                tampered) ln -s /etc logs/outside ;;
                esac
            fi
            exec {{HostFolders.Lk}} "$@"
            """, Cancellation);
        await File.WriteAllLinesAsync(Path.Combine(_folder.FullName, "hosts"), hosts.Select(host => $"{host.Machine.Name} ansible_host={host.Machine.Address} ansible_user=root"), Cancellation);
        return hosts;
    }

    /// <summary>Configures the hosts and starts the rest. Prepare is left out: from their networks hosts do not reach a door on the loopback address.</summary>
    private async Task<Operator.Running> StartReportAsync(LiveKitDoor door, string duration)
    {
        var words = $"--cloud inventory --inventory {Path.Combine(_folder.FullName, "hosts")} --host-key-check accept-new --ssh-key {_lab.Key.Path} --lk-binary {Path.Combine(_folder.FullName, "lk")} "
            + $"--host-packages none --test-duration {duration} --participants-per-vm 20 --livekit-url {door.Credentials.Url} --livekit-api-key {door.Credentials.ApiKey}";
        var configured = await _operator.RunAsync($"Configure {words}");
        configured.ExitCode.ShouldBe(0, configured.Text);
        return _operator.Start($"Report --skip Prepare {words}", ("LIVEKIT_API_SECRET", door.Credentials.ApiSecret.Reveal()));
    }

    private async Task<(string Outcome, int? ExitCode, string Reason)> RunAsync(string server)
    {
        using var run = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_operator.Results, "run.json"), Cancellation));
        var host = run.RootElement.GetProperty("hosts").EnumerateArray().Single(host => host.GetProperty("server").GetString() == server);
        var processes = host.TryGetProperty("processes", out var all) ? all.EnumerateArray().ToList() : [];
        return (
            host.GetProperty("outcome").GetString()!,
            processes.Count == 0 ? null : processes[0].GetProperty("exitCode").GetInt32(),
            host.TryGetProperty("reason", out var reason) ? reason.GetString() ?? "" : "");
    }

    /// <summary>The most seconds between two looks of the sampler.</summary>
    private static double LongestGap(IReadOnlyList<string> lines)
    {
        var looks = lines.Where(line => line.StartsWith("=== ", StringComparison.Ordinal)).Select(line => double.Parse(line[4..], CultureInfo.InvariantCulture)).ToList();
        return looks.Zip(looks.Skip(1), (one, next) => next - one).Max();
    }
}
