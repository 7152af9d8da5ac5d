using System.Globalization;
using System.Text;
using System.Text.Json;
using Reporting.Judging;
using Reporting.Raw.Manifest;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>A case from a public report (Cases): its load, what lk printed, and what the report must say of it.</summary>
internal sealed class ReportedCase(string name)
{
    // The observations of a case have these instants.
    private const double Start = 1_767_225_600;

    private static readonly string Root = Path.Combine(Golden.ProjectDirectory, "Cases");

    private readonly JsonElement _case = Json(name, "case.json");
    private readonly JsonElement _expected = Json(name, "expected.json");

    public static IEnumerable<string> Names => Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder))
        .Order(StringComparer.Ordinal);

    public string Why => _expected.GetProperty("why").GetString()!;

    /// <summary>The right verdict, in the case's words.</summary>
    public string Verdict => _expected.GetProperty("verdict").GetString()!;

    /// <summary>What must be said, in the case's words.</summary>
    public IReadOnlyList<string> MustSay => [.. _expected.GetProperty("mustSay").EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>The summary of the case as a run.</summary>
    public RunSummary Summarize()
    {
        using var results = new ResultsFolder
        {
            Plan = new RunPlan
            {
                DurationSeconds = _case.GetProperty("duration").GetDouble(), RampUpSeconds = 0, Processes = [],
                Own = ResultsFolder.Media(Text("resolution", "low"), "h264", Text("layout", "speaker")),
            },
        };
        foreach (var process in Processes)
            Add(results, process);
        var observations = Path.Combine(Root, name, "observations.jsonl");
        if (File.Exists(observations))
            results.Write("cluster/observations.jsonl", File.ReadAllBytes(observations));
        return results.Summarize(Text("thresholds", DefaultThresholds.Text));
    }

    private IReadOnlyList<JsonElement> Processes => [.. _case.GetProperty("processes").EnumerateArray()];

    private void Add(ResultsFolder results, JsonElement process)
    {
        var host = process.GetProperty("host").GetString()!;
        var lines = File.ReadAllLines(Path.Combine(Root, name, $"{host}.tsv")).Where(line => line.Length > 0)
            .Select(line => line.Split('\t', 3)).ToList();
        foreach (var stream in lines.GroupBy(line => line[1], StringComparer.Ordinal))
        {
            results.Write($"{host}/logs/lk-1.{stream.Key}", Encoding.UTF8.GetBytes(string.Concat(stream.Select(line => line[2] + "\n"))));
            results.Write($"{host}/logs/lk-1.{stream.Key}.times",
                Encoding.ASCII.GetBytes(string.Concat(stream.Select(line => Invariant($"{Start + Seconds(line):F6}\n")))));
        }

        var end = process.TryGetProperty("end", out var given) ? given.GetDouble() : lines.Max(Seconds) + 0.02;
        results.Write($"{host}/metrics/samples.txt",
            HandmadeSamples.Text(Second.Each((int)end + 2, _ => new Second()), 2, Start, OpenFiles));
        results.Add(Planned(process, host), new ProcessRun
        {
            Name = "lk-1", StartedAt = At(0.02), EndedAt = At(end), ExitCode = Number(process, "exit", 0),
        });
    }

    private int OpenFiles => _case.TryGetProperty("samples", out var samples) ? Number(samples, "openFiles", 20) : 20;

    private PlannedProcess Planned(JsonElement process, string host)
    {
        var room = Text(process, "room");
        var all = Processes.Where(one => Text(one, "room") == room).ToList();
        var (video, audio, subscribers) = (Number(process, "v", 0), Number(process, "a", 0), Number(process, "s", 0));
        return new PlannedProcess
        {
            Host = host, Name = "lk-1", Room = room, Participants = Math.Max(video, audio) + subscribers,
            DurationSeconds = _case.GetProperty("duration").GetDouble(), Arguments = ["load-test"],
            Own = ResultsFolder.Expected(video, audio, subscribers, Number(process, "rate", 5),
                Tracks(all.Sum(one => Number(one, "v", 0)), all.Sum(one => Number(one, "a", 0)))),
        };
    }

    /// <summary>Fewest and most tracks of those whom the layout shows.</summary>
    private (int Min, int Max) Tracks(int video, int audio)
    {
        var each = Enumerable.Range(0, Math.Max(video, audio)).Select(index => (index < video ? 1 : 0) + (index < audio ? 1 : 0)).Order()
            .ToList();
        var shown = Math.Min(each.Count, Text("layout", "speaker") switch { "3x3" => 9, "4x4" => 16, "5x5" => 25, _ => 6 });
        return (each.Take(shown).Sum(), each.TakeLast(shown).Sum());
    }

    private static DateTimeOffset At(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(Start + seconds);

    private static double Seconds(string[] line) => double.Parse(line[0], CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static JsonElement Json(string name, string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, name, file))).RootElement;

    private static int Number(JsonElement of, string member, int otherwise) =>
        of.TryGetProperty(member, out var value) ? value.GetInt32() : otherwise;

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;

    private string Text(string member, string otherwise) => _case.TryGetProperty(member, out var value) ? value.GetString()! : otherwise;
}
