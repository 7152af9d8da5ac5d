using System.Text;
using System.Text.Json;
using Reporting.Raw.Observations;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>Who lost the room and did not come back, by what came and by what LiveKit counted.</summary>
public sealed class LostForGood : IDisposable
{
    private const string Thresholds = "served>=99%, dropped==0, connected>=99%";
    private const string Room = "room-vm-01";

    private readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Theory]
    [InlineData(1000, 1)] // 20 of 60 s
    [InlineData(2350, 1)] // 13 s before the end
    [InlineData(2450, 0)] // 11 s, of which lk may hold back 2
    [InlineData(3000, 0)]
    [InlineData(0, 0)] // never had any: starved, not dropped
    public void One_whose_media_stop_long_before_the_end_is_gone(long packets, int gone)
    {
        var summary = Run(packets, 3000, 3000);

        (summary.Fleet.ParticipantsDropped, summary.Fleet.ParticipantsGone).ShouldBe((gone, gone));
        summary.Fleet.ParticipantsConnected.ShouldBe(4 - gone);
        if (gone > 0)
        {
            summary.Judgement.Reason.ShouldContain("1 participant lost its room and did not come back (vm-01, ");
            summary.Findings.Single(finding => finding.Participants == 1).From
                .ShouldBe(DateTimeOffset.UnixEpoch.AddSeconds(HandmadeLk.Epoch + 2 + (packets / 50.0)));
        }
    }

    [Theory]
    [InlineData(960, 0)] // all of it
    [InlineData(600, 1)]
    [InlineData(320, 1)]
    public void One_that_got_all_of_its_video_was_there_to_the_end(long video, int gone)
    {
        new HandmadeLk("vm-01", [.. Enumerable.Range(0, 4).SelectMany(one => (Received[])
            [Received.Audio(one, 2, one == 0 ? 1000 : 3000), Received.Video(one, 2, one == 0 ? video : 960)])]).AddTo(_results);

        _results.Summarize(Thresholds).Fleet.ParticipantsGone.ShouldBe(gone);
    }

    [Theory]
    [InlineData("1000 1100 1200")]
    [InlineData("1000 1500 2700 3000")] // an overloaded LiveKit: one got by
    [InlineData("1000 3000")] // no majority
    public void Where_the_media_of_most_are_short_nobody_is_known_to_have_left(string packets) =>
        Run([.. packets.Split(' ').Select(count => long.Parse(count, System.Globalization.CultureInfo.InvariantCulture))])
            .Fleet.ParticipantsGone.ShouldBe(0);

    [Theory]
    [InlineData(2, "4 4 4", 0)] // LiveKit had all of them to the end
    [InlineData(3, "4 4 3", 1)]
    [InlineData(2, "4 3 4", 0)]
    public void LiveKits_own_count_decides_where_there_is_one(int healthy, string counts, int gone)
    {
        Count(counts);

        Run([1000, .. Enumerable.Repeat(3000L, healthy)]).Fleet.ParticipantsGone.ShouldBe(gone);
    }

    [Fact]
    public void All_in_a_room_that_LiveKit_no_longer_has_are_gone()
    {
        Count("4 0 0");

        var summary = Run(1000, 1000, 1000);

        (summary.Fleet.ParticipantsGone, summary.Fleet.ParticipantsConnected).ShouldBe((4, 0));
        summary.Judgement.Verdict.ShouldBe(Verdict.Failed);
        summary.Judgement.Reason.ShouldContain($"4 participants lost their room and did not come back (vm-01, the whole room {Room}");
        summary.Thresholds[2].Value.ShouldBe(0);
    }

    [Theory]
    [InlineData("4 4 4", null)]
    [InlineData("2 2 2", "LiveKit counted 2 participants where lk had 4 connected, in 1 room")]
    [InlineData("5 5 5", "LiveKit counted 5 participants where lk had 4 connected, in 1 room")]
    public void LiveKits_count_is_set_against_lks(string counts, string? said)
    {
        Count(counts);

        Run(3000, 3000, 3000).Findings.Select(finding => finding.What)
            .FirstOrDefault(what => what.StartsWith("LiveKit", StringComparison.Ordinal)).ShouldBe(said);
    }

    [Fact]
    public void When_the_only_one_who_publishes_comes_back_its_subscribers_did_not()
    {
        new HandmadeLk("vm-01", [.. Enumerable.Range(0, 3).SelectMany(one => Again(one, "TR_AM2"))]).AddTo(_results);

        var summary = _results.Summarize(Thresholds);

        summary.Fleet.ParticipantsDropped.ShouldBe(1);
        summary.Findings.ShouldContain(finding => finding.What == "1 participant lost its room and came back");
        summary.Fleet.ParticipantsServed.ShouldBe(3);
    }

    [Fact]
    public void Subscribers_that_come_back_to_the_same_track_did()
    {
        new HandmadeLk("vm-01", [.. Again(0, "TR_AM"), Received.Audio(1, 2, 3000)]).AddTo(_results);

        _results.Summarize(Thresholds).Fleet.ParticipantsDropped.ShouldBe(1);
    }

    /// <summary>A subscriber that had a track until 30 and another from 31 on.</summary>
    private static IEnumerable<Received> Again(int subscriber, string track) =>
        track == "TR_AM"
            ? [Received.Audio(subscriber, 2, 0) with { Packets = 1550 }, Received.Audio(subscriber, 31, 1550)]
            : [Received.Audio(subscriber, 2, 1450), Received.Audio(subscriber, 31, 1550) with { TrackId = track }];

    /// <summary>What LiveKit counted at 15, 30 and 45 s.</summary>
    private void Count(string counts) => _results.Write("cluster/observations.jsonl", Encoding.UTF8.GetBytes(string.Concat(
        counts.Split(' ').Select((count, index) => JsonSerializer.Serialize<Observation>(new RoomsSeen(
            DateTimeOffset.UnixEpoch.AddSeconds(HandmadeLk.Epoch + (15 * (index + 1))),
            count == "0" ? [] : [new RoomSeen(Room, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), 1)], 0, 0),
            ObservationJson.Default.Observation) + "\n"))));

    private RunSummary Run(params long[] packets)
    {
        new HandmadeLk("vm-01", [.. packets.Select((count, index) => Received.Audio(index, 2, count))]).AddTo(_results);
        return _results.Summarize(Thresholds);
    }
}
