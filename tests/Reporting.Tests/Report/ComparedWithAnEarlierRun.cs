using System.Text.Json;
using AngleSharp.Html.Parser;
using Reporting.Judging;
using Reporting.LoadKinds.Participants;
using Reporting.Rendering.Html;
using Reporting.Rendering.Markdown;
using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Tests.Report;

public sealed class ComparedWithAnEarlierRun
{
    [Theory]
    [InlineData(20, ChangeDirection.Better)]
    [InlineData(12, ChangeDirection.Better)]
    [InlineData(10.5, ChangeDirection.Noise)] // 5 %
    [InlineData(9.5, ChangeDirection.Noise)]
    [InlineData(9, ChangeDirection.Worse)]
    public void A_figure_is_better_worse_or_noise(double now, ChangeDirection direction)
    {
        RunSummary Of(double bitrate) => Samples.Healthy with { Fleet = Samples.Healthy.Fleet with { ReceivedBitsPerSecond = bitrate } };

        var changes = Comparer.Compare(Of(now), Of(10)).Changes;

        changes.Single(change => change.Metric == "bitrate")
            .ShouldBe(new Change("bitrate", "Received by all", Unit.BitsPerSecond, 10, now, direction));
        changes.Where(change => change.Metric is not ("bitrate" or "bitrate-per-subscriber"))
            .ShouldAllBe(change => change.Direction == ChangeDirection.Noise);
    }

    [Theory]
    [InlineData(0.606, ChangeDirection.Worse)] // more processor time
    [InlineData(0.604, ChangeDirection.Noise)]
    [InlineData(0.59, ChangeDirection.Better)]
    public void Half_a_percentage_point_of_a_share_is_noise(double now, ChangeDirection direction)
    {
        RunSummary Of(double cpu) => Samples.Healthy with { Generators = Samples.Healthy.Generators with { CpuPeakRatio = cpu } };

        Comparer.Compare(Of(now), Of(0.6)).Changes.Single(change => change.Metric == "generator-cpu").Direction.ShouldBe(direction);
    }

    [Fact]
    public void What_only_one_of_them_measured_is_left_out() =>
        Comparer.Compare(Samples.Healthy,
            Samples.Inconclusive).Changes.ShouldNotContain(change => change.Metric == "audio-delivery" || change.Metric == "start-skew");

    [Fact]
    public void Runs_of_different_kinds_are_told_apart_by_what_differs()
    {
        var other = Samples.Healthy with
        {
            Load = (ParticipantsShape)Samples.Healthy.Load with { VideoCodec = "vp8", Layout = "3x3", Subscribers = 5 },
            Versions = [new ProgramVersion("lk", "2.4.9")],
        };

        Comparer.Differences(Samples.Healthy, Samples.Healthy).ShouldBeEmpty();
        Comparer.Differences(Samples.Healthy, other)
            .ShouldBe(["video codec h264, not vp8", "layout speaker, not 3x3", "subscribers 900, not 5", "lk 2.18.1, not 2.4.9"]);
    }

    [Fact]
    public void The_earlier_run_over_time_begins_when_this_one_does()
    {
        var before = Samples.Healthy with
        {
            Run = Samples.Healthy.Run with { RunId = "before", StartAt = Samples.Start.AddDays(-1) },
            Series = [new TimeSeries("sent", null, Unit.BitsPerSecond, Samples.Start.AddDays(-1).AddSeconds(2), 1, [1, null, 3]),
                new TimeSeries("sent", "vm-01", Unit.BitsPerSecond, Samples.Start, 1, [1])],
        };

        var series = Comparer.Compare(Samples.Healthy, before).Series.ShouldHaveSingleItem("those of single hosts are left out");

        series.Start.ShouldBe(Samples.Start.AddSeconds(2));
        series.Values.ShouldBe([1, null, 3]);
        Comparer.Compare(Samples.Healthy with { Run = Samples.Healthy.Run with { StartAt = null } }, before).Series.ShouldBeEmpty();
    }

    [Fact]
    public void Charts_show_it_beside_the_line_of_this_run_and_tables_in_a_column_of_its_own()
    {
        var before = Samples.Healthy with { Run = Samples.Healthy.Run with { RunId = "before", StartAt = Samples.Start.AddDays(-1) },
            Series = [.. Samples.Healthy.Series.Select(series => series with { Start = series.Start.AddDays(-1) })] };

        var page = new HtmlParser()
            .ParseDocument(ReportPage.Write(Samples.Healthy with { Comparison = Comparer.Compare(Samples.Healthy, before) }));
        var lines = JsonDocument.Parse(page.QuerySelector("#chart-data")!.TextContent).RootElement[1].GetProperty("lines").EnumerateArray()
            .ToList();

        lines.Select(line => line.GetProperty("name").GetString()).ShouldBe(["received", "sent", "received, baseline", "sent, baseline"]);
        lines.Select(line => line.GetProperty("beside").ToString()).ShouldBe(["", "", "0", "1"]);
        lines[3].GetProperty("times")[0].GetInt64().ShouldBe(Samples.Start.ToUnixTimeMilliseconds());
        page.QuerySelectorAll("figure")[1].QuerySelectorAll("thead th").Select(head => head.TextContent)
            .ShouldBe(["UTC", "received", "sent", "received, baseline", "sent, baseline"]);
    }

    [Fact]
    public void Page_and_Markdown_say_so()
    {
        var compared = Samples.Healthy with {
            Comparison = new Comparison("before", [new Change("errors", "Errors of lk", Unit.Count, 0, 3, ChangeDirection.Worse)]) };

        ReportPage.Write(compared).ShouldContain("<td class=\"worse\">worse</td>");
        MarkdownSummary.Write(compared).ShouldContain("| Errors of lk | 0 | 3 | worse |");
    }
}
