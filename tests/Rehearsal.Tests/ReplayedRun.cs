using System.Diagnostics;
using System.Globalization;
using System.Text;
using LoadTesting.LoadKinds.Participants;
using Rehearsal.Hosts;
using Reporting;
using Reporting.Judging;
using Reporting.Raw.Manifest;
using Reporting.Summary;
using static System.FormattableString;

namespace Rehearsal.Tests;

/// <summary>
/// A run of the rehearsal's profile as its hosts and its cluster would have played it, in no time: lk makes what it plays, and instead of
/// waiting for it, all of it becomes a results folder at once.
/// </summary>
/// <param name="scenario">What goes wrong.</param>
/// <param name="folder">Where all of it is.</param>
/// <param name="shared">Where runs share what their hosts have in common.</param>
internal sealed class ReplayedRun(string scenario, string folder, string shared)
{
    private const int Vms = 10;

    /// <summary>Writes what lk would have played, and notes it as played, for LiveKit's side.</summary>
    private const string Note = """
        printf '%s\n' "$made" "$counters" "$last" "$prefix"
        mkdir -p "$HOST_ROOT/var/played"
        printf '%s\n' "$room" "$BEGAN" "$made" >"$HOST_ROOT/var/played/1"
        """;

    /// <summary>What the tool sets on each host.</summary>
    private const string Facts = """{"settings": {"net.ipv4.ip_local_port_range": "1024 65535"}}""";

    private static readonly DateTimeOffset Start = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);

    private readonly string _results = Path.Combine(folder, "results");
    private readonly HostFolders _hosts = new(folder, scenario);

    /// <summary>The summary that its report would show.</summary>
    public async Task<RunSummary> SummarizeAsync(CancellationToken cancellation)
    {
        Directory.CreateSymbolicLink(Path.Combine(folder, "proc-runs"), shared);
        var names = Enumerable.Range(1, Vms).Select(index => Invariant($"vm-{index:00}")).ToList();
        var load = new LoadParameters { ParticipantsPerVm = 19, TestDuration = TimeSpan.FromSeconds(20) };
        var manifest = new RunManifest
        {
            RunId = "20261130-000000-test",
            Fleet = "rehearsal",
            Cloud = RehearsalProvider.Kind,
            ToolVersion = "0.0.0-test",
            StartAt = Start,
            Plan = LoadPlanner.Plan(load, names, "20261130-000000-test"),
        };
        var hosts = new List<HostRun>();
        foreach (var (name, index) in names.Select((name, index) => (name, index + 1)))
            hosts.Add(await HostAsync(manifest, name, index, cancellation));

        manifest = manifest with { Hosts = hosts, EndedAt = hosts.Max(host => host.Processes.Max(process => process.EndedAt)) };
        await new ReplayedObservations(_hosts, scenario, Start, _results).WriteAsync(manifest, cancellation);
        var thresholds = Threshold.Parse(DefaultThresholds.Text, out _);
        return ResultsReport.Summarize(manifest, _results, thresholds, Start);
    }

    private async Task<HostRun> HostAsync(RunManifest manifest, string name, int index, CancellationToken cancellation)
    {
        var root = _hosts.RootOf(name);
        _hosts.Boot(name, index);
        var home = Path.Combine(root, "home", "ubuntu");
        await File.WriteAllTextAsync(Path.Combine(home, "run.json"), ManifestJson.Text(manifest), cancellation);
        File.Delete(Path.Combine(root, "usr", "share", "lk.play"));
        await File.WriteAllTextAsync(Path.Combine(root, "usr", "share", "lk.play"), Note, cancellation);
        var process = manifest.Plan.Processes.Single(process => process.Host == name);
        var played = await PlayAsync(root, home, process.Arguments, cancellation);
        var lost = scenario == "host-lost" && index == 2;
        var ended = lost ? null : (DateTimeOffset?)Start.AddSeconds(Write(name, root, played));
        return new HostRun
        {
            Name = name,
            Server = Invariant($"rehearsal-{index:00}"),
            Outcome = lost ? HostOutcome.Lost : HostOutcome.Collected,
            Reason = lost ? "its results were not downloaded" : null,
            ClockOffsetSeconds = 0,
            ClockUncertaintySeconds = 0.0001,
            Processes = [new ProcessRun { Name = process.Name, StartedAt = Start, EndedAt = ended, ExitCode = lost ? null : 0 }],
        };
    }

    private static async Task<string[]> PlayAsync(string root, string home, IReadOnlyList<string> words, CancellationToken cancellation)
    {
        using var lk = Process.Start(new ProcessStartInfo("bash", [HostFolders.Lk, .. words])
        {
            WorkingDirectory = home,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["HOST_ROOT"] = root,
                ["BEGAN"] = Start.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) + "000",
                ["LIVEKIT_URL"] = "ws://rehearsal", ["LIVEKIT_API_KEY"] = "rehearsal", ["LIVEKIT_API_SECRET"] = "rehearsal",
            },
        })!;
        var said = await lk.StandardOutput.ReadToEndAsync(cancellation);
        await lk.WaitForExitAsync(cancellation);
        lk.ExitCode.ShouldBe(0, said);
        return said.Split('\n');
    }

    /// <summary>Writes what would be downloaded from a host.</summary>
    /// <returns>When lk ended, in seconds since the start.</returns>
    private double Write(string name, string root, string[] played)
    {
        var (made, counters, last, prefix) = (played[0], played[1], int.Parse(played[2], CultureInfo.InvariantCulture), played[3]);
        var results = Path.Combine(_results, name);
        Directory.CreateDirectory(Path.Combine(results, "logs"));
        Directory.CreateDirectory(Path.Combine(results, "metrics"));
        File.WriteAllText(Path.Combine(results, "facts.json"), Facts);

        var (log, times, end) = (new StringBuilder(), new StringBuilder(), 0.0);
        var room = File.ReadLines(Path.Combine(root, "var", "played", "1")).First();
        foreach (var words in File.ReadLines(Path.Combine(made, "lines")).Select(line => line.Split('\t', 2)))
        {
            end = double.Parse(words[0], CultureInfo.InvariantCulture);
            string[] lines = words[1] == "TABLES" ? File.ReadAllLines(Path.Combine(made, "tables")) : [words[1]];
            foreach (var line in lines)
            {
                log.Append(line.Replace("@ROOM@", room, StringComparison.Ordinal).Replace("@PREFIX@", prefix, StringComparison.Ordinal))
                    .Append('\n');
                times.Append(Instant(end)).Append('\n');
            }
        }

        File.WriteAllText(Path.Combine(results, "logs", "lk-1.stdout"), log.ToString());
        File.WriteAllText(Path.Combine(results, "logs", "lk-1.stdout.times"), times.ToString());
        File.WriteAllText(Path.Combine(results, "metrics", "samples.txt"), Samples(root, counters, last));
        return end + 0.02;
    }

    /// <summary>A look each second, half a second away from the start, as loadtest-host takes it.</summary>
    private static string Samples(string root, string counters, int last)
    {
        var text = new StringBuilder();
        var files = Directory.GetFiles(Path.Combine(counters, "fd")).Length;
        for (var second = -1; second <= last; second++)
        {
            var now = second < 0
                ? Path.Combine(root, "proc", "idle")
                : Path.Combine(counters, second.ToString(CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"=== {Instant(second + 0.5)}\n");
            if (second >= 0)
                text.Append(CultureInfo.InvariantCulture, $"--- lk-1 4242 {files}\n");
            foreach (var file in Directory.GetFiles(now).Order(StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"==> {Shown(Path.GetFileName(file))} <==\n{File.ReadAllText(file)}");
        }

        return text.ToString();
    }

    private static string Shown(string flat) => flat switch
    {
        "lk_stat" => "proc/4242/stat",
        "lk_status" => "proc/4242/status",
        "net_softnet_stat" => "proc/net/softnet_stat",
        _ => $"proc/{flat.Replace('_', '/')}",
    };

    private static string Instant(double seconds) => Invariant($"{Start.ToUnixTimeSeconds() + seconds:0.000000}");
}
