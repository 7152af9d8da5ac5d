using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>A generator that did not keep up spoils what it measured itself, and nothing that others measured.</summary>
public sealed class DoubtfulGenerators : IDisposable
{
    private const string Thresholds = "served>=99%, audio-delivery>=95%, generator-cpu<80%";
    private const string Busy = "1 of 2 load generators was the bottleneck itself: vm-02, its processors were 95 % busy for 10 s.";

    private readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Theory]
    [InlineData(0, 3000, Verdict.Failed)]
    [InlineData(1500, 3000, Verdict.Failed)]
    [InlineData(0, 0, Verdict.Failed)]
    [InlineData(3000, 0, Verdict.Inconclusive)]
    [InlineData(3000, 3000, Verdict.Inconclusive)]
    public void What_fails_at_a_generator_that_kept_up_has_failed(long steady, long busy, Verdict verdict)
    {
        Add("vm-01", 0.2, steady);
        Add("vm-02", 0.95, busy);

        var summary = _results.Summarize(Thresholds);

        summary.Judgement.Verdict.ShouldBe(verdict);
        summary.Judgement.Reason.ShouldEndWith(Busy);
        summary.Findings.ShouldContain(finding => finding.What.StartsWith("vm-02 was the bottleneck itself", StringComparison.Ordinal));
        summary.Findings.Max(finding => finding.Weight).ShouldBe(verdict);
    }

    [Theory]
    [InlineData(1500, 0, "lost packets between")] // vm-02 has no audio at all
    [InlineData(0, 1500, "the subscriptions of")]
    [InlineData(0, 3000, "the subscriptions of")]
    public void The_next_step_is_about_what_fails_for_certain(long steady, long busy, string advice)
    {
        Add("vm-01", 0.2, steady);
        new HandmadeLk("vm-02", [.. Enumerable.Range(0, 3).Select(one => Received.Audio(one, 2, busy))]).AddTo(_results);
        _results.Write("vm-02/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, _ => new Second { Cpu = 0.95 })));

        _results.Summarize(Thresholds).Judgement.Advice!.ShouldContain(advice);
    }

    [Fact]
    public void The_people_of_the_others_are_counted_alone()
    {
        Add("vm-01", 0.2, 0);
        Add("vm-02", 0.95, 0);

        _results.Summarize(Thresholds).Judgement.Reason.ShouldStartWith(
            "Audio was published and 0 % of it reached any of 1 subscriber; 1 of 2 participants was not served (50 % were, should be at "
            + "least 99 %); 1 subscriber got no audio (vm-01); ");
    }

    [Fact]
    public void A_stall_at_others_is_certain_and_one_at_a_busy_generator_is_not()
    {
        Add("vm-01", 0.2, 3000);
        Add("vm-02", 0.95, 3000, stalled: true);
        _results.Summarize(Thresholds).Judgement.Verdict.ShouldBe(Verdict.Inconclusive);

        Add("vm-03", 0.2, 3000, stalled: true);
        var judgement = _results.Summarize(Thresholds).Judgement;

        judgement.Verdict.ShouldBe(Verdict.Failed);
        judgement.Reason.ShouldContain(
            "media stopped arriving at vm-03 from 08:00:20 to 08:00:30 (10 s); vm-01 was well", Case.Insensitive);
    }

    [Theory]
    [InlineData("vm-02", Verdict.Inconclusive)]
    [InlineData("vm-01", Verdict.Failed)]
    public void A_generator_without_samples_is_in_doubt_as_well(string silent, Verdict verdict)
    {
        Add("vm-01", 0.2, 3000);
        Add("vm-02", 0.2, 0);
        _results.Drop($"{silent}/metrics/samples.txt");

        var judgement = _results.Summarize(Thresholds).Judgement;

        judgement.Verdict.ShouldBe(verdict, judgement.Reason);
    }

    [Theory]
    [InlineData(55, Verdict.Failed)]
    [InlineData(20, Verdict.Inconclusive)]
    public void A_generator_whose_samples_end_early_is_in_doubt_when_most_of_the_run_was_not_seen(int seconds, Verdict verdict)
    {
        Add("vm-01", 0.2, 3000);
        Add("vm-02", 0.2, 0);
        _results.Write("vm-02/metrics/samples.txt", HandmadeSamples.Text(Second.Each(seconds, _ => new Second { Cpu = 0.2 })));

        var summary = _results.Summarize(Thresholds);

        summary.Judgement.Verdict.ShouldBe(verdict, summary.Judgement.Reason);
        summary.Findings.ShouldContain(finding => finding.What.StartsWith("no samples of the last", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sum_over_all_subscribers_tells_nothing_of_the_others()
    {
        Add("vm-01", 0.2, 3000);
        Add("vm-02", 0.95, 3000);

        _results.Summarize("bitrate>=15kbps, generator-cpu<80%").Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
        _results.Summarize("bitrate-per-subscriber>=15kbps, generator-cpu<80%").Judgement.Verdict.ShouldBe(Verdict.Failed);
    }

    [Theory]
    [InlineData("room-vm-01", Verdict.Failed)] // each in its own room
    [InlineData("room-vm-02", Verdict.Inconclusive)] // the busy one publishes for both
    public void What_people_get_from_publishers_of_a_doubtful_generator_is_not_certain(string room, Verdict verdict)
    {
        Add("vm-01", 0.2, 0, room);
        Add("vm-02", 0.95, 3000);

        _results.Summarize(Thresholds).Judgement.Verdict.ShouldBe(verdict);
    }

    private void Add(string host, double cpu, long packets, string? room = null, bool stalled = false)
    {
        new HandmadeLk(host, Received.Audio(0, 2, packets)) { InRoom = room }.AddTo(_results);
        _results.Write($"{host}/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, second => new Second
        {
            Cpu = cpu, ReceivedBytes = stalled && second is >= 20 and < 30 ? 0 : 100_000,
        })));
    }
}
