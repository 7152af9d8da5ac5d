using AngleSharp.Html.Parser;
using Reporting.LoadKinds.Participants;
using Reporting.Raw.Manifest;
using Reporting.Rendering.Html;
using Reporting.Rendering.Json;
using Reporting.Rendering.Markdown;
using Reporting.Summary;

namespace Reporting.Tests.Report;

/// <summary>Runs of the loads of LiveKit's benchmark, made by hand.</summary>
public sealed class BesideThePublishedBenchmark
{
    [Theory]
    [InlineData(0, 10, 3_000, "low", "Audio only, large room")]
    [InlineData(0, 10, 2_500, "low", "Audio only, large room")]
    [InlineData(150, 0, 150, "high", "Large meeting")]
    [InlineData(1, 1, 3_000, "high", "Livestream")]
    [InlineData(1, 1, 3_000, "low", null)]
    [InlineData(0, 10, 1_000, "low", null)]
    [InlineData(5, 10, 900, "high", null)]
    public void Stands_a_run_of_the_same_load_and_no_other(int video, int audio, int subscribers, string resolution, string? row) =>
        (PublishedRows.Of(Run(video, audio, subscribers, resolution))?.Name).ShouldBe(row);

    [Fact]
    public void In_several_rooms_it_is_another_load_and_a_replay_is_none()
    {
        var run = Run(0, 10, 3_000, "low");

        PublishedRows.Of(run with { Load = run.Load with { Rooms = 2 } }).ShouldBeNull();
        PublishedRows.Of(run with { Replay = new ReplayNotice("healthy", "") }).ShouldBeNull();
    }

    [Fact]
    public void Figures_stand_side_by_side_in_the_same_unit()
    {
        var figures = PublishedRows.Of(Run(1, 1, 3_000, "high"))!.Figures;

        figures.Select(figure => (figure.Label, figure.Published, figure.Measured)).ShouldBe([
            ("Into LiveKit", 1_864_000, 4.2e7), // 233 kB
            ("Out of LiveKit", 4.248e9, 3.9e8), // 531 MB
            ("Packets into LiveKit", 246, null),
            ("Packets out of LiveKit", 560_962, null),
            ("Cores in use", 14.72, 3.6)]); // 92 % of 16
    }

    [Fact]
    public void Without_an_observed_cluster_the_generators_say_what_went_over_the_network_and_nobody_the_rest()
    {
        var benchmark = PublishedRows.Of(Run(1, 1, 2_900, "high") with { Cluster = null, Series = [] })!;

        benchmark.Figures.Select(figure => figure.Measured).ShouldBe([1.1e8, 1.31e9, null, null, null]);
        benchmark.Differs[0].ShouldEndWith("here it is not known what LiveKit ran on.");
        benchmark.Differs[1].ShouldBe("LiveKit had 3,000 subscribers; here 2,900.");
    }

    [Fact]
    public void The_page_shows_them_and_what_differs()
    {
        var section = new HtmlParser().ParseDocument(ReportPage.Write(Judged(Run(0, 10, 3_000, "low"))))
            .QuerySelector("section[aria-labelledby=published]")!;

        section.QuerySelectorAll("tbody tr").Length.ShouldBe(5);
        section.QuerySelector(".note")!.TextContent.ShouldStartWith(
            "What differs: LiveKit's figures are of one c2-standard-16 with 16 cores, 80 % of them in use; here 3 pods on nodes of 7.9 "
            + "cores, livekit/livekit-server:v1.13.5.");
        ReportPage.Write(Samples.Healthy).ShouldNotContain("id=\"published\"");
    }

    [Fact]
    public void The_short_form_and_the_figures_for_programs_have_them_as_well()
    {
        var run = Judged(Run(1, 1, 2_900, "high"));

        MarkdownSummary.Write(run).ShouldContain("""
            ### Beside LiveKit's published figure: Livestream

            | Figure | Published | Measured here | By |
            | --- | --- | --- | --- |
            | Into LiveKit | 1.86 Mbps | 42 Mbps | LiveKit's metrics, at the busiest |
            """.ReplaceLineEndings("\n"));
        MarkdownSummary.Write(run).ShouldContain("\n- LiveKit had 3,000 subscribers; here 2,900.\n");
        MarkdownSummary.Write(Samples.Healthy).ShouldNotContain("published");
        SummaryJson.Read(SummaryJson.Write(run)).Published.ShouldNotBeNull().Figures.ShouldBe(run.Published!.Figures);
    }

    /// <summary>As the judge leaves it.</summary>
    private static RunSummary Judged(RunSummary run) => run with { Published = PublishedRows.Of(run) };

    private static RunSummary Run(int video, int audio, int subscribers, string resolution) => Samples.Healthy with
    {
        Load = (ParticipantsShape)Samples.Healthy.Load with { Rooms = 1, VideoPublishers = video, AudioPublishers = audio,
            Subscribers = subscribers, VideoResolution = resolution },
    };
}
