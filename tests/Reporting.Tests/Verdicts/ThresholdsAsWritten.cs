using Reporting.Thresholds;

namespace Reporting.Tests.Verdicts;

public sealed class ThresholdsAsWritten
{
    [Theory]
    [InlineData("packet-loss<3%", "packet-loss", null, "<", 0.03)]
    [InlineData("connected >= 99%", "connected", null, ">=", 0.99)]
    [InlineData("p95(join-time)<3s", "join-time", "p95", "<", 3)]
    [InlineData("max(time-to-first-track)<=500ms", "time-to-first-track", "max", "<=", 0.5)]
    [InlineData("bitrate-per-subscriber>=500kbps", "bitrate-per-subscriber", null, ">=", 500_000)]
    [InlineData("errors==0", "errors", null, "==", 0)]
    public void Are_read(string text, string metric, string? aggregate, string comparison, double limit)
    {
        var threshold = Threshold.Parse(text, out var problems).ShouldHaveSingleItem();

        problems.ShouldBeEmpty();
        (threshold.Metric.Name, threshold.Aggregate, threshold.Operator).ShouldBe((metric, aggregate, comparison));
        threshold.Limit.ShouldBe(limit, 1e-12);
    }

    [Theory]
    [InlineData("", "METRIC OPERATOR VALUE")]
    [InlineData("packet-loss", "METRIC OPERATOR VALUE")]
    [InlineData("packet-loss<", "METRIC OPERATOR VALUE")]
    [InlineData("packet-los<3%", "one of the metrics connected, audio-delivery")]
    [InlineData("packet-loss<3s", "packet-loss compared with a percentage such as 95%")]
    [InlineData("join-time<3%", "join-time compared with a time such as 3s or 500ms")]
    [InlineData("p95(packet-loss)<3%", "packet-loss without p95()")]
    [InlineData("p42(join-time)<3s", "one of p50, p90, p95, p99, max before (join-time)")]
    [InlineData("connected>=1.2.3%", "connected compared with")]
    public void What_is_wrong_is_said_with_what_would_be_right(string text, string expected)
    {
        Threshold.Parse(text, out var problems).ShouldBeEmpty();

        problems.ShouldHaveSingleItem().Expected.ShouldStartWith(expected);
    }

    [Fact]
    public void Every_problem_is_found_not_only_the_first()
    {
        Threshold.Parse("a<1, packet-loss<3%, b<2", out var problems).Count.ShouldBe(1);

        problems.Select(problem => problem.Given).ShouldBe(["a<1", "b<2"]);
    }
}
