using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>What people met who load-tested LiveKit, each with its right answer.</summary>
public sealed class CasesFromReports
{
    /// <summary>The words of the report for what a case asks for in its own: of most cases the case's are the report's.</summary>
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["10 of 12 participants had not joined when lk was ended after 240 s"] =
            ["10 of 12 participants had not joined when lk was ended after 240 s"],
        ["no audio is published: --thresholds video-delivery>=..."] = ["no audio is published", "video-delivery>=90%"],
        // What is due begins with the first frame: there is nothing to say.
        ["too short to judge video, or the start-up left out of what is due"] = [],
    };

    public static TheoryData<string> Cases { get; } = [.. ReportedCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Have_the_right_answer(string name)
    {
        var reported = new ReportedCase(name);

        var summary = reported.Summarize();

        var said = Said(summary);
        reported.Verdict.ShouldContain(summary.Judgement.Verdict.ToString(), customMessage: $"{said}\n{reported.Why}");
        reported.MustSay.SelectMany(text => Words.GetValueOrDefault(text) ?? [text])
            .ShouldAllBe(text => said.Contains(text, StringComparison.OrdinalIgnoreCase), $"{said}\n{reported.Why}");
    }

    /// <summary>What a reader sees without looking for it: verdict, advice, what was noticed, what became of thresholds.</summary>
    private static string Said(RunSummary summary) => string.Join('\n',
    [
        summary.Judgement.Reason, summary.Judgement.Advice, .. summary.Findings.Select(Phrases.Placed),
        .. summary.Thresholds.Select(threshold => $"{threshold.Text}: {threshold.Note}"),
    ]);
}
