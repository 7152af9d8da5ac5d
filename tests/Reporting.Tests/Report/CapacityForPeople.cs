using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Reporting.Raw.Manifest;
using Reporting.Rendering.Html;
using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Tests.Report;

public sealed class CapacityForPeople
{
    [Theory]
    [InlineData(CapacityKind.Knee, "152 participants", "Passed")]
    [InlineData(CapacityKind.AtLeast, "At least 152 participants", "Passed")]
    [InlineData(CapacityKind.LessThanAsked, "Less than the smallest step", "Failed")]
    [InlineData(CapacityKind.Unknown, "No answer", "Inconclusive")]
    public void Says_the_finding_before_anything_else(CapacityKind kind, string headline, string state)
    {
        var page = Page(Knee with { Finding = Knee.Finding with { Kind = kind } });

        page.QuerySelector("main section h1")!.TextContent.ShouldBe(headline);
        page.QuerySelector("main section")!.ClassName.ShouldBe($"verdict {state}");
        page.QuerySelector(".reason")!.TextContent.ShouldBe("The cluster carries 152 participants, but not 171.");
    }

    [Fact]
    public void Gives_the_figure_of_the_cluster_and_of_a_room() =>
        Page(Knee).QuerySelectorAll(".figures li").Select(card => card.TextContent).ShouldBe([
            "The cluster152participants in 8 rooms",
                "A room19participants in the fullest room; a room may carry more, these steps added rooms",
                "Received by all310 Mbpsat that load"]);

    [Fact]
    public void Draws_the_knee_with_the_thresholds_and_a_mark_for_each_outcome()
    {
        var charts = JsonDocument.Parse(Page(Knee).QuerySelector("#chart-data")!.TextContent).RootElement.EnumerateArray().ToList();

        charts.Select(chart => chart.GetProperty("limitName").GetString()).ShouldBe(["p95(join-time)<2s", "audio-delivery>=95%"]);
        charts[0].GetProperty("lines").EnumerateArray().Select(line => $"{line.GetProperty("name")} {line.GetProperty("participants")}")
            .ShouldBe(["held [19,76,152,152]", "broke [171,304]", "generators saturated [228]"]);
        charts[1].GetProperty("lines").EnumerateArray().Sum(line => line.GetProperty("values").GetArrayLength())
            .ShouldBe(6, "what was not measured has no mark");
    }

    [Fact]
    public void Leads_from_each_step_to_its_report()
    {
        var page = Page(Knee);

        page.QuerySelectorAll("#steps ~ .wide tbody a").Select(link => link.GetAttribute("href")).ShouldBe([
            .. Enumerable.Range(1, 6).Select(number => $"history/run-{number}/final-report.html"), "final-report.html"]);
        page.QuerySelectorAll("#steps ~ .wide .mark").Select(mark => mark.TextContent).ShouldContain("generators saturated");
        Page(Knee with { Steps = [Knee.Steps[0] with { RunId = "../x" }] }).QuerySelectorAll("a").ShouldBeEmpty();
    }

    [Fact]
    public void Is_as_strict_and_as_harmless_as_the_report()
    {
        const string attack = "<script>alert(1)</script>\" onload=x {{ c.Fleet }} \u202E";
        var page = Page(Knee with
        {
            Fleet = attack,
            Thresholds = attack,
            Replay = new ReplayNotice(attack, attack),
            Finding = Knee.Finding with { Sentence = attack },
            Steps = [.. Knee.Steps.Select(
                step => step with { Reason = attack, RunId = attack,
                Thresholds = [.. step.Thresholds.Select(threshold => threshold with { Text = attack })] })],
        });

        page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")
            .ShouldBe(new HtmlParser().ParseDocument(ReportPage.Write(Samples.Healthy))
                .QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content"));
        page.QuerySelectorAll("script:not([type='application/json'])").Length.ShouldBe(3);
        page.QuerySelectorAll("main script, a, img").ShouldBeEmpty();
        page.QuerySelector(".reason")!.TextContent.ShouldStartWith("<script>alert(1)</script>\" onload=x {{ c.Fleet }}");
    }

    [Fact]
    public void Says_so_when_no_step_was_finished() =>
        Page(Knee with { Steps = [] }).QuerySelector("section[aria-labelledby=steps]")!.TextContent.ShouldContain("None was finished.");

    /// <summary>A search as it was made of a recorded server.</summary>
    internal static CapacityReport Knee { get; } = new()
    {
        Fleet = "livekit-loadtest",
        Thresholds = "p95(join-time)<2s, audio-delivery>=95%",
        StepSeconds = 60,
        Finding = new CapacityFinding(CapacityKind.Knee, 152, "The cluster carries 152 participants, but not 171."),
        Steps =
        [
            Step(1, 19, StepOutcome.Held, 0.21, 0.9999), Step(2, 76, StepOutcome.Held, 0.9, 0.991),
                Step(3, 152, StepOutcome.Held, 1.71, 0.957),
            Step(4, 304, StepOutcome.Broke, 7.9, null), Step(5, 228, StepOutcome.GeneratorsSaturated, 5.2, 0.84),
                Step(6, 171, StepOutcome.Broke, 2.6, 0.93),
            Step(7, 152, StepOutcome.Held, 1.8, 0.955),
        ],
    };

    private static CapacityStep Step(int number, int participants, StepOutcome outcome, double join, double? audio) => new()
    {
        Participants = participants,
        Outcome = outcome,
        Reason = outcome == StepOutcome.Held ? "Both thresholds held." : "Time to join: should be below 2 s.",
        RunId = $"run-{number}",
        Rooms = participants / 19,
        ParticipantsInFullestRoom = 19,
        JoinTimeP95Seconds = join,
        AudioDeliveryRatio = audio,
        ReceivedBitsPerSecond = 3.1e8,
        GeneratorCpuPeakRatio = participants == 228 ? 0.97 : 0.4,
        Thresholds =
        [
            new ThresholdResult { Text = "p95(join-time)<2s", Metric = "join-time", Operator = "<", Limit = 2, Value = join,
                Unit = Unit.Seconds, Outcome = ThresholdOutcome.Passed },
            new ThresholdResult { Text = "audio-delivery>=95%", Metric = "audio-delivery", Operator = ">=", Limit = 0.95, Value = audio,
                Unit = Unit.Ratio, Outcome = ThresholdOutcome.Passed },
        ],
    };

    private static IHtmlDocument Page(CapacityReport report) => new HtmlParser().ParseDocument(CapacityPage.Write(report));
}
