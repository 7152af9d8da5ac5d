using Reporting.Raw.Observations;
using Reporting.Raw.Prometheus;

namespace Reporting.Tests.Prometheus;

/// <summary>Scrapes of a genuine livekit-server, and what the text format allows beyond them.</summary>
public sealed class ScrapesOfLiveKit
{
    [Fact]
    public void Give_the_figures_of_the_run_that_was_recorded()
    {
        var scrape = Scrape("end");

        var metrics = LiveKitMetrics.Of(scrape);

        scrape.Damaged.ShouldBe(0);
        metrics.Rooms.ShouldBe(1);
        metrics.Participants.ShouldBe(20);
        metrics.TracksPublished.ShouldBe(6);
        metrics.TracksSubscribed.ShouldBe(96);
        metrics.Counters["join.rtc_connected"].ShouldBe(40, "all joins since the server began; states are not added up");
        metrics.Counters["packetsOut"].ShouldBeGreaterThan(metrics.Counters["packetsIn"]);
        metrics.Counters.ShouldNotContainKey("lostIn", "no packet was lost: the server does not say zero, it says nothing");
        LiveKitMetrics.Of(Scrape("loss")).Counters["lostOut"].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Have_histograms_of_several_series_that_are_merged_by_bucket()
    {
        var (begin, end) = (LiveKitMetrics.Of(Scrape("begin")), LiveKitMetrics.Of(Scrape("end")));

        var during = end.Histograms["rttSeconds"].Since(begin.Histograms["rttSeconds"]);

        during.Bounds[0].ShouldBe(0.05, 1e-12);
        during.Count.ShouldBe(end.Histograms["rttSeconds"].Count - begin.Histograms["rttSeconds"].Count);
        during.Quantile(0.95).ShouldNotBeNull().ShouldBeInRange(0, 0.05);
    }

    [Theory]
    [InlineData("a 1", 1)]
    [InlineData("a{x=\"1\",} 2.5e3 1795477623000", 2500)]
    [InlineData("a { x = \"}\" , y=\"\\\"\\\\\\n\" } +Inf", double.PositiveInfinity)]
    [InlineData("a NaN", double.NaN)]
    [InlineData("a_total 17 # {trace_id=\"oHg5\"} 0.67 1520879607.789", 17)]
    [InlineData("\ta:b_c\t-4\r", -4)]
    public void Are_read_as_the_format_allows(string line, double value) =>
        ScrapeParser.Parse($"# HELP a b\n# TYPE a counter\n{line}\n# EOF").Samples.ShouldHaveSingleItem().Value.ShouldBe(value);

    [Fact]
    public void Unescape_what_stands_in_labels()
    {
        var sample = ScrapeParser.Parse("a{y=\"q\\\"b\\\\n\\n}\"} 1").Samples.ShouldHaveSingleItem();

        sample.Label("y").ShouldBe("q\"b\\n\n}");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a one")]
    [InlineData("1a 1")]
    [InlineData("a{x=1} 1")]
    [InlineData("a{x=\"1\" 1")]
    [InlineData("a{x=\"1\"y=\"2\"} 1")]
    [InlineData("a{x=\"1\",x=\"2\"} 1")]
    [InlineData("a{x=\"1")]
    [InlineData("<html>")]
    public void Count_a_damaged_line_and_go_on(string line)
    {
        var scrape = ScrapeParser.Parse($"{line}\nb 2");

        scrape.Damaged.ShouldBe(1);
        scrape.Samples.ShouldHaveSingleItem().Name.ShouldBe("b");
    }

    [Fact]
    public void Have_quantiles_as_Prometheus_computes_them()
    {
        // histogram_quantile over buckets 1: 2, 2: 6, 4: 8, +Inf: 10 by hand.
        var histogram = new Histogram([1, 2, 4], [2, 6, 8], 10);

        histogram.Quantile(0.5).ShouldBe(1.75);
        histogram.Quantile(0.1).ShouldBe(0.5);
        histogram.Quantile(0.95).ShouldBe(4, "above the highest bound nothing is known");
        new Histogram([1], [0], 0).Quantile(0.5).ShouldBeNull();
    }

    [Fact]
    public void Are_merged_also_when_versions_have_other_buckets()
    {
        var merged = new Histogram([1, 4], [2, 6], 7).Plus(new Histogram([2, 4], [1, 3], 3));

        merged.Bounds.ShouldBe([1, 2, 4]);
        merged.Counts.ShouldBe([2, 3, 9]);
        merged.Count.ShouldBe(10);
    }

    [Fact]
    public void Begin_anew_after_a_restart() =>
        new Histogram([1], [3], 4).Since(new Histogram([1], [30], 40)).Count.ShouldBe(4);

    private static Scrape Scrape(string name) =>
        ScrapeParser.Parse(File.ReadAllText(Path.Combine(Golden.ProjectDirectory, "Prometheus", "Scrapes", $"{name}.prom")));
}
