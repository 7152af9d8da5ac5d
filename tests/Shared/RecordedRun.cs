using System.Globalization;
using System.Text.Json;
using Reporting.Raw.Manifest;

namespace Tests.Shared;

/// <summary>Recordings of lk as the results folder of a run that was planned as their arguments say.</summary>
internal static class RecordedRun
{
    /// <summary>A host for each recording; all of them in one room when their arguments name the same one.</summary>
    public static ResultsFolder Of(IReadOnlyList<Capture> captures)
    {
        var first = captures[0];
        var results = new ResultsFolder
        {
            Plan = new RunPlan
            {
                DurationSeconds = Seconds(Value(first, "--duration")),
                RampUpSeconds = 0,
                Own = ResultsFolder.Media(
                    Value(first, "--video-resolution") ?? "high", Value(first, "--video-codec") ?? "h264", Value(first, "--layout")
                        ?? "speaker"),
                Processes = [],
            },
        };
        for (var i = 0; i < captures.Count; i++)
            Add(results, captures[i], FormattableString.Invariant($"vm-{i + 1:00}"), Tracks(captures));

        return results;
    }

    private static void Add(ResultsFolder results, Capture capture, string host, (int Min, int Max) tracks)
    {
        foreach (var stream in (string[])["stdout", "stderr"])
        {
            results.Write($"{host}/logs/lk-1.{stream}", capture.Bytes(stream));
            results.Write($"{host}/logs/lk-1.{stream}.times", capture.Times(stream));
        }

        var (video, audio) = Publishers(capture);
        var subscribers = Number(capture, "--subscribers");
        results.Add(
            new PlannedProcess
            {
                Host = host,
                Name = "lk-1",
                Room = Value(capture, "--room") ?? "room",
                Participants = Math.Max(video, audio) + subscribers,
                DurationSeconds = Seconds(Value(capture, "--duration")),
                Own = ResultsFolder.Expected(video, audio, subscribers,
                    Number(capture, "--num-per-second") is > 0 and var joins ? joins : 5, tracks),
                Arguments = [.. capture.Arguments.Skip(1)],
            },
            new ProcessRun { Name = "lk-1", StartedAt = capture.Start,
                EndedAt = capture.Start.AddSeconds(capture.Meta.GetProperty("wallSeconds").GetDouble()), ExitCode = ExitCode(capture) });
    }

    /// <summary>
    /// The layout shows so many participants; those that publish one track may all be among them, or those that publish two.
    /// </summary>
    private static (int Min, int Max) Tracks(IReadOnlyList<Capture> captures)
    {
        var room = Value(captures[0], "--room");
        var publishers = captures.Where(capture => Value(capture, "--room") == room).Select(Publishers).ToList();
        var all = publishers.Sum(count => Math.Max(count.Video, count.Audio));
        var both = publishers.Sum(count => Math.Min(count.Video, count.Audio));
        var shown = Math.Min(all, Value(captures[0], "--layout") switch { "3x3" => 9, "4x4" => 16, "5x5" => 25, _ => 6 });
        return (shown + Math.Max(0, shown - (all - both)), shown + Math.Min(shown, both));
    }

    private static (int Video, int Audio) Publishers(Capture capture) =>
        (Math.Max(Number(capture, "--video-publishers"), Number(capture, "--publishers")), Number(capture, "--audio-publishers"));

    // As the shell gives it.
    private static int ExitCode(Capture capture) => capture.Meta.GetProperty("exitCode") is { ValueKind: JsonValueKind.Number } code
        ? code.GetInt32()
        : 128 + capture.Meta.GetProperty("terminatedBySignal").GetString() switch { "SIGHUP" => 1, "SIGINT" => 2, "SIGPIPE" => 13, _ => 9 };

    private static string? Value(Capture capture, string flag)
    {
        var words = capture.Arguments.ToList();
        var at = words.IndexOf(flag);
        return at >= 0 && at + 1 < words.Count ? words[at + 1] : null;
    }

    private static int Number(Capture capture, string flag) =>
        int.TryParse(Value(capture, flag), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static double Seconds(string? text) =>
        double.TryParse(text?.TrimEnd('s', 'm'), CultureInfo.InvariantCulture, out var number)
            ? number * (text!.EndsWith('m') ? 60 : 1)
            : 0;
}
