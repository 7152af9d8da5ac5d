using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reporting.LoadKinds.Participants;
using Reporting.Raw.Manifest;

namespace Benchmarks;

/// <summary>
/// The results folder of a run on many VMs: what lk wrote with 100 participants on one, and 300 seconds of that host's /proc, once
/// for each VM. The files are genuine recordings; between two copies of /proc its counters are interpolated. The VMs share them by
/// hard links, so that a disk is no part of what is measured, for gzip as little as for the report.
/// </summary>
internal static partial class BigRun
{
    private const int Samples = 300;
    private const string Captures = "tests/Reporting.Tests/Captures";
    private const string Lk = $"{Captures}/lk/2.16.4/02-vm-100-participants";
    private const string Proc = $"{Captures}/host/50-participants/proc";

    private static readonly (string Path, string File)[] Files =
    [
        ("proc/stat", "stat.txt"), ("proc/meminfo", "meminfo.txt"), ("proc/loadavg", "loadavg.txt"), ("proc/net/dev", "net_dev.txt"),
        ("proc/net/snmp", "net_snmp.txt"), ("proc/net/netstat", "net_netstat.txt"), ("proc/net/sockstat", "net_sockstat.txt"),
        ("proc/net/softnet_stat", "net_softnet_stat.txt"), ("proc/pressure/cpu", "pressure_cpu.txt"),
        ("proc/pressure/memory", "pressure_memory.txt"), ("proc/pressure/io", "pressure_io.txt"),
        ("proc/19852/stat", "lk_stat.txt"), ("proc/19852/status", "lk_status.txt"),
    ];

    /// <summary>Writes the folder and returns the archives in it.</summary>
    public static async Task<IReadOnlyList<string>> WriteAsync(string folder, int vms)
    {
        using var meta = JsonDocument.Parse(await File.ReadAllBytesAsync($"{Lk}/meta.json"));
        var start = meta.RootElement.GetProperty("start").GetDateTimeOffset();
        var names = Enumerable.Range(1, vms).Select(number => FormattableString.Invariant($"vm-{number:0000}")).ToList();

        var first = Path.Combine(folder, names[0]);
        Directory.CreateDirectory(Path.Combine(first, "logs"));
        Directory.CreateDirectory(Path.Combine(first, "metrics"));
        await WriteLkAsync(Path.Combine(first, "logs"), start.ToUnixTimeMilliseconds() / 1000.0);
        await File.WriteAllTextAsync(Path.Combine(first, "metrics", "samples.txt"), SamplesTxt(start.ToUnixTimeSeconds()));
        await RunAsync("tar", ["-czf", $"{first}-results.tar.gz", "-C", folder, names[0]]);
        foreach (var name in names.Skip(1))
        {
            await RunAsync("cp", ["-al", first, Path.Combine(folder, name)]);
            await RunAsync("ln", [$"{first}-results.tar.gz", Path.Combine(folder, $"{name}-results.tar.gz")]);
        }

        var end = start.AddSeconds(meta.RootElement.GetProperty("wallSeconds").GetDouble());
        await File.WriteAllTextAsync(Path.Combine(folder, "run.json"),
            ManifestJson.Text(Manifest(names, start, end,
            [.. meta.RootElement.GetProperty("argv").EnumerateArray().Skip(1).Select(word => word.GetString()!)])));
        return [.. names.Select(name => Path.Combine(folder, $"{name}-results.tar.gz"))];
    }

    private static RunManifest Manifest(List<string> names, DateTimeOffset start, DateTimeOffset end, string[] arguments) => new()
    {
        RunId = "bench", Fleet = "bench", Cloud = "inventory", ToolVersion = "bench", StartAt = start, EndedAt = end,
        Plan = new RunPlan
        {
            DurationSeconds = 60, RampUpSeconds = 10,
            Own = PlanPart.Write(
                new PlannedMedia { Layout = "speaker", VideoCodec = "h264", VideoResolution = "low", AudioPacketsPerSecond = 50 },
                ParticipantsJson.Default.PlannedMedia),
            Processes =
            [
                .. names.Select(name => new PlannedProcess
                {
                    Host = name, Name = "lk-1", Room = name, Participants = 100, DurationSeconds = 60, Arguments = arguments,
                    Own = PlanPart.Write(
                        new PlannedParticipants
                        {
                            IdentityPrefix = name, VideoPublishers = 5, AudioPublishers = 10, Subscribers = 90, JoinsPerSecond = 10,
                            MinTracksPerSubscriber = 6, MaxTracksPerSubscriber = 12,
                        },
                        ParticipantsJson.Default.PlannedParticipants),
                }),
            ],
        },
        Hosts =
        [
            .. names.Select(name => new HostRun
            {
                Name = name, Server = name, Outcome = HostOutcome.Collected, LkVersion = "lk version 2.16.4", ClockOffsetSeconds = 0,
                Processes = [new ProcessRun { Name = "lk-1", StartedAt = start, EndedAt = end, ExitCode = 0 }],
            }),
        ],
    };

    private static async Task WriteLkAsync(string logs, double start)
    {
        var lines = (await File.ReadAllLinesAsync($"{Lk}/stdout.tsv")).Select(line => line.Split('\t', 3)).ToLookup(line => line[1]);
        foreach (var stream in new[] { "stdout", "stderr" })
        {
            await File.WriteAllTextAsync(Path.Combine(logs, $"lk-1.{stream}"), string.Concat(lines[stream].Select(line => line[2] + "\n")));
            await File.WriteAllTextAsync(Path.Combine(logs, $"lk-1.{stream}.times"),
                string.Concat(lines[stream].Where(line => line[0].Length > 0)
                .Select(line => FormattableString.Invariant($"{start + double.Parse(line[0], CultureInfo.InvariantCulture):F6}\n"))));
        }
    }

    private static string SamplesTxt(long start)
    {
        var copies = Directory.GetDirectories(Proc, "during*").Order(StringComparer.Ordinal).ToList();
        var files = Files.Select(
            file => (file.Path, From: File.ReadAllText(Path.Combine(copies[0], file.File)),
            To: File.ReadAllText(Path.Combine(copies[^1], file.File)))).ToList();
        var text = new StringBuilder();
        for (var second = 0; second < Samples; second++)
        {
            text.Append(CultureInfo.InvariantCulture, $"=== {start + second}.000\n--- lk-1 19852 655\n");
            foreach (var (path, from, to) in files)
                text.Append(CultureInfo.InvariantCulture, $"==> {path} <==\n{Between(from, to, (double)second / Samples)}");
        }

        return text.ToString();
    }

    private static string Between(string from, string to, double part)
    {
        var ends = Number().Matches(to);
        var at = 0;
        return Number().Count(from) != ends.Count ? from : Number().Replace(from, number =>
        {
            var (begin, end) = (double.Parse(number.Value, CultureInfo.InvariantCulture),
                double.Parse(ends[at++].Value, CultureInfo.InvariantCulture));
            return (begin + (end - begin) * part).ToString(number.Value.Contains('.') ? "F2" : "F0", CultureInfo.InvariantCulture);
        });
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program}: exit code {process.ExitCode}");
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9_])\d+(\.\d+)?(?![A-Za-z0-9_])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Number();
}
