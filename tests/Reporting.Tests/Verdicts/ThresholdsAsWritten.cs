using Reporting.Summary;
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
    [InlineData("dropped != 1", "dropped", null, "!=", 1)]
    [InlineData("packet-loss<0.03", "packet-loss", null, "<", 0.03)]
    [InlineData("bitrate>1.5Gbps", "bitrate", null, ">", 1.5e9)]
    [InlineData("bitrate>=40mbps", "bitrate", null, ">=", 40e6)]
    [InlineData("bitrate>=800bps", "bitrate", null, ">=", 800)]
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
    [InlineData("connected>=99", "connected compared with a percentage such as 95%")]
    [InlineData("packet-loss<-3%", "METRIC OPERATOR VALUE")]
    [InlineData("packet-loss=3%", "METRIC OPERATOR VALUE")]
    [InlineData("p95(join-time<3s", "METRIC OPERATOR VALUE")]
    [InlineData("join-time)<3s", "METRIC OPERATOR VALUE")]
    [InlineData("join-time<3", "join-time compared with a time such as 3s or 500ms")]
    [InlineData("bitrate>=500", "bitrate compared with a rate such as 500kbps")]
    [InlineData("errors==0%", "errors compared with a number such as 0")]
    public void What_is_wrong_is_said_with_what_would_be_right(string text, string expected)
    {
        Threshold.Parse(text, out var problems).ShouldBeEmpty();

        problems.ShouldHaveSingleItem().Expected.ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("errors<2", "errors<1")]
    [InlineData("errors<=1", "errors<=0")]
    [InlineData("errors>0", "errors>1")]
    [InlineData("errors>=1", "errors>=2")]
    [InlineData("errors==1", "errors==0")]
    [InlineData("errors!=0", "errors!=1")]
    public void Hold_at_their_limit_as_their_operator_says(string holds, string doesNot)
    {
        var one = Report.Samples.Healthy with { Fleet = Report.Samples.Healthy.Fleet with { LkErrors = 1 } };

        Threshold.Parse($"{holds}, {doesNot}", out _).Select(threshold => threshold.Judge(one).Outcome).ShouldBe([ThresholdOutcome.Passed, ThresholdOutcome.Failed]);
    }

    [Fact]
    public void Every_problem_is_found_not_only_the_first()
    {
        Threshold.Parse("a<1, packet-loss<3%, b<2", out var problems).Count.ShouldBe(1);

        problems.Select(problem => problem.Given).ShouldBe(["a<1", "b<2"]);
    }
}
