using System.Globalization;
using Reporting.Results;
using Reporting.Summary;
using Reporting.Thresholds;

namespace Reporting.Tests.Verdicts;

/// <summary>Every recorded run as a results folder of one host: what was in trouble never passes, what was healthy never fails.</summary>
public sealed class EveryRecordedRun : IDisposable
{
    /// <summary>The default ones but for the generator's CPU: the recordings have no samples of their hosts.</summary>
    private const string Defaults = "audio-delivery>=95%, packet-loss<3%, connected>=99%";

    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory();

    public static TheoryData<string> Troubles { get; } = [.. Named(
        "05-subscribers-only", "07-", "08-", "09-missing", "10-missing-url-nothing", "12-", "13-bad", "13-help", "13-version", "14-", "15-sigint", "15-sigterm", "15-sigkill", "15-sighup-mid",
        "15-sigquit", "15-two", "16-", "17-server-restarted", "18-room-max", "18-server-limit", "18-server-room", "21-loss-20", "22-", "23-", "24-", "28-nofile-256", "29-stdout")];

    public static TheoryData<string> Healthy { get; } = [.. Named(
        "01-", "02-vm-20-", "02-vm-50-", "02-vm-100-", "06-", "19-", "25-", "26-", "15-sighup-ignored").Concat(Capture.Names().Where(name => name.Contains("/fleet", StringComparison.Ordinal)))];

    public void Dispose() => _results.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Troubles))]
    public void Trouble_never_passes(string name)
    {
        var judgement = Judge(name);

        judgement.Verdict.ShouldNotBe(Verdict.Passed, judgement.Reason);
        judgement.Reason.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Healthy))]
    public void Health_never_fails(string name)
    {
        var judgement = Judge(name);

        judgement.Verdict.ShouldNotBe(Verdict.Failed, judgement.Reason);
    }

    [Fact]
    public void Without_its_output_no_run_passes()
    {
        Judge("lk/2.16.4/01-healthy").Verdict.ShouldBe(Verdict.Passed);

        Directory.Delete(Path.Combine(_results.FullName, "vm-01"), recursive: true);

        Summarize("lk/2.16.4/01-healthy").Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    private static IEnumerable<string> Named(params string[] beginnings) =>
        Capture.Names("lk").Where(name => Array.Exists(beginnings, beginning => name.Split('/')[2].StartsWith(beginning, StringComparison.Ordinal)));

    private Judgement Judge(string name)
    {
        var capture = Capture.Of(name);
        var logs = Directory.CreateDirectory(Path.Combine(_results.FullName, "vm-01", "logs"));
        foreach (var stream in (string[])["stdout", "stderr"])
        {
            File.WriteAllBytes(Path.Combine(logs.FullName, $"lk-1.{stream}"), capture.Bytes(stream));
            File.WriteAllBytes(Path.Combine(logs.FullName, $"lk-1.{stream}.times"), capture.Times(stream));
        }

        return Summarize(name).Judgement;
    }

    private RunSummary Summarize(string name) => ResultsReport.Summarize(Manifest(Capture.Of(name)), _results.FullName, Threshold.Parse(Defaults, out _), DateTimeOffset.UnixEpoch);

    private static RunManifest Manifest(Capture capture)
    {
        var exitCode = capture.Meta.GetProperty("exitCode");
        var process = new PlannedProcess
        {
            Host = "vm-01",
            Name = "lk-1",
            Room = Value(capture, "--room") ?? "room",
            IdentityPrefix = Value(capture, "--identity-prefix") ?? "prefix",
            VideoPublishers = Number(capture, "--video-publishers") ?? Number(capture, "--publishers") ?? 0,
            AudioPublishers = Number(capture, "--audio-publishers") ?? 0,
            Subscribers = Number(capture, "--subscribers") ?? 0,
            JoinsPerSecond = Number(capture, "--num-per-second") ?? 5,
            DurationSeconds = Seconds(Value(capture, "--duration")),
            MinTracksPerSubscriber = 0,
            MaxTracksPerSubscriber = 100,
            Arguments = [.. capture.Arguments.Skip(1)],
        };
        return new RunManifest
        {
            RunId = "run",
            Fleet = "fleet",
            Cloud = "inventory",
            ToolVersion = "0",
            Plan = new RunPlan
            {
                DurationSeconds = process.DurationSeconds,
                RampUpSeconds = 0,
                Layout = Value(capture, "--layout") ?? "speaker",
                VideoCodec = Value(capture, "--video-codec") ?? "h264",
                VideoResolution = Value(capture, "--video-resolution") ?? "high",
                Processes = [process],
            },
            Hosts =
            [
                new HostRun
                {
                    Name = "vm-01",
                    Server = "fleet-01",
                    Outcome = HostOutcome.Collected,
                    Processes = [new ProcessRun { Name = "lk-1", StartedAt = capture.Start, ExitCode = exitCode.ValueKind == System.Text.Json.JsonValueKind.Number ? exitCode.GetInt32() : 137 }],
                },
            ],
        };
    }

    private static string? Value(Capture capture, string flag)
    {
        var words = capture.Arguments.ToList();
        var at = words.IndexOf(flag);
        return at >= 0 && at + 1 < words.Count ? words[at + 1] : null;
    }

    private static int? Number(Capture capture, string flag) => int.TryParse(Value(capture, flag), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double Seconds(string? text) => text switch
    {
        null => 0,
        _ when text.EndsWith('m') && double.TryParse(text[..^1], CultureInfo.InvariantCulture, out var minutes) => minutes * 60,
        _ when double.TryParse(text.TrimEnd('s'), CultureInfo.InvariantCulture, out var seconds) => seconds,
        _ => 0,
    };
}
