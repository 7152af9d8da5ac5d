using Reporting.Judging;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>Participants whose every second is known: who was served, who was not, and what is said of it.</summary>
public sealed class PeopleByHand : IDisposable
{
    private const string Served = "served>=99%";

    private readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Theory]
    [InlineData(900, 1)] // 15 frames a second of 60 s
    [InlineData(780, 1)] // the first key frame came after 8 s
    [InlineData(300, 0)] // 5 frames a second
    [InlineData(0, 0)]
    public void Video_is_due_at_the_frame_rate_of_the_clip(long packets, int served)
    {
        var summary = Run([Received.Audio(0, 2, 3000), Received.Video(0, 2, packets)]);

        ServedOf(summary).ShouldBe(served);
    }

    [Theory]
    [InlineData("high", "speaker", "1.3mbps", true)]
    [InlineData("high", "speaker", "134.4kbps", false)] // 720p that fell to 180p
    [InlineData("medium", "speaker", "380.0kbps", true)]
    [InlineData("medium", "speaker", "134.4kbps", false)]
    [InlineData("high", "5x5", "134.4kbps", true)] // the layout asks for 180p
    public void Above_the_lowest_layer_video_is_due_by_bit_rate(string resolution, string layout, string rate, bool served)
    {
        _results.Plan = _results.Plan with { Own = ResultsFolder.Media(resolution, layout: layout) };
        var summary = Run([Received.Audio(0, 2, 3000), Received.Video(0, 2, 3000) with { Bitrate = rate }]);

        ServedOf(summary).ShouldBe(served ? 1 : 0);
        (summary.Judgement.Verdict == Verdict.Failed).ShouldBe(!served, summary.Judgement.Reason);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(10.2, 0)] // the first track was published at 0.1
    public void Who_joins_more_than_ten_seconds_after_its_turn_is_not_served(double after, int served)
    {
        var summary = Run([Received.Audio(0, after, 2500)]);

        ServedOf(summary).ShouldBe(served);
        (summary.Findings.Any(finding => finding.What.StartsWith("1 participant joined too late", StringComparison.Ordinal)))
            .ShouldBe(served == 0);
    }

    [Theory]
    [InlineData(2900, 1)] // lk held 100 packets back
    [InlineData(2755, 1)] // 95 % of 2900
    [InlineData(2754, 0)]
    [InlineData(0, 0)]
    public void Audio_that_lk_may_have_held_back_is_not_missed(long packets, int served)
    {
        ServedOf(Run([Received.Audio(0, 2, packets)])).ShouldBe(served);
    }

    [Fact]
    public void One_who_got_nothing_does_not_profit_from_the_others()
    {
        var summary = Run([.. Enumerable.Range(0, 40).Select(one => Received.Audio(one, 2, one == 7 ? 0 : 4000))]);

        summary.Fleet.ParticipantsStarved.ShouldBe(1);
        summary.Judgement.Verdict.ShouldBe(Verdict.Failed);
        summary.Judgement.Reason.ShouldBe(
            "1 of 41 participants was not served (97.56 % were, should be at least 99 %); 1 subscriber got no audio (vm-01).");
    }

    [Fact]
    public void One_of_more_than_a_hundred_is_tolerated_by_the_default_and_told()
    {
        var summary = Run([.. Enumerable.Range(0, 120).Select(one => Received.Audio(one, 2, one == 7 ? 0 : 3000))]);

        summary.Judgement.Verdict.ShouldBe(Verdict.Passed, summary.Judgement.Reason);
        summary.Judgement.Reason.ShouldContain("120 of 121 participants were served");
        summary.Findings.ShouldContain(finding => finding.What == "1 subscriber got no audio");
    }

    [Theory]
    [InlineData("served>=1%")]
    [InlineData("bitrate>=1bps")]
    public void Media_that_was_published_and_reached_none_fails_under_any_threshold(string threshold)
    {
        Received[] tracks = [.. Enumerable.Range(0, 5).SelectMany(one =>
            new[] { Received.Audio(one, 2, 3000), Received.Video(one, 2, 50) with { Bitrate = "0bps" } })];
        new HandmadeLk("vm-01", tracks).AddTo(_results);

        var judgement = _results.Summarize(threshold).Judgement;

        judgement.Verdict.ShouldBe(Verdict.Failed);
        judgement.Reason.ShouldStartWith("Video was published and 0 % of it reached any of 5 subscribers");
    }

    [Fact]
    public void Those_of_whom_nothing_is_known_are_neither_served_nor_failed_and_are_counted()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        new HandmadeLk("vm-02", Received.Audio(0, 2, 3000), Received.Audio(1, 2, 3000)).AddTo(_results);
        _results.Drop("vm-02/logs/lk-1.stdout");

        var summary = _results.Summarize(Served);

        (summary.Fleet.ParticipantsServed, summary.Fleet.ParticipantsUnknown).ShouldBe((2, 3));
        summary.Thresholds.Single().ShouldSatisfyAllConditions(
            result => result.Value.ShouldBe(1), result => result.Outcome.ShouldBe(ThresholdOutcome.Unmeasured));
        summary.Findings.ShouldContain(finding => finding.What == "it is not known whether 3 participants were served"
            && finding.Where == "vm-02");
        Metrics.Find("rooms-served")!.Of(summary).ShouldBe(1);
    }

    [Fact]
    public void Rooms_are_served_when_all_in_them_are()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        new HandmadeLk("vm-02", Received.Audio(0, 2, 3000), Received.Audio(1, 2, 0)).AddTo(_results);

        var summary = _results.Summarize("rooms-served>=99%");

        summary.Thresholds.Single().Value.ShouldBe(0.5);
        summary.Judgement.Verdict.ShouldBe(Verdict.Failed);
    }

    [Theory]
    [InlineData(ThresholdOutcome.NotApplicable, "video-delivery>=90%")]
    [InlineData(ThresholdOutcome.NotApplicable, "livekit.packet-loss<2%")]
    [InlineData(ThresholdOutcome.Unmeasured, "video-delivery>=89%")] // not a default one
    public void A_default_threshold_that_the_load_cannot_measure_does_not_apply(ThresholdOutcome outcome, string threshold)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);

        var summary = _results.Summarize($"served>=99%, {threshold}");

        summary.Thresholds[1].Outcome.ShouldBe(outcome);
        summary.Judgement.Verdict.ShouldBe(outcome == ThresholdOutcome.NotApplicable ? Verdict.Passed : Verdict.Inconclusive);
    }

    [Fact]
    public void Thresholds_none_of_which_applies_pass_nothing()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);

        _results.Summarize("video-delivery>=90%").Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    private static int ServedOf(RunSummary summary) => summary.Fleet.ParticipantsServed!.Value - 1; // the publisher

    private RunSummary Run(Received[] tracks)
    {
        new HandmadeLk("vm-01", tracks).AddTo(_results);
        return _results.Summarize(Served);
    }
}
