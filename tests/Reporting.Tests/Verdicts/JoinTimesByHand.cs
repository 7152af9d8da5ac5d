using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>Times to the first track computed on paper: lk starts two participants at once and the others at its rate.</summary>
public sealed class JoinTimesByHand : IDisposable
{
    private readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void Percentiles_are_nearest_ranks()
    {
        // 0.1 s, 0.2 s … 2 s after each subscriber's turn.
        Add("vm-01", [.. Enumerable.Range(1, 20).Select(tenths => tenths / 10.0)]);

        ShouldBe(FirstTrack(), 20, [1.0, 1.8, 1.9, 2.0, 2.0]);
    }

    [Fact]
    public void Of_one_observation_all_percentiles_are_that()
    {
        Add("vm-01", [0.7]);

        ShouldBe(FirstTrack(), 1, [0.7, 0.7, 0.7, 0.7, 0.7]);
    }

    [Fact]
    public void Of_several_hosts_are_taken_from_all_observations_and_never_from_percentiles()
    {
        Add("vm-01", [.. Enumerable.Repeat(1.0, 19)]);
        Add("vm-02", [10.0]);

        ShouldBe(FirstTrack(), 20, [1, 1, 1, 10, 10]);
    }

    [Fact]
    public void A_participants_turn_comes_no_faster_than_lk_allows_whatever_was_asked_for()
    {
        new HandmadeLk("vm-01",
            [.. Turns(10).Take(5).Select((turn, i) => Received.Audio(i, turn + 0.5, 1))]) { JoinsPerSecond = 50 }.AddTo(_results);

        FirstTrack().Max.ShouldBe(0.5, 1e-3);
    }

    [Fact]
    public void Thresholds_see_the_percentile_that_they_name()
    {
        Add("vm-01", [.. Enumerable.Repeat(1.0, 19), 10.0]);

        var results = _results.Summarize("p95(time-to-first-track)<2s, max(time-to-first-track)<2s").Thresholds;

        results.Select(result => result.Outcome).ShouldBe([ThresholdOutcome.Passed, ThresholdOutcome.Failed]);
    }

    [Fact]
    public void Start_skew_is_the_span_of_the_starts_on_the_controllers_clock_less_the_planned_delays()
    {
        // By their own clocks 1.25 s, 0.05 s and 5.1 s; the first clock is 1 s ahead, the last start was to be 5 s later.
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)) { StartedAt = 0.25, ClockOffset = 1 }.AddTo(_results);
        new HandmadeLk("vm-02", Received.Audio(0, 2, 3000)) { StartedAt = 0.05 }.AddTo(_results);
        new HandmadeLk("vm-03", Received.Audio(0, 2, 3000)) { StartedAt = 5.1, StartOffset = 5 }.AddTo(_results);

        var skew = _results.Summarize("connected>=99%").StartSkew!;

        skew.Seconds.ShouldBe(0.2, 1e-6);
        (skew.Starts, skew.Planned).ShouldBe((3, 3));
    }

    [Fact]
    public void One_start_has_no_skew()
    {
        Add("vm-01", [1]);

        _results.Summarize("connected>=99%").StartSkew.ShouldBeNull();
    }

    private static IEnumerable<double> Turns(double joinsPerSecond)
    {
        for (var participant = 1; ; participant++)
            yield return (participant - 1) / joinsPerSecond;
    }

    private void Add(string host, double[] seconds) =>
        new HandmadeLk(host, [.. Turns(5).Zip(seconds, (turn, wait) => turn + wait).Select((at, i) => Received.Audio(i, at, 1))]) {
            SteadyAt = 20, EndedAt = 80 }.AddTo(_results);

    private Percentiles FirstTrack() => _results.Summarize("connected>=99%").Fleet.TimeToFirstTrackSeconds!;

    // Times are kept to a microsecond.
    private static void ShouldBe(Percentiles actual, int count, double[] expected)
    {
        actual.N.ShouldBe(count);
        ((double[])[actual.P50, actual.P90, actual.P95, actual.P99, actual.Max]).ShouldBe(expected, 1e-5);
    }
}
