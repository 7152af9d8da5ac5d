using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Agent;
using LoadTesting.Hosts.Settings;
using LoadTesting.LiveKit;
using LoadTesting.Lk;
using LoadTesting.LoadKinds.Participants;
using Rehearsal.Hosts;
using Reporting.Raw.Manifest;

namespace Tests.Ssh;

/// <summary>The whole life of a run on a host, over a real connection; the host's /proc and lk are played.</summary>
public sealed class AgentOverSsh : IAsyncDisposable
{
    private const string RunId = "20261124-080000-abcd";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly SshLab _lab = new();
    private readonly HostFolders _folders;

    public AgentOverSsh()
    {
        _folders = new HostFolders(_lab.File("machines"), "healthy");
        _folders.Boot("id-1", 1);
        Directory.Delete(Path.Combine(_folders.RootOf("id-1"), "proc", "pressure"), recursive: true); // a kernel may be built without it
    }

    public async ValueTask DisposeAsync()
    {
        _folders.Delete("id-1");
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task A_host_is_configured_once_runs_its_load_watched_by_nobody_and_gives_its_results()
    {
        var server = await StartHostAsync();
        var shell = await _lab.ConnectAsync(server);

        var first = await ConfigureAsync(shell);
        var second = await ConfigureAsync(shell);
        first.Settings.ShouldContain(setting => setting.Outcome == SettingOutcome.Applied);
        second.Settings.ShouldNotContain(setting => setting.Outcome == SettingOutcome.Applied);
        second.Packages.ShouldBeNull(); // the only package manager in reach is that of the operator's machine
        (await File.ReadAllTextAsync(Path.Combine(_folders.RootOf("id-1"), "var/log/recorded"), SshLab.Cancellation)).Split(' ', '\n')
            .ShouldNotContain("apt-get");
        (first.AgentInstalled, second.AgentInstalled).ShouldBe((true, false));
        var agentFile = Path.Combine(_folders.RootOf("id-1"), "home/ubuntu/.livekit-loadtest/loadtest-host");
        (await File.ReadAllTextAsync(agentFile, SshLab.Cancellation)).ShouldBe(HostAgent.Text);

        var agent = new HostAgent(shell);
        var clock = await HostClock.MeasureAsync(shell, SshLab.Cancellation);
        clock.Offset.Duration().ShouldBeLessThanOrEqualTo(clock.Uncertainty); // it is this machine's own clock
        await agent.ArmAsync(Files(), "{}"u8.ToArray(), SshLab.Cancellation);
        await agent.StartAsync(RunId, TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(2), clock.Offset, SshLab.Cancellation);
        server.CutSessions();

        var later = await _lab.ConnectAsync(server);
        await DoneAsync(new HostAgent(later));
        await CheckResultsAsync(later);
    }

    [Fact]
    public async Task A_host_ends_an_lk_by_itself_that_does_not_end_and_does_not_heed_a_signal()
    {
        var shell = await _lab.ConnectAsync(await StartHostAsync());
        await ConfigureAsync(shell);
        await shell.RunAsync("printf '#!/bin/bash\\ntrap \"echo heard\" INT\\nwhile :; do sleep 0.1; done\\n' >.livekit-loadtest/bin/lk",
            Deadline, SshLab.Cancellation);
        var agent = new HostAgent(shell);
        await agent.ArmAsync(Files() with { Length = new RunLength(default, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)) },
            "{}"u8.ToArray(), SshLab.Cancellation);
        await agent.StartAsync(RunId, TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1), TimeSpan.Zero, SshLab.Cancellation);

        (await UntilDoneAsync(agent)).Processes.ShouldHaveSingleItem().Name.ShouldBe("lk-1");

        (await ExitCodeAsync(shell)).ShouldBe("137");
        var left = await shell.RunAsync($"cd .livekit-loadtest/runs/{RunId}; cat ended-early logs/lk-1.stdout", Deadline,
            SshLab.Cancellation);
        left.Text.ShouldStartWith("lk had not ended at its deadline\nheard\n");
        left.Text.Split("heard").Length.ShouldBe(2, "a second SIGINT would cost the tables");
    }

    [Fact]
    public async Task Every_line_of_lk_has_its_time_also_one_that_comes_in_parts_and_those_of_its_end()
    {
        var shell = await _lab.ConnectAsync(await StartHostAsync());
        await ConfigureAsync(shell);
        await shell.RunAsync(
            "printf '#!/bin/bash\nfor n in 1 2 3; do echo $n; printf half >&2; sleep 0.3; echo >&2; done; seq 100; seq 100 >&2; date "
                + "+%%s.%%6N >&2; exit 7\n' >.livekit-loadtest/bin/lk", Deadline, SshLab.Cancellation);
        var agent = new HostAgent(shell);
        await agent.ArmAsync(Files(), "{}"u8.ToArray(), SshLab.Cancellation);
        await agent.StartAsync(RunId, TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1), TimeSpan.Zero, SshLab.Cancellation);

        (await UntilDoneAsync(agent)).Processes.ShouldHaveSingleItem().Name.ShouldBe("lk-1");
        (await ExitCodeAsync(shell)).ShouldBe("7");

        var logs = $".livekit-loadtest/runs/{RunId}/logs/lk-1";
        var left = await shell.RunAsync(
            $"cat {logs}.stdout.times; echo; cat {logs}.stderr.times; echo; tail -n 1 {logs}.stderr; cut -d' ' -f1 "
            + $".livekit-loadtest/runs/{RunId}/lk-1.ended", Deadline, SshLab.Cancellation);
        left.Text.Split("\n\n").Select(part => part.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList().ShouldSatisfyAllConditions(
            parts => parts[0].Length.ShouldBe(103),
            parts => parts[1].Length.ShouldBe(104),
            parts => parts[0].ShouldBeInOrder(),
            parts => parts[1].ShouldBeInOrder(),
            parts => parts[2].ShouldBeInOrder(SortDirection.Ascending, "it ended after its last line"));
    }

    [Fact]
    public async Task A_look_at_an_lk_that_ends_meanwhile_is_a_look_all_the_same()
    {
        var shell = await _lab.ConnectAsync(await StartHostAsync());
        await ConfigureAsync(shell);

        var look = await shell.RunAsync(
            "mkdir -p .livekit-loadtest/runs/ends \"$HOST_ROOT/proc/77\" && : >\"$HOST_ROOT/proc/77/stat\" && cd "
                + ".livekit-loadtest/runs/ends && echo load-test >lk-1.args && echo 77 >lk-1.pid && bash ../../loadtest-host watch ends",
            Deadline, SshLab.Cancellation);

        look.Text.ShouldContain("--- lk-1 77");
        look.ExitCode.ShouldBe(0, look.Error);
    }

    private static async Task<HostWatch> UntilDoneAsync(HostAgent agent)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(SshLab.Cancellation);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            var watch = await agent.WatchAsync(RunId, new Dictionary<string, long>(), deadline.Token);
            if (watch.State == RunState.Done)
                return watch;
        }
    }

    /// <summary>What lk ended with, in the file that Collect brings home.</summary>
    private static async Task<string> ExitCodeAsync(IRemoteShell shell) => (await shell.RunAsync(
        $"cut -d' ' -f2 .livekit-loadtest/runs/{RunId}/lk-1.ended", Deadline, SshLab.Cancellation)).Text.Trim();

    private Task<Sshd> StartHostAsync() => _lab.StartOnAsync(_folders.RootOf("id-1"));

    private static async Task<ConfiguredHost> ConfigureAsync(IRemoteShell shell)
    {
        var host = ConfigureScript.Parse(
            await shell.RunAsync(ConfigureScript.Text(HostSetting.All, new LoadTestParameters().HostPackages), Deadline,
            SshLab.Cancellation));
        await new LkUpload(() => File.ReadAllBytes(HostFolders.Lk)).InstallAsync(shell, host, SshLab.Cancellation);
        return host;
    }

    private static RunFiles Files() => new(
        RunId,
        [
            new PlannedProcess
            {
                Host = "vm-01",
                Name = "lk-1",
                Room = "room",
                Participants = 3,
                DurationSeconds = 3,
                Arguments = LkCommandLine.LoadTest(new LoadParameters { TestDuration = TimeSpan.FromSeconds(3) }, new Mix(1, 1, 2), 5,
                    "room", "vm-01"),
            },
        ],
        new RunLength(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3)),
        new LiveKitCredentials("wss://livekit.example.com", "key", new Secret("a-secret-of-32-characters-or-more")));

    private static async Task DoneAsync(HostAgent agent)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(SshLab.Cancellation);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        long seen = 0;
        var output = new StringBuilder();
        while (true)
        {
            var watch = await agent.WatchAsync(RunId, new Dictionary<string, long> { ["lk-1"] = seen }, deadline.Token);
            output.Append(Encoding.UTF8.GetString(watch.Processes.Single().Output.Span));
            seen += watch.Processes.Single().Output.Length;
            if (watch.State == RunState.Done && watch.Processes.Single().Output.IsEmpty)
                break;
        }

        output.ToString().ShouldContain("Starting load test");
        (await agent.RunsAsync(SshLab.Cancellation)).ShouldBe([new RunOnHost(RunId, RunState.Done, Collected: false)]);
    }

    private static async Task CheckResultsAsync(IRemoteShell shell)
    {
        var (path, sha256, bytes) = await new HostAgent(shell).PackAsync(RunId, SshLab.Cancellation);
        using var archive = new MemoryStream();
        await shell.DownloadAsync(path, 0, archive, SshLab.Cancellation);

        archive.Length.ShouldBe(bytes);
        Convert.ToHexStringLower(SHA256.HashData(archive.ToArray())).ShouldBe(sha256);
        archive.Position = 0;
        await using var unpacked = new GZipStream(archive, CompressionMode.Decompress);
        await using var tar = new TarReader(unpacked);
        var names = new List<string>();
        while (await tar.GetNextEntryAsync(cancellationToken: SshLab.Cancellation) is { } entry)
            names.Add(entry.Name);
        names.ShouldContain("logs/lk-1.stdout");
        names.ShouldContain("metrics/samples.txt");
        names.ShouldNotContain("credentials");
    }
}
