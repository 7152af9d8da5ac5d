using Reporting.Judging;
using Reporting.Summary;

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
    [InlineData("max(generator-cpu)<80%", "generator-cpu", "max", null, false, 0.8)]
    [InlineData("min(audio-delivery)>=90%", "audio-delivery", "min", null, false, 0.9)]
    [InlineData("bitrate(subscriber)>=500kbps", "bitrate", null, "subscriber", false, 500_000)]
    [InlineData("connected(room)>=99%", "connected", null, "room", false, 0.99)]
    [InlineData("p99(join-time(vm))<3s", "join-time", "p99", "vm", false, 3)]
    [InlineData("packet-loss<=baseline+0.5%", "packet-loss", null, null, true, 0.005)]
    [InlineData("audio-delivery >= baseline - 1%", "audio-delivery", null, null, true, -0.01)]
    [InlineData("errors<=baseline", "errors", null, null, true, 0)]
    public void Are_read_with_what_they_are_made_of(string text, string metric, string? aggregate, string? scope, bool ofBaseline,
        double limit)
    {
        var threshold = Threshold.Parse(text, out var problems).ShouldHaveSingleItem();

        problems.ShouldBeEmpty();
        (threshold.Metric.Name, threshold.Aggregate, threshold.Scope, threshold.OfBaseline)
            .ShouldBe((metric, aggregate, scope, ofBaseline));
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
    [InlineData("max(start-skew)<1s", "start-skew without max(): it is one number of the whole run")]
    [InlineData("start-skew(vm)<1s", "start-skew without (vm): it is one number of the whole run")]
    [InlineData("generator-cpu(room)<80%", "one of (vm) after generator-cpu")]
    [InlineData("bitrate(pod)>=1kbps", "one of (vm), (room), (process), (subscriber) after bitrate")]
    [InlineData("avg(bitrates)>=1kbps", "one of the metrics connected")]
    [InlineData("pods.restart==0", "one of the metrics connected")]
    [InlineData("packet-loss<=baseline+1s", "packet-loss compared with a percentage")]
    [InlineData("packet-loss<=baseline*2", "METRIC OPERATOR VALUE")]
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

        Threshold.Parse($"{holds}, {doesNot}", out _).Select(threshold => threshold.Judge(one).Outcome)
            .ShouldBe([ThresholdOutcome.Passed, ThresholdOutcome.Failed]);
    }

    [Theory]
    [InlineData("generator-cpu(vm)<60%", ThresholdOutcome.Failed, 0.612, "vm-07")] // vm-07 alone
    [InlineData("max(generator-cpu)<61.3%", ThresholdOutcome.Passed, 0.612, "vm-07")]
    [InlineData("min(generator-cpu)>=50%", ThresholdOutcome.Passed, 0.5, "vm-08")]
    [InlineData("bitrate(subscriber)>=500kbps", ThresholdOutcome.Passed, 1.234e8 / 90, null)]
    [InlineData("p99(join-time(room))<=880ms", ThresholdOutcome.Passed, 0.88, "load-01")]
    [InlineData("errors(process)==0", ThresholdOutcome.Passed, 0, "vm-01 lk-1")]
    [InlineData("errors(process)!=0", ThresholdOutcome.Failed, 0, "vm-01 lk-1")]
    public void Hold_at_each_place_or_name_the_worst(string text, ThresholdOutcome outcome, double value, string? where)
    {
        var result = Threshold.Parse(text, out _).ShouldHaveSingleItem().Judge(Report.Samples.Healthy);

        (result.Outcome, result.Where).ShouldBe((outcome, where));
        result.Value!.Value.ShouldBe(value, 1e-6 * Math.Max(1, value));
    }

    [Fact]
    public void Are_not_held_by_places_that_were_not_measured()
    {
        var result = Threshold.Parse("generator-cpu(vm)<80%", out _).ShouldHaveSingleItem().Judge(Report.Samples.Inconclusive);

        result.Outcome.ShouldBe(ThresholdOutcome.Unmeasured);
        result.Note.ShouldBe("not measured at vm-09, vm-10");
        Threshold.Parse("generator-cpu(vm)<60%", out _).ShouldHaveSingleItem()
            .Judge(Report.Samples.Inconclusive).Outcome.ShouldBe(ThresholdOutcome.Failed);
    }

    [Fact]
    public void Start_from_what_the_baseline_measured_where_they_say_so()
    {
        RunSummary Dropping(long packets) =>
            Report.Samples.Healthy with {
            Fleet = Report.Samples.Healthy.Fleet with { LkPackets = 1000 - packets, LkPacketsDropped = packets } };
        var threshold = Threshold.Parse("packet-loss<=baseline+0.5%", out _).ShouldHaveSingleItem();

        threshold.Against(Dropping(10)).Judge(Dropping(15)).Outcome.ShouldBe(ThresholdOutcome.Passed);
        threshold.Against(Dropping(10)).Judge(Dropping(16)).Outcome.ShouldBe(ThresholdOutcome.Failed);
        threshold.Against(Dropping(10)).Judge(Dropping(16)).Limit!.Value.ShouldBe(0.015, 1e-12);
        threshold.Judge(Dropping(0)).Outcome.ShouldBe(ThresholdOutcome.Unmeasured);
        threshold.Against(Report.Samples.Inconclusive).Judge(Dropping(0)).Note.ShouldBe("the baseline has no value to compare with");
    }

    [Fact]
    public void Equal_to_the_baseline_hold_only_where_every_place_is()
    {
        RunSummary Failing(params int[] errors) => Report.Samples.Healthy with
        {
            Processes = [.. Report.Samples.Healthy.Processes.Take(errors.Length)
                .Zip(errors, (process, count) => process with { Media = process.Media with { LkErrors = count } })],
        };
        var threshold = Threshold.Parse("errors(process)==baseline", out _).ShouldHaveSingleItem().Against(Failing(5, 5));

        threshold.Judge(Failing(5, 5)).Outcome.ShouldBe(ThresholdOutcome.Passed);
        threshold.Judge(Failing(5, 7)).ShouldSatisfyAllConditions(
            result => result.Outcome.ShouldBe(ThresholdOutcome.Failed),
            result => result.Value.ShouldBe(7));
    }

    [Fact]
    public void Every_problem_is_found_not_only_the_first()
    {
        Threshold.Parse("a<1, packet-loss<3%, b<2", out var problems).Count.ShouldBe(1);

        problems.Select(problem => problem.Given).ShouldBe(["a<1", "b<2"]);
    }
}
