using Reporting.Raw.Observations;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>The sentence of a stall has its place and time, and its next step is where the cause can be.</summary>
public sealed class StallsTold : IDisposable
{
    private const string Middle = "Look at LiveKit's process, its node and the network before it: media stopped at all VMs at once and "
        + "came back, and no participant lost its room.";
    private const string Both = "Look at LiveKit's log and its process, and at the network between the VMs and LiveKit (UDP).";
    private const string PodOfItsRooms = "and at the LiveKit pod or node that had the rooms of vm-01: vm-02 was well.";
    private const int End = 62;

    private readonly ResultsFolder _results = new();
    private readonly List<Observation> _seen = [];

    public void Dispose() => _results.Dispose();

    [Theory]
    [InlineData(30, End, "from 08:00:30 to the end (32 s) and did not come back")]
    [InlineData(30, 40, "from 08:00:30 to 08:00:40 (10 s)")]
    [InlineData(58, 61, "from 08:00:58 to 08:01:01 (3 s)")]
    public void At_one_VM_while_another_was_well_is_the_network_between(int from, int to, string when)
    {
        Add("vm-01", (from, to));
        Add("vm-02");

        var judgement = Judged();

        judgement.Reason.ShouldStartWith($"Media stopped arriving at vm-01 {when}; vm-02 was well");
        judgement.Advice.ShouldBe("Look at the network between vm-01 and LiveKit (UDP, and the firewalls on its way): vm-02 was well.");
    }

    [Theory]
    [InlineData(1, "room-vm-01", false)]
    [InlineData(2, "room-vm-01", true)] // its pod may have been at fault
    [InlineData(2, "room-vm-02", false)] // the one that was well had the same room
    public void Where_LiveKit_has_several_pods_it_may_be_the_pod_of_its_rooms(int pods, string room, bool named)
    {
        Add("vm-01", (30, 40), room);
        Add("vm-02");
        for (var pod = 0; pod < pods; pod++)
            _seen.Add(new PodSeen(At(-10), $"u{pod}", $"lk-{pod}") { Phase = "Running", Ready = true, CreatedAt = At(-100) });

        Judged().Advice!.Contains(PodOfItsRooms, StringComparison.Ordinal).ShouldBe(named);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("room-vm-02", false)]
    public void Where_its_participants_lost_their_rooms_it_may_be_the_node_of_its_rooms(string? room, bool named)
    {
        Add("vm-01", (30, 40), room, [Received.Audio(0, 2, 1400), Received.Audio(0, 42, 1000) with { TrackId = "TR_AN" }]);
        Add("vm-02");

        Judged().Advice!.Contains(PodOfItsRooms, StringComparison.Ordinal).ShouldBe(named);
    }

    [Fact]
    public void That_ended_before_the_rooms_were_lost_leads()
    {
        Add("vm-01", (20, 25), tracks: [Received.Audio(0, 2, 1400)]);
        Add("vm-02");
        _seen.AddRange([new RoomsSeen(At(20), Rooms(2, 2), 0, 0), new RoomsSeen(At(50), Rooms(0, 2), 0, 0)]);

        Judged().Reason.ShouldStartWith("Media stopped arriving at vm-01 from 08:00:20 to 08:00:25 (5 s)");
    }

    [Theory]
    [InlineData(2, 30, 40, 0, "2 of 2 VMs from 08:00:30 to 08:00:40 (10 s)", Middle)]
    [InlineData(3, 30, 40, 1, "3 of 3 VMs from 08:00:30 to 08:00:42 (12 s)", Middle)]
    [InlineData(3, 30, 40, 5, "3 of 3 VMs from 08:00:30 to 08:00:50 (20 s)", Both)] // one after the other
    [InlineData(2, 30, End, 0, "2 of 2 VMs from 08:00:30 to the end (32 s) and did not come back", Both)]
    [InlineData(1, 30, 40, 0, "vm-01 from 08:00:30 to 08:00:40 (10 s)", Both)]
    public void At_all_VMs_is_what_they_have_in_common(int vms, int from, int to, int apart, string where, string advice)
    {
        for (var vm = 0; vm < vms; vm++)
            Add($"vm-0{vm + 1}", (from + (vm * apart), to + (vm * apart)));

        var judgement = Judged();

        judgement.Reason.ShouldStartWith($"Media stopped arriving at {where}");
        judgement.Reason.ShouldNotContain("well");
        judgement.Advice.ShouldBe(advice);
    }

    [Fact]
    public void Names_the_VM_at_which_it_did_not_come_back()
    {
        Add("vm-01", (30, 40));
        Add("vm-02", (31, End));

        Judged().Reason.ShouldStartWith(
            "Media stopped arriving at 2 of 2 VMs from 08:00:30 to the end (32 s) and did not come back at vm-02");
    }

    [Fact]
    public void Names_no_more_VMs_than_a_sentence_takes()
    {
        for (var vm = 1; vm <= 13; vm++)
            Add($"vm-{vm:00}", vm <= 7 ? (30, 40) : null);

        var judgement = Judged();

        judgement.Reason.ShouldStartWith(
            "Media stopped arriving at 7 of 13 VMs from 08:00:30 to 08:00:40 (10 s); the other 6 VMs were well");
        _results.Summarize("served>=99%").Findings[0].Where.ShouldBe("vm-01, vm-02, vm-03, vm-04, vm-05 and 2 more");
    }

    [Theory]
    [InlineData("rooms", "Look at LiveKit's log and at its process at that time.")]
    [InlineData("metrics of http://lk:6789/metrics", "Look at LiveKit's log and at its process at that time.")]
    [InlineData("Kubernetes", Middle)]
    public void While_LiveKit_did_not_answer_is_LiveKits(string source, string advice)
    {
        Add("vm-01", (30, 40));
        Add("vm-02", (30, 40));
        _seen.AddRange([new RoomsSeen(At(20), Rooms(2, 2), 0, 0), new LiveKitSeen(At(20), "lk", new LiveKitMetrics())]);
        _seen.AddRange([new SourceLost(At(31), source, "connection refused", null), new SourceBack(At(41), source)]);

        Judged().Advice.ShouldBe(advice);
    }

    [Fact]
    public void At_all_VMs_with_lost_rooms_is_LiveKits_as_well()
    {
        foreach (var vm in (string[])["vm-01", "vm-02"])
            Add(vm, (30, 40), tracks: [Received.Audio(0, 2, 1400), Received.Audio(0, 42, 1000) with { TrackId = "TR_AN" }]);

        Judged().Advice.ShouldBe("Look at LiveKit's log and at its process at that time: participants lost their rooms as well.");
    }

    [Theory]
    [InlineData("served>=99%", "2 of 4 participants were not served")]
    [InlineData("audio-delivery>=95%", "2 participants lost their room and did not come back (vm-01, the whole room room-vm-01")]
    [InlineData("connected>=99%", "2 participants lost their room and did not come back (vm-01, the whole room room-vm-01")]
    public void Of_participants_who_lost_their_room_for_good_does_not_lead(string thresholds, string first)
    {
        Add("vm-01", (30, End), tracks: [Received.Audio(0, 2, 1400)]);
        Add("vm-02");
        _seen.AddRange([new RoomsSeen(At(10), Rooms(2, 2), 0, 0), new RoomsSeen(At(20), Rooms(2, 2), 0, 0)]);
        _seen.AddRange([new RoomsSeen(At(35), Rooms(0, 2), 0, 0), new RoomsSeen(At(50), Rooms(0, 2), 0, 0)]);

        var summary = Summary(thresholds);

        summary.Judgement.Verdict.ShouldBe(Verdict.Failed);
        summary.Judgement.Reason.ShouldStartWith(first);
        summary.Judgement.Reason.ShouldNotContain("stopped arriving");
        summary.Judgement.Advice!.ShouldStartWith("Find out who deletes rooms");
        summary.Findings.ShouldContain(finding => finding.What.EndsWith(
            "(32 s) and did not come back: the participants there had lost their rooms", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(8, 6)]
    [InlineData(12, 10)]
    public void Media_that_begins_late_has_not_stopped(double firstTrack, int seconds)
    {
        Add("vm-01", (0, (int)firstTrack), tracks: [Received.Audio(0, firstTrack, 3000 - (50 * seconds))]);
        Add("vm-02");

        var summary = Summary("audio-delivery>=95%");

        summary.Stalls.ShouldBeEmpty();
        summary.Judgement.Verdict.ShouldBe(Verdict.Passed, summary.Judgement.Reason);
        summary.Findings.Where(finding => finding.What.StartsWith("tracks", StringComparison.Ordinal)).Select(Phrases.Placed).ShouldBe(
            seconds == 0 ? [] : [$"tracks began up to {seconds} s after all participants had joined (vm-01)"]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_stall_is_seen_from_when_half_of_the_subscribers_have_a_track(int late)
    {
        Add("vm-01", (20, 25), tracks: [.. Enumerable.Range(0, 4)
            .Select(one => one < late ? Received.Audio(one, 50, 600) : Received.Audio(one, 1, 3000))]);

        _results.Summarize("served>=99%").Stalls.Count.ShouldBe(late <= 2 ? 1 : 0);
    }

    [Fact]
    public void Of_those_who_only_publish_no_media_is_missed()
    {
        Add("vm-01", (20, 30), tracks: []);

        _results.Summarize("served>=99%").Stalls.ShouldBeEmpty();
    }

    [Fact]
    public void Of_subscribers_to_whom_no_one_publishes_no_media_is_missed()
    {
        Add("vm-01", (20, 30), tracks: [Received.Audio(0, 2, 0)]);
        var lines = File.ReadAllLines(_results.PathOf("vm-01/logs/lk-1.stdout"));
        _results.Write("vm-01/logs/lk-1.stdout", System.Text.Encoding.UTF8.GetBytes(string.Concat(lines
            .Select(line => line.StartsWith("subscribed", StringComparison.Ordinal) ? "some line\n" : $"{line}\n"))));

        _results.Summarize("served>=99%").Stalls.ShouldBeEmpty();
    }

    private Judgement Judged() => Summary("audio-delivery>=95%").Judgement;

    private RunSummary Summary(string thresholds)
    {
        if (_seen.Count > 0)
            _results.Write(ObservationJson.File, [.. _seen.SelectMany(seen => ObservationJson.Line(seen).Append((byte)'\n'))]);
        return _results.Summarize(thresholds);
    }

    private void Add(string host, (int From, int To)? stall = null, string? room = null, Received[]? tracks = null)
    {
        new HandmadeLk(host, tracks ?? [Received.Audio(0, 2, 3000)]) { InRoom = room }.AddTo(_results);
        _results.Write($"{host}/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, second =>
            second >= stall?.From && second < stall?.To ? new Second { ReceivedBytes = 30_000, Datagrams = 0 } : new Second())));
    }

    private static List<RoomSeen> Rooms(int first, int second) =>
        [.. new[] { new RoomSeen("room-vm-01", first, 1), new RoomSeen("room-vm-02", second, 1) }.Where(room => room.Participants > 0)];

    private static DateTimeOffset At(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(HandmadeLk.Epoch + seconds);
}
