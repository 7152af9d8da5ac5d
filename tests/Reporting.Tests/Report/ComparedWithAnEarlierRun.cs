using Reporting.Baselines;
using Reporting.Html;
using Reporting.Markdown;
using Reporting.Summary;

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

        changes.Single(change => change.Metric == "bitrate").ShouldBe(new Change("bitrate", "Received by all", Unit.BitsPerSecond, 10, now, direction));
        changes.Where(change => change.Metric is not ("bitrate" or "bitrate-per-subscriber")).ShouldAllBe(change => change.Direction == ChangeDirection.Noise);
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
        Comparer.Compare(Samples.Healthy, Samples.Inconclusive).Changes.ShouldNotContain(change => change.Metric == "audio-delivery" || change.Metric == "start-skew");

    [Fact]
    public void Runs_of_different_kinds_are_told_apart_by_what_differs()
    {
        var other = Samples.Healthy with
        {
            Load = Samples.Healthy.Load with { VideoCodec = "vp8", Layout = "3x3", Subscribers = 5 },
            Versions = [new ProgramVersion("lk", "2.4.9")],
        };

        Comparer.Differences(Samples.Healthy, Samples.Healthy).ShouldBeEmpty();
        Comparer.Differences(Samples.Healthy, other).ShouldBe(["video codec h264, not vp8", "layout speaker, not 3x3", "subscribers 900, not 5", "lk 2.18.1, not 2.4.9"]);
    }

    [Fact]
    public void Page_and_Markdown_say_so()
    {
        var compared = Samples.Healthy with { Comparison = new Comparison("before", [new Change("errors", "Errors of lk", Unit.Count, 0, 3, ChangeDirection.Worse)]) };

        ReportPage.Write(compared).ShouldContain("<td class=\"worse\">worse</td>");
        MarkdownSummary.Write(compared).ShouldContain("| Errors of lk | 0 | 3 | worse |");
    }
}
