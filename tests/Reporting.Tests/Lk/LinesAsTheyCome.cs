using Reporting.LoadKinds.Participants;
using Reporting.Raw.Lk;

namespace Reporting.Tests.Lk;

public sealed class LinesAsTheyCome
{
    private readonly LkOutputParser _parser = new();

    [Fact]
    public void Before_the_first_line_nothing_is_known() => ShouldHave(connected: 0, tracks: 0, errors: 0);

    [Fact]
    public void The_start_line_says_how_many_will_join()
    {
        Feed("Starting load test with 1 video publishers, 2 audio publishers, 3 subscribers, room: r");

        _parser.Complete().Start!.Participants.ShouldBe(5);
        ShouldHave(connected: 0, tracks: 0, errors: 0);
    }

    [Fact]
    public void A_participant_is_connected_once_however_many_tracks_it_has()
    {
        The_start_line_says_how_many_will_join();

        Feed("publishing audio track - p_pub_0", "publishing simulcast video track - p_pub_0");
        Feed("subscribed to track p_2 TR_A audio 1/3", "subscribed to track p_2 TR_V video 2/3");

        ShouldHave(connected: 2, tracks: 2, errors: 0);
    }

    [Fact]
    public void When_all_joins_have_ended_everybody_that_did_not_give_up_is_connected()
    {
        The_start_line_says_how_many_will_join();

        Feed("could not connect Pub 1: not found", "could not connect Sub 2: not found", "Finished connecting to room, waiting 1m0s");

        _parser.Complete().FailedJoins.Select(join => join.Error).ShouldBe(["not found", "not found"]);
        ShouldHave(connected: 3, tracks: 0, errors: 2);
    }

    [Fact]
    public void Tables_end_with_the_row_of_totals()
    {
        When_all_joins_have_ended_everybody_that_did_not_give_up_is_connected();

        Feed("Track loading:");
        _parser.Complete().Tables.ShouldBe(LkTables.Cut);
        Feed("│ Tester │ Tracks │ Bitrate │ Total Pkt. Loss │ Error │", "│ Total  │ 3/9    │ NaNmbps │  -  │ 2 │");
        _parser.Complete().Tables.ShouldBe(LkTables.Complete);
    }

    [Fact]
    public void Failed_subscriptions_and_panics_are_errors()
    {
        Feed("track subscription failed, lp:a, sid:b, rp:c", "caught panic in consumeTrack boom");

        _parser.Errors.ShouldBe(2);
    }

    private void ShouldHave(int connected, int tracks, int errors) =>
        (_parser.Connected, _parser.Tracks, _parser.Errors).ShouldBe((connected, tracks, errors));

    private void Feed(params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
            _parser.Feed(LkSource.Stdout, line, at: null);
    }
}
