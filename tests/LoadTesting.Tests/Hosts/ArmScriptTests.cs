using LoadTesting.Hosts;
using LoadTesting.Hosts.Agent;
using LoadTesting.LiveKit;
using Rehearsal.Hosts;
using Reporting.Raw.Manifest;

namespace LoadTesting.Tests.Hosts;

/// <summary>What a real bash makes of a script and its arguments; loadtest-host is one that tells how it was called.</summary>
public sealed class ArmScriptTests : IDisposable
{
    private const string Odd = "it's $HOME `id` $(id) \"x\" \\ * END";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("host");
    private readonly string _home;

    public ArmScriptTests()
    {
        _home = _root.CreateSubdirectory($"home/ubuntu/{HostAgent.Home}").FullName;
        File.WriteAllText(Path.Combine(_home, "loadtest-host"), """printf '%s|' "$@" """);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task The_files_of_a_run_hold_what_they_were_given_whatever_is_in_it()
    {
        var run = new RunFiles(
            "run-1",
            [Process("lk-1", 0, "load-test", "--room", Odd), Process("lk-2", 1.25, "", "-n", "--room=2")],
            new RunLength(default, TimeSpan.FromSeconds(61.4), TimeSpan.FromSeconds(90)),
            new LiveKitCredentials("wss://livekit.example.com", "key", new Secret(Odd)));

        var result = await RunAsync(run.ArmScript());

        (result.ExitCode, result.Text, result.Error).ShouldBe((0, "arm|run-1|", ""));
        Read("lk-1.args").ShouldBe($"load-test\n--room\n{Odd}\n");
        Read("lk-2.args").ShouldBe("\n-n\n--room=2\n");
        (Read("lk-1.offset"), Read("lk-2.offset"), Read("deadline")).ShouldBe(("0\n", "1.25\n", "61 90\n"));
        Read("credentials").ShouldBe($"LIVEKIT_URL=wss://livekit.example.com\nLIVEKIT_API_KEY=key\nLIVEKIT_API_SECRET={Odd}\n");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(_home, "runs/run-1/credentials")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_command_reaches_loadtest_host_with_its_words_as_they_are()
    {
        await using var shell = new FolderShell(_root.FullName);
        await AgentAsync("""printf 'run %s done\n' "$#-$1" """);
        var runs = await new HostAgent(shell).RunsAsync(Cancellation);
        runs.ShouldHaveSingleItem().RunId.ShouldBe("1-runs");

        await AgentAsync("""printf '%s|' "$@" >called """);
        await new HostAgent(shell).StopAsync("run-1", Odd, Cancellation);
        (await File.ReadAllTextAsync(Path.Combine(_home, "..", "called"), Cancellation)).ShouldBe($"stop|run-1|{Odd}|");
    }

    [Fact]
    public async Task A_host_without_loadtest_host_has_no_runs_and_carries_none_out()
    {
        File.Delete(Path.Combine(_home, "loadtest-host"));
        await using var shell = new FolderShell(_root.FullName);
        var agent = new HostAgent(shell);

        (await agent.RunsAsync(Cancellation)).ShouldBeEmpty();
        (await Should.ThrowAsync<LoadTestException>(() => agent.KillAsync("run-1", Cancellation))).Message.ShouldContain("No such file");
    }

    private Task AgentAsync(string text) => File.WriteAllTextAsync(Path.Combine(_home, "loadtest-host"), text, Cancellation);

    private string Read(string file) => File.ReadAllText(Path.Combine(_home, "runs/run-1", file));

    private async Task<ShellResult> RunAsync(string script)
    {
        await using var shell = new FolderShell(_root.FullName);
        return await shell.RunAsync(script, Timeout, Cancellation);
    }

    private static PlannedProcess Process(string name, double offset, params string[] arguments) => new()
    {
        Host = "vm-01",
        Name = name,
        Room = "room",
        Participants = 2,
        DurationSeconds = 3,
        StartOffsetSeconds = offset,
        Arguments = arguments,
    };
}
