using System.Globalization;
using System.Text;
using Reporting.Raw.Lk;
using Reporting.Raw.Manifest;
using Reporting.Raw.Observations;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>What LiveKit counted and what lk wrote is in the sentence of the verdict when it is the cause, with a remedy.</summary>
public sealed class CausesInTheSentence : IDisposable
{
    private const string Thresholds = "served>=99%, connected>=99%, audio-delivery>=95%";
    private const string Metrics = "http://10.0.0.7:6789/metrics";

    private readonly ResultsFolder _results = new();
    private readonly List<Observation> _seen = [];

    public void Dispose() => _results.Dispose();

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
            _seen.AddRange([new SourceLost(At(27), "rooms", "connection refused", null), new SourceBack(At(34), "rooms")]);
        if (how == "restarted")
            _seen.Add(Node(Metrics, 35, 8) with { Metrics = new LiveKitMetrics { StartedAt = At(31).ToUnixTimeSeconds() } });

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
            _seen.Add(Listed(second, Enumerable.Range(1, rooms).Select(room => ($"room-vm-0{room}", 3))));

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
            _seen.Add(Listed(second, [("room-vm-01", how == "falling" && second > 40 ? 2 : 3), ("room-vm-02", how == "unlike" ? 4 : 3)]));

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
        _results.Write("vm-01/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, _ => new Second
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
        new HandmadeLk("vm-01", subscribers).AddTo(_results);
        foreach (var (count, index) in counts.Split(' ').Select((count, index) => (int.Parse(count, CultureInfo.InvariantCulture), index)))
            _seen.Add(Listed(15 + (10 * index), [("room-vm-01", count)]));

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
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000), Received.Audio(1, 2, 3000)) { AudioPublishers = publishers }.AddTo(_results);
        var all = publishers + 2;
        _seen.AddRange(new[] { (15, all, publishers), (25, all, publishers), (35, all - dropped, publishers == 1 ? 0 : publishersLeft),
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
        _seen.Add(new SourceLost(At(3), "rooms", why, null));

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
        new HandmadeLk("vm-01", Received.Audio(0, 2, 0), Received.Audio(1, 2, 0)).AddTo(_results);
        for (var at = 15; at < 60; at += 10)
            _seen.AddRange([Listed(at, [("room-vm-01", listed)]), Node(Metrics, at + 1, first),
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
            new HandmadeLk(host, [.. Subscribed(0, got), .. Subscribed(1, got)]) { AudioPublishers = due }.AddTo(_results);

        var judgement = Summary().Judgement;

        judgement.Reason.ShouldContain($"4 subscribers got fewer tracks than were due: {cause}");
        judgement.Advice.ShouldBe(ErrorCause.SubscriptionLimit.NextStep);
    }

    [Fact]
    public void Subscribers_that_have_other_numbers_of_tracks_are_under_no_limit()
    {
        new HandmadeLk("vm-01", [.. Subscribed(0, 1), .. Subscribed(1, 2), .. Subscribed(2, 3)]) { AudioPublishers = 3 }.AddTo(_results);

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
        }.AddTo(_results);

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
        new HandmadeLk("vm-01", [.. TwoTracks(0, first, other), .. TwoTracks(1, second, other)]) { AudioPublishers = 2 }.AddTo(_results);

        Summary().Findings.ShouldAllBe(finding => finding.Cause != ErrorCause.TrackStopped);
    }

    [Theory]
    [InlineData("vm-01", 1)]
    [InlineData("vm-02", 3)]
    [InlineData("vm-02", 8)]
    public void Panics_of_lk_are_the_generators(string host, int panics)
    {
        foreach (var vm in (string[])["vm-01", "vm-02"])
            new HandmadeLk(vm, [.. Enumerable.Range(0, 10).Select(one => Received.Audio(one, 2, vm == host && one < panics ? 500 : 3000))])
                .AddTo(_results);
        Write(host, [.. Enumerable.Repeat("caught panic in consumeTrack runtime error: invalid memory address", panics)]);

        var summary = Summary();

        summary.Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
        summary.Judgement.Reason.ShouldBe($"1 of 2 load generators was the bottleneck itself: {host}, lk panicked and stopped reading a "
            + $"track ({panics} time{(panics == 1 ? "" : "s")} from 08:00:11).");
        summary.Judgement.Advice.ShouldBe(ErrorCause.Panic.NextStep);
        summary.Happenings.ShouldContain(happening => happening.What.StartsWith($"lk reported {panics} panic", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 2)]
    [InlineData(10, 3)]
    public void Few_panics_excuse_no_more_subscribers_than_tracks(int hurt, int panics)
    {
        new HandmadeLk("vm-01", [.. Enumerable.Range(0, 10).Select(one => Received.Audio(one, 2, one < hurt ? 500 : 3000))])
            .AddTo(_results);
        Write("vm-01", [.. Enumerable.Repeat("caught panic in consumeTrack", panics)]);

        var judgement = Summary().Judgement;

        judgement.Verdict.ShouldBe(Verdict.Failed);
        judgement.Reason.ShouldContain($"{hurt - panics} of {11 - panics} participants w");
    }

    [Theory]
    [InlineData("could not publish video track: timeout", true)]
    [InlineData("resuming RTC session", true)]
    [InlineData("the moon was in the way of 10.0.0.1:4711", false)]
    public void Errors_of_lk_with_counts_places_and_times(string line, bool known)
    {
        foreach (var vm in (string[])["vm-01", "vm-02"])
            new HandmadeLk(vm, Received.Audio(0, 2, 3000)).AddTo(_results);
        Write("vm-01", [line, line]);
        Write("vm-02", [line]);

        var finding = Summary().Findings.Single(one => one.What.StartsWith("lk reported", StringComparison.Ordinal));

        (finding.What, finding.Where).ShouldBe((
            $"lk reported 3 times: {ErrorTexts.Normalized(line)}{(known ? "" : " (an error that is not known)")}", "vm-01, vm-02"));
        (finding.From, finding.To, finding.Cause is not null).ShouldBe((At(11), At(12), known));
    }

    [Theory]
    [InlineData("vm-01", 1, "1 of 2 load generators was the bottleneck itself: vm-01, its disk was full (1 time).")]
    [InlineData("vm-02", 40, "1 of 2 load generators was the bottleneck itself: vm-02, its disk was full (40 times).")]
    [InlineData("vm-01", 0, null)]
    public void A_full_disk_in_the_log_of_the_launcher(string host, int times, string? reason)
    {
        foreach (var vm in (string[])["vm-01", "vm-02"])
            new HandmadeLk(vm, Received.Audio(0, 2, 3000)).AddTo(_results);
        _results.Write($"{host}/logs/launcher.log", Encoding.UTF8.GetBytes("1795950454.371797 to start at 1795950458.468506\n"
            + string.Concat(Enumerable.Repeat("loadtest-host: line 88: echo: write error: No space left on device\n", times))));

        var judgement = Summary().Judgement;

        judgement.Verdict.ShouldBe(reason is null ? Verdict.Passed : Verdict.Inconclusive);
        if (reason is not null)
            judgement.Reason.ShouldBe(reason);
    }

    [Fact]
    public void Errors_that_are_not_known_are_few()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        Write("vm-01", [.. Enumerable.Range(0, 6).Select(number => $"trouble {(char)('a' + number)}")]);

        Summary().Findings.Count(finding => finding.What.StartsWith("lk ", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Theory]
    [InlineData("failed", "The operation has timed out.", 10, Verdict.Inconclusive)]
    [InlineData("failed", null, 3000, Verdict.Inconclusive)]
    [InlineData("succeeded", null, 10, Verdict.Failed)]
    [InlineData("succeeded", null, 3000, Verdict.Passed)]
    public void A_Run_phase_that_failed(string outcome, string? why, long packets, Verdict verdict)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, packets)).AddTo(_results);
        _results.Phases =
        [
            new PhaseRun("Run", At(-100), 5, "failed", "an earlier one"), new PhaseRun("Prepare", At(-20), 5, "succeeded"),
            new PhaseRun("Run", At(-10), 40, outcome, why), new PhaseRun("Collect", At(70), 5, "succeeded"),
        ];

        var summary = Summary();

        summary.Judgement.Verdict.ShouldBe(verdict);
        if (outcome == "failed")
        {
            summary.Judgement.Reason.ShouldBe(
                $"The Run phase failed at 08:00:30: {why?.TrimEnd('.') ?? "no reason given"}; what followed shows nothing about LiveKit.");
            summary.Happenings.ShouldContain(happening => happening.Kind == HappeningKind.RunFailed && happening.At == At(30));
            summary.Findings.ShouldAllBe(finding => finding.Weight != Verdict.Failed);
        }
    }

    [Theory]
    [InlineData(1, 2, "other load on this LiveKit: up to 1 room with 2 participants")]
    [InlineData(2, 1, "other load on this LiveKit: up to 2 rooms with 1 participant")]
    [InlineData(3, 0, null)]
    public void Rooms_of_others_are_load_when_participants_are_in_them(int rooms, int participants, string? finding)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        _seen.AddRange([new RoomsSeen(At(5), [], rooms, participants), new RoomsSeen(At(15), [], 9, 0)]);

        Summary().Findings.FirstOrDefault(one => one.What.Contains("load on", StringComparison.Ordinal))?.What.ShouldBe(finding);
        Summary().Findings.Any(one => one.What.Contains("load on", StringComparison.Ordinal)).ShouldBe(finding is not null);
    }

    private RunSummary Summary()
    {
        if (_seen.Count > 0)
            _results.Write(ObservationJson.File, [.. _seen.OrderBy(seen => seen.At)
                .SelectMany(seen => ObservationJson.Line(seen).Append((byte)'\n'))]);
        return _results.Summarize(Thresholds);
    }

    /// <summary>Two rooms of 4 participants each, some of which LiveKit no longer lists from a second on.</summary>
    private void Rooms(string gone, int at, int? before = null)
    {
        foreach (var vm in (string[])["vm-01", "vm-02"])
        {
            var packets = gone.Contains(vm, StringComparison.Ordinal) ? 50 * (at - 2) : 3000;
            new HandmadeLk(vm, [.. Enumerable.Range(0, 3).Select(one => Received.Audio(one, 2, packets))]).AddTo(_results);
        }

        for (var second = 15; second < 60; second += 10)
        {
            var last = second < at && second + 10 >= at ? before : null;
            _seen.Add(Listed(second, ((string[])["vm-01", "vm-02"]).Where(vm => second < at || !gone.Contains(vm, StringComparison.Ordinal))
                .Select(vm => ($"room-{vm}", gone.Contains(vm, StringComparison.Ordinal) ? last ?? 4 : 4))));
            _seen.Add(Node(Metrics, second, 8));
        }
    }

    /// <summary>A publisher and subscribers, of which the last are refused.</summary>
    private void Refuse(string host, int joined, int refused, string error)
    {
        new HandmadeLk(host, [.. Enumerable.Range(0, joined + refused).Select(one => Received.Audio(one, 2, 3000))]).AddTo(_results);
        Write(host, [.. Enumerable.Range(joined, refused).Select(one => $"could not connect Sub {one + 1}: {error}")], "stdout");
    }

    /// <summary>Adds lines of lk, of second 11, 12 and so on.</summary>
    private void Write(string host, IReadOnlyList<string> lines, string stream = "stderr")
    {
        var path = $"{host}/logs/lk-1.{stream}";
        string[] Before(string file) => File.Exists(_results.PathOf(file)) ? File.ReadAllLines(_results.PathOf(file)) : [];
        var (text, times) = (Before(path).ToList(), Before($"{path}.times").ToList());
        text.InsertRange(Math.Min(1, text.Count), lines);
        times.InsertRange(Math.Min(1, times.Count),
            lines.Select((_, number) => string.Create(CultureInfo.InvariantCulture, $"{HandmadeLk.Epoch + 11 + number:F6}")));
        _results.Write(path, Encoding.UTF8.GetBytes(string.Concat(text.Select(line => line + "\n"))));
        _results.Write($"{path}.times", Encoding.UTF8.GetBytes(string.Concat(times.Select(line => line + "\n"))));
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

    private static DateTimeOffset At(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(HandmadeLk.Epoch + seconds);
}
