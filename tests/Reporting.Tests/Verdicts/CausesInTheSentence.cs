using System.Globalization;
using Reporting.Raw.Lk;
using Reporting.Raw.Observations;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>What LiveKit counted is in the sentence of the verdict when it is the cause, with a remedy.</summary>
public sealed class CausesInTheSentence : RunWithCauses
{
    private const string Metrics = "http://10.0.0.7:6789/metrics";

    [Theory]
    [InlineData("vm-02", 30, "At 08:00:35 room room-vm-02 was deleted while LiveKit ran on (last listed at 08:00:25).")]
    [InlineData("vm-01", 20, "At 08:00:25 room room-vm-01 was deleted while LiveKit ran on (last listed at 08:00:15).")]
    [InlineData("vm-01 vm-02", 40,
        "At 08:00:45 each of 2 rooms (room-vm-01, room-vm-02) was deleted while LiveKit ran on (last listed at 08:00:35).")]
    public void A_deleted_room(string vms, int at, string cause)
    {
        Rooms(vms, at);

        var judgement = Summary().Judgement;

        judgement.Verdict.ShouldBe(Verdict.Failed);
        judgement.Reason.ShouldEndWith(cause);
        judgement.Advice.ShouldBe(ErrorCause.RoomDeleted.NextStep);
    }

    [Theory]
    [InlineData("restarted")]
    [InlineData("away")]
    [InlineData("emptied")] // all left, and LiveKit closed the empty room
    [InlineData("kept")]
    public void A_room_that_went_with_LiveKit_or_its_participants_was_not_deleted(string how)
    {
        Rooms(how == "kept" ? "" : "vm-02", 30, how == "emptied" ? 0 : null);
        if (how == "away")
            Seen.AddRange([new SourceLost(At(27), "rooms", "connection refused", null), new SourceBack(At(34), "rooms")]);
        if (how == "restarted")
            Seen.Add(Node(Metrics, 35, 8) with { Metrics = new LiveKitMetrics { StartedAt = At(31).ToUnixTimeSeconds() } });

        Summary().Happenings.ShouldAllBe(happening => happening.Kind != HappeningKind.RoomDeleted);
    }

    [Theory]
    [InlineData(1, 2, 1, "LiveKit took 3 participants into each room and refused the others: a limit (room max_participants).")]
    [InlineData(2, 2, 2, "LiveKit took 3 participants into each room and refused the others: a limit (room max_participants).")]
    [InlineData(1, 1, 1, "LiveKit took 3 participants into room room-vm-01 and refused the others: a limit (room max_participants).")]
    public void A_limit_of_participants_in_a_room(int refused, int rooms, int least, string cause)
    {
        for (var room = 1; room <= rooms; room++)
            Refuse($"vm-0{room}", 2, room == 1 ? refused : least, "could not establish signal connection");
        for (var second = 15; second < 60; second += 10)
            Seen.Add(Listed(second, Enumerable.Range(1, rooms).Select(room => ($"room-vm-0{room}", 3))));

        var judgement = Summary().Judgement;

        judgement.Verdict.ShouldBe(Verdict.Failed);
        judgement.Reason.ShouldEndWith(cause);
        judgement.Advice.ShouldBe(ErrorCause.RoomLimit.NextStep);
    }

    [Theory]
    [InlineData("unlike")] // one room had more than another
    [InlineData("falling")]
    [InlineData("another error")]
    public void No_limit_of_participants_is_known(string how)
    {
        Refuse("vm-01", 2, 1, how == "another error" ? "could not connect after timeout" : "could not establish signal connection");
        Refuse("vm-02", how == "unlike" ? 3 : 2, 1, "could not establish signal connection");
        for (var second = 15; second < 60; second += 10)
            Seen.Add(Listed(second, [("room-vm-01", how == "falling" && second > 40 ? 2 : 3), ("room-vm-02", how == "unlike" ? 4 : 3)]));

        Summary().Happenings.ShouldAllBe(happening => happening.Kind != HappeningKind.RoomLimit);
    }

    [Theory]
    [InlineData(0.2, 30, Verdict.Failed, 2)] // received media alone are in doubt
    [InlineData(0.95, 0, Verdict.Inconclusive, 0)] // busy processors may refuse anything
    [InlineData(0.95, 30, Verdict.Inconclusive, 0)]
    public void Refused_joins_are_certain_where_received_media_alone_are_in_doubt(double cpu, int bufferErrors, Verdict verdict,
        int refused)
    {
        Refuse("vm-01", 3, 2, "could not establish signal connection");
        Results.Write("vm-01/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, _ => new Second
        {
            Cpu = cpu, ReceiveBufferErrors = bufferErrors,
        })));

        var judgement = Summary().Judgement;

        judgement.Verdict.ShouldBe(verdict);
        judgement.Reason.ShouldContain("1 of 1 load generator was the bottleneck itself: vm-01, ");
        if (refused > 0)
            judgement.Reason.ShouldContain("2 of 6 participants were not served");
    }

    [Theory]
    [InlineData("3 3 2 2", 2, 3)]
    [InlineData("6 5 3 3", 3, 6)]
    [InlineData("4 1 1 1", 1, 4)]
    public void Participants_that_left_for_good(string counts, int left, int most)
    {
        var subscribers = Enumerable.Range(0, most - 1).Select(one =>
            Received.Audio(one, 2, one < most - left ? 1000 : 3000)).ToArray();
        new HandmadeLk("vm-01", subscribers).AddTo(Results);
        foreach (var (count, index) in counts.Split(' ').Select((count, index) => (int.Parse(count, CultureInfo.InvariantCulture), index)))
            Seen.Add(Listed(15 + (10 * index), [("room-vm-01", count)]));

        var judgement = Summary().Judgement;

        judgement.Verdict.ShouldBe(Verdict.Failed);
        judgement.Reason.ShouldContain($"on LiveKit had {left} of {most} participants in room room-vm-01 for good: they were removed, or");
        judgement.Advice.ShouldBe(ErrorCause.RoomShrank.NextStep);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 0, 2)]
    [InlineData(2, 1, 1)]
    public void A_publisher_that_left_for_good_is_counted_as_dropped(int publishers, int publishersLeft, int dropped)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000), Received.Audio(1, 2, 3000)) { AudioPublishers = publishers }.AddTo(Results);
        var all = publishers + 2;
        Seen.AddRange(new[] { (15, all, publishers), (25, all, publishers), (35, all - dropped, publishers == 1 ? 0 : publishersLeft),
            (45, all - dropped, publishers == 1 ? 0 : publishersLeft) }.Select(one => new RoomsSeen(At(one.Item1),
                [new RoomSeen("room-vm-01", one.Item2, one.Item3)], 0, 0)));

        var summary = Summary();

        (summary.Fleet.ParticipantsGone, summary.Judgement.Verdict).ShouldBe((dropped, Verdict.Failed));
        summary.Judgement.Reason.ShouldContain(
            $"{dropped} participant{(dropped == 1 ? " lost its" : "s lost their")} room and did not come back");
    }

    [Theory]
    [InlineData("wss://livekit.example: ListRooms: 500 'dial tcp 10.0.0.9:6379: connect: connection refused'",
        "10.0.0.9:6379: connect: connection refused")]
    [InlineData("ws://10.0.0.7: ListRooms: 500 '{\"code\":\"unknown\",\"msg\":\"dial tcp: lookup redis: no such host\"}'",
        "lookup redis: no such host")]
    [InlineData("ws://10.0.0.7: ListRooms: 503 'dial tcp 10.0.0.9:6379: i/o timeout'", "10.0.0.9:6379: i/o timeout")]
    public void LiveKits_own_words_of_its_Redis(string why, string words)
    {
        Refuse("vm-01", 1, 2, "could not establish signal connection");
        Seen.Add(new SourceLost(At(3), "rooms", why, null));

        var judgement = Summary().Judgement;

        judgement.Reason.ShouldContain("From 08:00:03 on LiveKit answered that it could not reach its Redis: dial tcp");
        judgement.Reason.ShouldEndWith($"{words}.");
        judgement.Advice.ShouldBe(ErrorCause.NoRedis.NextStep);
    }

    [Theory]
    [InlineData(3, 3, 3, true)]
    [InlineData(2, 4, 3, true)]
    [InlineData(3, 3, 6, false)]
    [InlineData(0, 6, 3, false)] // one node has all: an old count
    public void Nodes_without_a_common_Redis(int first, int second, int listed, bool named)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 0), Received.Audio(1, 2, 0)).AddTo(Results);
        for (var at = 15; at < 60; at += 10)
            Seen.AddRange([Listed(at, [("room-vm-01", listed)]), Node(Metrics, at + 1, first),
                Node("http://10.0.0.8/metrics", at + 1, second)]);

        var judgement = Summary().Judgement;

        judgement.Verdict.ShouldBe(Verdict.Failed);
        judgement.Reason.Contains(
            "LiveKit's room service knew 3 participants and its nodes together had 6: the nodes do not share a Redis.",
            StringComparison.Ordinal).ShouldBe(named);
        (judgement.Advice == ErrorCause.NodesApart.NextStep).ShouldBe(named);
    }

    [Theory]
    [InlineData(2, 1, "each had 1 of 2 audio tracks, as a subscription limit gives them")]
    [InlineData(4, 1, "each had 1 of 4 audio tracks, as a subscription limit gives them")]
    [InlineData(4, 3, "each had 3 of 4 audio tracks, as a subscription limit gives them")]
    public void A_limit_of_subscriptions(int due, int got, string cause)
    {
        foreach (var host in (string[])["vm-01", "vm-02"])
            new HandmadeLk(host, [.. Subscribed(0, got), .. Subscribed(1, got)]) { AudioPublishers = due }.AddTo(Results);

        var judgement = Summary().Judgement;

        judgement.Reason.ShouldContain($"4 subscribers got fewer tracks than were due: {cause}");
        judgement.Advice.ShouldBe(ErrorCause.SubscriptionLimit.NextStep);
    }

    [Fact]
    public void Subscribers_that_have_other_numbers_of_tracks_are_under_no_limit()
    {
        new HandmadeLk("vm-01", [.. Subscribed(0, 1), .. Subscribed(1, 2), .. Subscribed(2, 3)]) { AudioPublishers = 3 }.AddTo(Results);

        Summary().Judgement.Reason.ShouldNotContain("limit");
    }

    [Theory]
    [InlineData(1000, 40)]
    [InlineData(2000, 20)]
    [InlineData(0, 60)]
    public void One_track_that_stopped_for_all(long packets, int seconds)
    {
        new HandmadeLk("vm-01", [.. Enumerable.Range(0, 3).SelectMany(one => TwoTracks(one, packets + one, 3000 - one))])
        {
            AudioPublishers = 2,
        }.AddTo(Results);

        var judgement = Summary().Judgement;

        judgement.Verdict.ShouldBe(Verdict.Failed);
        judgement.Reason.ShouldContain("Track TR_A1 of room room-vm-01 stopped being sent: each of its 3 subscribers lacks "
            + $"{seconds} s of it and nothing of the room's other tracks.");
        judgement.Advice.ShouldBe(ErrorCause.TrackStopped.NextStep);
    }

    [Theory]
    [InlineData(1000, 3000, 1000)] // the other as well
    [InlineData(1000, 3000, 3000)] // not for all
    [InlineData(2900, 2900, 3000)] // what lk holds back
    public void No_track_is_known_to_have_stopped(long first, long second, long other)
    {
        new HandmadeLk("vm-01", [.. TwoTracks(0, first, other), .. TwoTracks(1, second, other)]) { AudioPublishers = 2 }.AddTo(Results);

        Summary().Findings.ShouldAllBe(finding => finding.Cause != ErrorCause.TrackStopped);
    }

    [Theory]
    [InlineData(1, 2, "other load on this LiveKit: up to 1 room with 2 participants")]
    [InlineData(2, 1, "other load on this LiveKit: up to 2 rooms with 1 participant")]
    [InlineData(3, 0, null)]
    public void Rooms_of_others_are_load_when_participants_are_in_them(int rooms, int participants, string? finding)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(Results);
        Seen.AddRange([new RoomsSeen(At(5), [], rooms, participants), new RoomsSeen(At(15), [], 9, 0)]);

        Summary().Findings.FirstOrDefault(one => one.What.Contains("load on", StringComparison.Ordinal))?.What.ShouldBe(finding);
        Summary().Findings.Any(one => one.What.Contains("load on", StringComparison.Ordinal)).ShouldBe(finding is not null);
    }

    /// <summary>Two rooms of 4 participants each, some of which LiveKit no longer lists from a second on.</summary>
    private void Rooms(string gone, int at, int? before = null)
    {
        foreach (var vm in (string[])["vm-01", "vm-02"])
        {
            var packets = gone.Contains(vm, StringComparison.Ordinal) ? 50 * (at - 2) : 3000;
            new HandmadeLk(vm, [.. Enumerable.Range(0, 3).Select(one => Received.Audio(one, 2, packets))]).AddTo(Results);
        }

        for (var second = 15; second < 60; second += 10)
        {
            var last = second < at && second + 10 >= at ? before : null;
            Seen.Add(Listed(second, ((string[])["vm-01", "vm-02"]).Where(vm => second < at || !gone.Contains(vm, StringComparison.Ordinal))
                .Select(vm => ($"room-{vm}", gone.Contains(vm, StringComparison.Ordinal) ? last ?? 4 : 4))));
            Seen.Add(Node(Metrics, second, 8));
        }
    }

    /// <summary>A publisher and subscribers, of which the last are refused.</summary>
    private void Refuse(string host, int joined, int refused, string error)
    {
        new HandmadeLk(host, [.. Enumerable.Range(0, joined + refused).Select(one => Received.Audio(one, 2, 3000))]).AddTo(Results);
        Write(host, [.. Enumerable.Range(joined, refused).Select(one => $"could not connect Sub {one + 1}: {error}")], "stdout");
    }

    private static IEnumerable<Received> Subscribed(int subscriber, int tracks) =>
        Enumerable.Range(0, tracks).Select(track => Received.Audio(subscriber, 2, 3000) with { TrackId = $"TR_A{track}" });

    private static IEnumerable<Received> TwoTracks(int subscriber, long first, long second) =>
        [Received.Audio(subscriber, 2, first) with { TrackId = "TR_A1" }, Received.Audio(subscriber, 2, second) with { TrackId = "TR_A2" }];

    private static RoomsSeen Listed(int second, IEnumerable<(string Name, int Participants)> rooms) =>
        new(At(second), [.. rooms.Select(room => new RoomSeen(room.Name, room.Participants, 1))], 0, 0);

    private static LiveKitSeen Node(string pod, int second, int participants) => new(At(second), pod, new LiveKitMetrics
    {
        Participants = participants, StartedAt = At(-1000).ToUnixTimeSeconds(),
    });
}
