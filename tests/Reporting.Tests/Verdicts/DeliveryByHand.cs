using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>Media delivery computed on paper: 50 audio packets a second are due from a track's own subscription to the tables.</summary>
public sealed class DeliveryByHand : IDisposable
{
    private readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void Is_packets_over_those_due_since_each_tracks_own_subscription()
    {
        // 60 s and 40 s: 3000 and 2000 are due. Behind the gap lk may have held back 100.
        var media = Media(Received.Audio(0, 2, 3000), Received.Audio(1, 22, 1000));

        media.AudioPacketsDue.ShouldBe(5000);
        media.AudioPacketsReceived.ShouldBe(4000);
        media.AudioPacketsHeldBack.ShouldBe(100);
        media.AudioDeliveryRatio!.Value.ShouldBe(4000.0 / 4900, 1e-12);
        media.AudioDeliveryLeastRatio.ShouldBe(0.8);
    }

    [Fact]
    public void Does_not_let_one_tracks_surplus_make_good_anothers_gap()
    {
        Media(Received.Audio(0, 2, 4000), Received.Audio(1, 2, 2000)).AudioDeliveryRatio!.Value.ShouldBe(5000.0 / 5900, 1e-12);
    }

    [Theory]
    [InlineData(3000, 3000, ThresholdOutcome.Passed)]
    [InlineData(2900, 2900, ThresholdOutcome.Passed)] // 96.7 % if lk held back nothing
    [InlineData(2800, 2800, ThresholdOutcome.Unmeasured)] // between 93.3 and 96.6 %
    [InlineData(3000, 2600, ThresholdOutcome.Unmeasured)] // between 93.3 and 94.915 %
    [InlineData(2700, 2700, ThresholdOutcome.Failed)] // at most 93.1 %
    [InlineData(3000, 0, ThresholdOutcome.Failed)] // of nothing lk holds back nothing
    public void Is_not_judged_where_what_lk_may_have_held_back_decides(long one, long other, ThresholdOutcome outcome)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, one), Received.Audio(1, 2, other)).AddTo(_results);

        var result = _results.Summarize("audio-delivery>=94.9%").Thresholds.Single();

        result.Outcome.ShouldBe(outcome, result.Note);
        if (outcome == ThresholdOutcome.Unmeasured)
            result.Note!.ShouldContain("lk may have held back the last packets");
    }

    [Fact]
    public void Takes_the_rate_that_the_plan_says_is_due()
    {
        _results.Plan = _results.Plan with { Own = ResultsFolder.Media(audio: 25) };

        Media(Received.Audio(0, 2, 1500)).AudioDeliveryRatio.ShouldBe(1);
    }

    [Fact]
    public void Of_hosts_is_a_sum_over_a_sum_and_never_the_mean_of_their_shares()
    {
        // 3000 of 3000 and, of a track that was there for 6 s only, none of 300.
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        new HandmadeLk("vm-02", Received.Audio(0, 56, 0)).AddTo(_results);

        _results.Summarize("connected>=99%").Fleet.AudioDeliveryRatio!.Value.ShouldBe(3000.0 / 3300, 1e-12);
    }

    [Fact]
    public void Of_video_is_measured_by_what_the_tracks_other_subscribers_got()
    {
        // 30 a second, 30 a second, 15 a second, from the first key frame, which can have come after 8 s: 1800, 1800 and 1560 are due.
        var media = Media(Received.Video(0, 2, 1800), Received.Video(1, 2, 1800), Received.Video(2, 2, 900));

        media.VideoPacketsDue.ShouldBe(5160);
        media.VideoPacketsReceived.ShouldBe(4500);
    }

    [Fact]
    public void Of_video_is_what_all_but_a_twentieth_of_the_subscribers_got_at_least()
    {
        Received[] tracks = [.. Enumerable.Range(0, 40).Select(subscriber => Received.Video(subscriber, 2, subscriber < 38 ? 900 : 0))];
        Media(tracks).VideoDeliveryRatio.ShouldBe(1);

        Media("vm-02", [.. tracks.Select(track => track.Subscriber == 20 ? track with { Packets = 390 } : track)])
            .VideoDeliveryRatio.ShouldBe(0.5);
    }

    [Fact]
    public void Of_video_that_came_to_nobody_is_measured_by_the_frame_rate_of_the_clip()
    {
        // 15 frames a second are due for 52 s.
        Media(Received.Video(0, 2, 78), Received.Video(1, 2, 78)).VideoDeliveryRatio!.Value.ShouldBe(0.1, 1e-12);
    }

    [Theory]
    [InlineData(2, 8)]
    [InlineData(2, 4)]
    [InlineData(40, 3)]
    public void Of_video_begins_with_the_first_key_frame(double subscribedAt, double waited)
    {
        var media = Media(Received.Video(0, subscribedAt, (long)(15 * (62 - subscribedAt - waited))));

        media.VideoDeliveryRatio!.Value.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Of_what_nobody_published_is_not_measured()
    {
        var media = Media(Received.Video(0, 2, 1800));

        media.AudioPacketsDue.ShouldBeNull();
        media.AudioDeliveryRatio.ShouldBeNull();
    }

    [Fact]
    public void Of_lk_is_dropped_over_all_that_it_saw()
    {
        Media(Received.Audio(0, 2, 970) with { Dropped = 30 }, Received.Audio(1, 2, 9000)).LkPacketLossRatio.ShouldBe(0.003);
    }

    private MediaFigures Media(params Received[] tracks) => Media("vm-01", tracks);

    private MediaFigures Media(string host, Received[] tracks)
    {
        new HandmadeLk(host, tracks).AddTo(_results);
        return _results.Summarize("connected>=99%").Hosts[^1].Media;
    }
}
