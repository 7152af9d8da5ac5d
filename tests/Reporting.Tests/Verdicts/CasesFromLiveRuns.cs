using System.Text.Json;
using Reporting.Json;
using Reporting.Judging;
using Reporting.Raw.Manifest;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>Runs on a real LiveKit (Live), each with what was done to it and the right answer.</summary>
public sealed class CasesFromLiveRuns
{
    private static readonly string Root = Path.Combine(Golden.ProjectDirectory, "Live");

    public static TheoryData<string> Cases { get; } =
        [.. Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Have_the_right_answer(string name)
    {
        var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, name, "expected.json"))).RootElement;

        var summary = Summarize(name);

        var (told, why) = (Told(summary), expected.GetProperty("why").GetString());
        summary.Judgement.Verdict.ToString().ShouldBe(expected.GetProperty("verdict").GetString(), $"{told}\n{why}");
        Texts(expected, "mustSay").ShouldAllBe(text => told.Contains(text, StringComparison.OrdinalIgnoreCase), $"{told}\n{why}");
        Texts(expected, "mustNotSay").ShouldAllBe(text => !told.Contains(text, StringComparison.OrdinalIgnoreCase), $"{told}\n{why}");
    }

    private static RunSummary Summarize(string name)
    {
        var folder = Path.Combine(Root, name);
        var manifest = StrictJson.Read(File.ReadAllBytes(Path.Combine(folder, "run.json")), ManifestJson.Default.RunManifest);
        var thresholds = Threshold.Parse(manifest.Parameters["thresholds"], out var problems);
        problems.ShouldBeEmpty();
        var phases = Path.Combine(folder, "phases.json");
        if (File.Exists(phases))
            manifest = manifest with { Phases = StrictJson.Read(File.ReadAllBytes(phases), ManifestJson.Default.IReadOnlyListPhaseRun) };
        return ResultsReport.Summarize(manifest, folder, thresholds, DateTimeOffset.UnixEpoch);
    }

    /// <summary>What a reader sees without looking for it, a line each.</summary>
    private static string Told(RunSummary summary) => string.Join('\n',
    [
        summary.Judgement.Reason, summary.Judgement.Advice, summary.Judgement.StillHolds,
        .. summary.Findings.Select(finding => $"- {Phrases.Placed(finding)}"), .. summary.Happenings.Select(Phrases.Timed),
    ]);

    private static IEnumerable<string> Texts(JsonElement expected, string member) =>
        expected.TryGetProperty(member, out var texts) ? texts.EnumerateArray().Select(text => text.GetString()!) : [];
}
