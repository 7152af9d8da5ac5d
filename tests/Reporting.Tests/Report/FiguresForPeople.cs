using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Tests.Report;

public sealed class FiguresForPeople
{
    [Theory]
    [InlineData(0.9999999, Unit.Ratio, "> 99.99 %")]
    [InlineData(0.00001, Unit.Ratio, "< 0.01 %")]
    [InlineData(1, Unit.Ratio, "100 %")]
    [InlineData(0, Unit.Ratio, "0 %")]
    [InlineData(0.9949, Unit.Ratio, "99.49 %")]
    [InlineData(0.0004, Unit.Seconds, "0.4 ms")]
    [InlineData(0.35, Unit.Seconds, "350 ms")]
    [InlineData(2.4, Unit.Seconds, "2.4 s")]
    [InlineData(320, Unit.Seconds, "5 min 20 s")]
    [InlineData(179.6, Unit.Seconds, "3 min")]
    [InlineData(9000, Unit.Seconds, "2 h 30 min")]
    [InlineData(1_234_000_000, Unit.BitsPerSecond, "1.23 Gbps")]
    [InlineData(640_000, Unit.BitsPerSecond, "640 kbps")]
    [InlineData(999_999, Unit.BitsPerSecond, "1 Mbps")]
    [InlineData(12, Unit.Bytes, "12 B")]
    [InlineData(1_234_567, Unit.Count, "1,234,567")]
    public void Read_as_people_write_them(double value, Unit unit, string expected) => Format.Show(value, unit).ShouldBe(expected);

    [Theory]
    [InlineData("within --join-limit of", "within --join-limit (10s) of")]
    [InlineData("within --join-limits of", "within --join-limits of")]
    [InlineData("--join-limit", "--join-limit (10s)")]
    [InlineData("join-limit -- --fleet", "join-limit -- --fleet")]
    public void Give_a_parameter_that_they_name_its_value_where_it_is_known(string text, string expected) =>
        Phrases.WithValues(text, new Dictionary<string, string>(StringComparer.Ordinal) { ["join-limit"] = "10s" }).ShouldBe(expected);

    [Fact]
    public void Say_so_when_they_were_not_measured()
    {
        Format.Show(null, Unit.Count).ShouldBe("not measured");
        Format.Show(double.NaN, Unit.Count).ShouldBe("not measured");
        Format.OutOf(null, 100).ShouldBe("not measured");
        Format.Range(1, null).ShouldBe("not measured");
    }

    [Fact]
    public void Say_a_part_of_a_whole_and_a_range_in_words()
    {
        Format.OutOf(998, 1000).ShouldBe("998 of 1,000");
        Format.Range(510, 540).ShouldBe("510 to 540");
        Format.Range(540, 540).ShouldBe("540");
    }

    [Theory]
    [InlineData(33.065, 43.179, "11:04:33 to 11:04:44")]
    [InlineData(33.065, 33.9, "11:04:33")]
    [InlineData(33.9, 34.1, "11:04:33 to 11:04:35")]
    [InlineData(33.0, 40.0, "11:04:33 to 11:04:40")]
    [InlineData(32.9999999, 40.0000001, "11:04:33 to 11:04:40")] // of floating point
    [InlineData(33.5, 33.5, "11:04:33")]
    [InlineData(33.5, null, "11:04:33 to the end")]
    public void Say_a_period_in_whole_seconds_that_hold_it_all(double from, double? to, string expected)
    {
        var minute = new DateTimeOffset(2026, 11, 29, 11, 4, 0, TimeSpan.Zero);

        Format.Period(minute.AddSeconds(from), to is { } end ? minute.AddSeconds(end) : null).ShouldBe(expected);
    }

    [Theory]
    [InlineData(0.94999, ">=", 0.95, ThresholdOutcome.Failed, "just below 95 %, should be at least 95 %")]
    [InlineData(0.030001, "<=", 0.03, ThresholdOutcome.Failed, "just above 3 %, should be at most 3 %")]
    [InlineData(0.94, ">=", 0.95, ThresholdOutcome.Failed, "should be at least 95 %")]
    [InlineData(0.03, "<", 0.03, ThresholdOutcome.Failed, "should be below 3 %")]
    [InlineData(0.998, ">=", 0.99, ThresholdOutcome.Passed, "at least 99 %")]
    [InlineData(null, "<", 0.8, ThresholdOutcome.Unmeasured, "should be below 80 %")]
    public void A_value_that_is_rounded_to_its_limit_is_said_to_be_beside_it_and_one_that_holds_is_told_no_should(
        double? value, string @operator, double limit, ThresholdOutcome outcome, string expected) =>
        Phrases.Asked(new ThresholdResult { Text = "", Metric = "", Operator = @operator, Limit = limit, Value = value, Unit = Unit.Ratio,
            Outcome = outcome }).ShouldBe(expected);
}
