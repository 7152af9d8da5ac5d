using System.Diagnostics;
using System.Globalization;
using Rehearsal.Hosts;
using Rehearsal.Kubernetes;

namespace Rehearsal.Tests;

/// <summary>What lk makes on a host that has played before, and the pod that its room is on.</summary>
public sealed class RunsOnAnotherRun : IDisposable
{
    private const string Note = "printf '%s\\n' \"$counters\" \"$last\"";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("again");
    private readonly HostFolders _hosts;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Root => _hosts.RootOf("vm-01");

    public RunsOnAnotherRun()
    {
        _hosts = new HostFolders(_folder.FullName, "healthy");
        _hosts.Boot("vm-01", 1);
        File.Delete(Path.Combine(Root, "usr", "share", "lk.play"));
        File.WriteAllText(Path.Combine(Root, "usr", "share", "lk.play"), Note);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("net_dev")]
    [InlineData("net_snmp")]
    [InlineData("stat")]
    [InlineData("pressure_cpu")]
    public async Task Counters_continue_from_the_last_run_to_the_next(string file)
    {
        var before = Counters(Path.Combine(Root, "proc", "idle", file));
        for (var run = 0; run < 3; run++)
        {
            var (counters, last) = await MakeAsync();
            var begin = Counters(Path.Combine(counters, "0", file));
            var end = Counters(Path.Combine(counters, last, file));

            begin.ShouldBe(before);
            end.Zip(begin).ShouldAllBe(pair => pair.First >= pair.Second);
            end.Sum().ShouldBeGreaterThan(begin.Sum());
            Move(Path.Combine(counters, last));
            before = end;
        }
    }

    [Fact]
    public async Task Processes_begin_at_nothing()
    {
        var (first, last) = await MakeAsync();
        Move(Path.Combine(first, last));
        var (second, _) = await MakeAsync();

        TextOf(second).ShouldBe(TextOf(first));

        static string TextOf(string counters) => File.ReadAllText(Path.Combine(counters, "0", "lk_stat"));
    }

    [Fact]
    public async Task Processes_of_one_run_share_their_counters()
    {
        var (first, _) = await MakeAsync();
        File.CreateSymbolicLink(Path.Combine(Root, "proc", "owner"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Move(Path.Combine(first, "3"));

        (await MakeAsync()).Counters.ShouldBe(first);
    }

    /// <summary>Each pod has rooms, whatever they are called, and lk takes the same ones for those of the first pod.</summary>
    [Theory]
    [InlineData("loadtest-01", "loadtest-02", "loadtest-11", "loadtest-20")]
    [InlineData("daily", "standup", "retro", "planning")]
    [InlineData("room-a", "room-b", "room-c", "room-d")]
    [InlineData("Besprechung ä", "Besprechung ö", "Besprechung ß", "Besprechung ü")]
    public async Task Rooms_are_on_both_pods(params string[] rooms)
    {
        const string First = "livekit-livekit-server-f597754bd-8bhr5";
        var onFirst = rooms.Where(room => ClusterScenario.IsOn(First, room)).ToList();

        onFirst.Count.ShouldBeInRange(1, rooms.Length - 1);
        var script = (await File.ReadAllTextAsync(HostFolders.Lk, Cancellation)).Split("\n\n")
            .Single(part => part.Contains("\non_first_pod() {", StringComparison.Ordinal))
            + "\nexport LC_ALL=C; for room in \"$@\"; do on_first_pod \"$room\" && printf '%s\\n' \"$room\"; done; true";
        (await RunAsync(["-c", script, "bash", .. rooms])).ShouldBe(onFirst);
    }

    /// <summary>Lets lk make what it would play.</summary>
    private async Task<(string Counters, string Last)> MakeAsync()
    {
        var made = await RunAsync([HostFolders.Lk, "load-test", "--room", "room", "--audio-publishers", "1", "--subscribers", "1",
            "--duration", "5s"]);
        return (made[0], made[1]);
    }

    private async Task<string[]> RunAsync(IReadOnlyList<string> words)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["HOST_ROOT"] = Root, ["LIVEKIT_URL"] = "ws://rehearsal", ["LIVEKIT_API_KEY"] = "key", ["LIVEKIT_API_SECRET"] = "secret",
            },
        })!;
        var said = await bash.StandardOutput.ReadToEndAsync(Cancellation);
        await bash.WaitForExitAsync(Cancellation);
        bash.ExitCode.ShouldBe(0, said);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Moves the host's /proc, as lk does while it plays.</summary>
    private void Move(string to)
    {
        File.Delete(Path.Combine(Root, "proc", "now"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "proc", "now"), to);
    }

    private static List<double> Counters(string file) => [.. File.ReadAllText(file).Split([' ', '\n', '\t', '=', ':'])
        .Where(word => word.All(char.IsAsciiDigit) && word.Length > 0).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
}
