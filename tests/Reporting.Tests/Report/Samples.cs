using Reporting.LoadKinds.Participants;
using Reporting.Raw.Manifest;
using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Tests.Report;

/// <summary>Summaries as they come out of runs of different fates.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 4, 15, 22, TimeSpan.Zero);

    public static RunSummary Healthy => WithHosts(10);

    public static RunSummary Failed => Healthy with
    {
        Judgement = new Judgement
        {
            Verdict = Verdict.Failed,
            Reason = "Media stopped arriving on all 10 machines 3 min into the steady state and did not come back.",
            Advice = "Look at what LiveKit and its network did at 04:18:41 UTC; the machines themselves were not short of anything.",
            StillHolds = "Join times and time to first track still hold: they were taken before the outage.",
        },
        Thresholds =
        [
            Threshold("audio-delivery>=95%", "audio-delivery", ">=", 0.95, 0.6113, ThresholdOutcome.Failed, "lowest on vm-07 (60.9 %)"),
            .. Healthy.Thresholds.Skip(1),
        ],
        KeyFigures =
        [
            Healthy.KeyFigures[0] with { Value = 0.6113 },
            .. Healthy.KeyFigures.Skip(1),
        ],
        Findings =
        [
            new Finding(Verdict.Failed, "No media arrived from 04:18:41 UTC to the end.", "vm-01 to vm-10"),
            new Finding(Verdict.Inconclusive, "The last lines of the output are missing.", "vm-04 lk-1"),
        ],
        Happenings =
        [
            new Happening(Start.AddSeconds(190), Start.AddSeconds(190), HappeningKind.Restart,
                "LiveKit pod livekit-0 was restarted (OOMKilled)"),
            new Happening(Start.AddSeconds(199), Start.AddSeconds(320), HappeningKind.Stall, "media stopped arriving at vm-01 to vm-10"),
        ],
        Fleet = Healthy.Fleet with { AudioPacketsReceived = 82_525_500, VideoPacketsReceived = 61_000_000, VideoDeliveryRatio = 0.61 },
        HostsDifferIn = [new HostDifference("kernel",
            [new FactValue("6.8.0-45-generic", ["vm-01", "vm-02", "vm-03"]), new FactValue(null, ["vm-04"])])],
        Stalls = [new Stall(Start.AddSeconds(199), 121, 10, "vm-01 to vm-10")],
        Series = [.. Healthy.Series.Select(series => series with
        {
            Values = [.. series.Values.Select((value, second) => series.Name == "received" && second >= 199 ? 0 : value)],
        })],
    };

    public static RunSummary Inconclusive => Healthy with
    {
        Replay = new ReplayNotice("saturated", "The recording is of lk 2.18.1 with 320 participants on a machine of two processors."),
        Judgement = new Judgement
        {
            Verdict = Verdict.Inconclusive,
            Reason = "2 of 10 machines could not keep up, so their figures measure the machines and not LiveKit.",
            Advice = "Use more machines with fewer participants each.",
        },
        Thresholds =
        [
            .. Healthy.Thresholds.Take(3),
            Threshold("max(generator-cpu)<80%", "generator-cpu", "<", 0.8, null, ThresholdOutcome.Unmeasured, "no samples came home"),
        ],
        KeyFigures = [.. Healthy.KeyFigures.Take(4), Healthy.KeyFigures[4] with { Value = null, Note = "no samples came home" }],
        NotMeasured =
        [
            new Unmeasured("Generator health", "metrics/samples.txt is missing on every machine."),
            new Unmeasured("Cost", "No price applies to your own machines."),
        ],
        Fleet = new MediaFigures { ParticipantsPlanned = 1000 },
        Generators = new GeneratorFigures { HostsMeasured = 0 },
        Hosts =
        [
            .. Healthy.Hosts.Take(8),
            Lost("vm-09", HostOutcome.Lost, "It was not heard of again after it was armed."),
            Lost("vm-10", HostOutcome.NotReady, "The server went to ERROR: No valid host was found."),
        ],
        StartSkew = null,
        Series = [],
        Phases = [],
        Cost = null,
    };

    public static RunSummary WithHosts(int hosts) => new()
    {
        RenderedAt = Start.AddMinutes(8),
        Run = new RunIdentity
        {
            RunId = "20261124-041522-k3fq",
            Fleet = "livekit-loadtest",
            Cloud = "openstack",
            LiveKitUrl = "wss://livekit.example.org",
            StartAt = Start,
            SteadyFrom = Start.AddSeconds(20.4),
            SteadyTo = Start.AddSeconds(320),
            EndedAt = Start.AddSeconds(323),
        },
        Judgement = new Judgement { Verdict = Verdict.Passed, Reason = "All 4 thresholds were measured and held." },
        Thresholds =
        [
            Threshold("audio-delivery>=95%", "audio-delivery", ">=", 0.95, 0.99996, ThresholdOutcome.Passed),
            Threshold("packet-loss<3%", "packet-loss", "<", 0.03, 0.0000213, ThresholdOutcome.Passed),
            Threshold("connected>=99%", "connected", ">=", 0.99, 0.998, ThresholdOutcome.Passed, "lines of lk"),
            Threshold("max(generator-cpu)<80%", "generator-cpu", "<", 0.8, 0.612, ThresholdOutcome.Passed, "highest on vm-07"),
        ],
        KeyFigures =
        [
            new KeyFigure("audio-delivery", "Audio delivery", 0.99996, Unit.Ratio, "packets lk counted over 50 a second of each track"),
            new KeyFigure("connected", "Participants connected", 0.998, Unit.Ratio, "lines of lk", "998 of 1,000"),
            new KeyFigure("join-time", "Join time, p95", 0.412, Unit.Seconds, "time stamps of lk's lines", "longest 1.2 s"),
            new KeyFigure("packet-loss", "Dropped by jitter buffers", 0.0000213, Unit.Ratio, "lk's “Pkt. Loss”; not RTP loss"),
            new KeyFigure("generator-cpu", "Generator CPU, peak", 0.612, Unit.Ratio,
                "/proc/stat, busiest 10 s of the worst machine", "vm-07"),
            new KeyFigure("bitrate", "Received by all", 1.234e9, Unit.BitsPerSecond, "tables of lk, steady state"),
        ],
        Load = new ParticipantsShape
        {
            Hosts = hosts, Processes = hosts, Rooms = hosts, Participants = 100 * hosts, VideoPublishers = 5 * hosts,
            AudioPublishers = 10 * hosts, Subscribers = 90 * hosts, JoinsPerSecond = 5 * hosts, RampUpSeconds = 20,
            DurationSeconds = 300, Layout = "speaker", VideoCodec = "h264", VideoResolution = "low",
        },
        NotMeasured = [new Unmeasured("Not observed: events", "forbidden: events is forbidden; needs get,list,watch on events.")],
        StartSkew = new StartSkew(0.0042, 0.0008, hosts, hosts),
        Fleet = Media(100 * hosts),
        Generators = Generator(0.612),
        Hosts = [.. Enumerable.Range(1, hosts).Select(Host)],
        Processes = [.. Enumerable.Range(1, hosts).Select(Process)],
        Cluster = Cluster,
        Rooms = [.. Enumerable.Range(1, hosts).Select(number => new RoomSummary($"load-{number:00}", [$"vm-{number:00}"], Media(100)))],
        Series =
        [
            Series("received", Unit.BitsPerSecond, second => 1.3e9 * Ramp(second) + 2e7 * Math.Sin(second / 3.0)),
            Series("sent", Unit.BitsPerSecond, second => second is > 150 and < 156 ? null : 1.1e8 * Ramp(second)),
            Series("generator-cpu", Unit.Ratio, second => 0.48 * Ramp(second) + 0.05 * Math.Sin(second / 7.0)),
            Series("participants", Unit.Count, second => Math.Floor(998 * Ramp(second))),
            OfCluster("pods.ready", Unit.Count, second => second is >= 120 and < 135 ? 1 : second < 75 ? 2 : 3),
            OfCluster("pods.wanted", Unit.Count, second => second < 40 ? 2 : 3),
            OfCluster("pods.cores", Unit.Count, second => second is > 200 and < 230 ? null : 0.2 + 3.4 * Ramp(second)),
            OfCluster("pods.memory", Unit.Bytes, second => second is > 120 and < 135 ? 1.1e9 : 1e9 + 2e9 * Ramp(second)),
            OfCluster("livekit.participants", Unit.Count, second => Math.Floor(1000 * Ramp(second - 5))),
        ],
        Phases =
        [
            new PhaseRun("Provision", Start.AddMinutes(-4), 62.4, "succeeded"),
            new PhaseRun("Configure", Start.AddMinutes(-3), 41.1, "succeeded"),
            new PhaseRun("Prepare", Start.AddMinutes(-2), 33, "succeeded"),
            new PhaseRun("Run", Start.AddMinutes(-1), 383.2, "succeeded"),
            new PhaseRun("Collect", Start.AddMinutes(6), 8.75, "succeeded"),
        ],
        Commands =
        [
            new CommandLine(
                "lk load-test --room load-01 --identity-prefix k3fq-01-1 --video-publishers 5 --audio-publishers 10 --subscribers 90 "
                + "--num-per-second 5 --video-codec h264 --video-resolution low --layout speaker --duration 320s", "vm-01 lk-1"),
        ],
        Versions =
        [
            new ProgramVersion("load test", "0.1.0"),
            new ProgramVersion("lk", "2.18.1", "all machines"),
            new ProgramVersion("LiveKit server", null),
        ],
        Parameters = new Dictionary<string, string> { ["participants-per-vm"] = "100", ["test-duration"] = "5m" },
        Cost = new Cost(0.10m, hosts, 0.2),
    };

    private static double Ramp(int second) => Math.Clamp(second / 20.0, 0, 1);

    private static TimeSeries Series(string name, Unit unit, Func<int, double?> value) =>
        new(name, null, unit, Start, 1, [.. Enumerable.Range(0, 321).Select(value)]);

    private static TimeSeries OfCluster(string name, Unit unit, Func<int, double?> value) =>
        new(name, null, unit, Start, 5, [.. Enumerable.Range(0, 65).Select(step => value(5 * step))]);

    private static ThresholdResult Threshold(
        string text, string metric, string @operator, double limit, double? value, ThresholdOutcome outcome, string? note = null) => new()
    {
        Text = text, Metric = metric, Operator = @operator, Limit = limit, Value = value, Unit = Unit.Ratio, Outcome = outcome, Note = note,
    };

    private static HostSummary Host(int number) => new()
    {
        Name = $"vm-{number:00}",
        Server = $"livekit-loadtest-{number:00}",
        Outcome = number == 4 ? HostOutcome.Incomplete : HostOutcome.Collected,
        StartDelaySeconds = 0.0011 * number,
        StartUncertaintySeconds = 0.0008,
        MissingFiles = number == 4 ? ["logs/lk-1.stderr"] : [],
        Media = Media(100),
        Generator = Generator(0.5 + 0.016 * (number % 8)),
    };

    private static HostSummary Lost(string name, HostOutcome outcome, string reason) => new()
    {
        Name = name,
        Server = $"livekit-loadtest-{name[3..]}",
        Outcome = outcome,
        Reason = reason,
        Media = new MediaFigures { ParticipantsPlanned = 100 },
        Generator = new GeneratorFigures { HostsMeasured = 0 },
    };

    private static ProcessSummary Process(int number) => new()
    {
        Host = $"vm-{number:00}",
        Name = "lk-1",
        Room = $"load-{number:00}",
        StartedAt = Start.AddSeconds(0.0011 * number),
        SteadyFrom = Start.AddSeconds(20.4),
        EndedAt = Start.AddSeconds(323),
        ExitCode = 0,
        UnknownLines = 0,
        Media = Media(100),
    };

    private static MediaFigures Media(int participants) => new()
    {
        ParticipantsPlanned = participants, ParticipantsAttempted = participants, ParticipantsConnected = participants * 998 / 1000,
        ParticipantsServed = participants * 997 / 1000, ParticipantsUnknown = 0, ParticipantsStarved = participants / 1000,
        VideoDeliveryRatio = 0.99, LkPanics = 0, LkFailedSubscriptions = 0,
        ParticipantsDropped = 0, SubscribersConnected = participants * 9 / 10, TracksSubscribed = participants * 8,
        TracksDueMin = participants * 6, TracksDueMax = participants * 9, AudioPacketsReceived = 134_994.6 * participants,
        AudioPacketsDue = 135_000.0 * participants, VideoPacketsReceived = 99_000.0 * participants,
        VideoPacketsDue = 100_000.0 * participants,
        LkPackets = 234_000L * participants, LkPacketsDropped = 5L * participants, ReceivedBitsPerSecond = 1.234e6 * participants,
        LkErrors = 0, JoinTimeSeconds = new Percentiles(participants, 0.21, 0.36, 0.412, 0.88, 1.2),
        TimeToFirstTrackSeconds = new Percentiles(participants * 9 / 10, 0.33, 0.52, 0.61, 1.1, 1.44),
    };

    private static GeneratorFigures Generator(double cpu) => new()
    {
        HostsMeasured = 10, HostsSaturated = 0, CpuMeanRatio = cpu - 0.1, CpuPeakRatio = cpu, StealPeakRatio = 0.0021,
        CpuPressurePeakRatio = 0.08, MemoryPeakRatio = 0.39, UdpReceiveBufferErrors = 0, UdpSendBufferErrors = 0, SoftnetDrops = 0,
        NicDrops = 0, TcpRetransmits = 12, ReceivedBitsPerSecond = 1.31e9, SentBitsPerSecond = 1.1e8, OpenFilesPeak = 733,
    };

    private static ClusterSummary Cluster => new()
    {
        Server = "https://10.0.0.1:6443",
        Namespace = "livekit",
        Deployment = "livekit-livekit-server",
        Image = "livekit/livekit-server:v1.13.5",
        ObservedFrom = Start.AddSeconds(-4),
        ObservedTo = Start.AddSeconds(330),
        Requests = 412,
        MostRequestsInAMinute = 77,
        ReadyAtStart = 2,
        ReadyMost = 3,
        ReadyAtEnd = 3,
        Restarts = 1,
        Evictions = 0,
        Pods =
        [
            new ClusterPod
            {
                Name = "livekit-livekit-server-f597754bd-8bhr5", Node = "lk-node-4", ReadyFrom = Start.AddSeconds(-4),
                Restarts = 1, LastEnd = "OOMKilled (exit code 137)", Evicted = false,
                CoresMost = 1.8, CoresLimit = 2, MemoryMostBytes = 1.01e9, MemoryLimitBytes = 1_073_741_824,
                RoomsMost = 6, ParticipantsMost = 600,
            },
            new ClusterPod { Name = "livekit-livekit-server-f597754bd-kl9p4", Restarts = 0, Trouble = "Unschedulable", Evicted = false },
        ],
        Placement = new Placement
        {
            At = Start.AddSeconds(70),
            Pods = [new PodLoad("livekit-livekit-server-f597754bd-8bhr5", 6, 600, 0.6),
                new PodLoad("livekit-livekit-server-f597754bd-x2v7w", 4, 400, 0.4)],
            PodsNotRead = 1,
            ParticipantsMostToMean = 1.2,
            RoomsMostToMean = 1.2,
            RoomsWhere = "Which room was on which pod is not known: LiveKit's room service names no node when it lists rooms, and the "
                + "metrics of a pod count its rooms without their names.",
        },
        Scalings = [new Scaling(Start.AddSeconds(40), 2, 3,
            "New size: 3; reason: cpu resource utilization (percentage of request) above target")],
        RestartsSeen = [new PodRestart(Start.AddSeconds(120), "livekit-livekit-server-f597754bd-8bhr5", "OOMKilled")],
        Nodes = [new ClusterNode("lk-node-4", AlwaysReady: false, "MemoryPressure", 3.2, 7.91, 9e9, 15_238_139_904)],
        Warnings = [new ClusterWarning(Start.AddSeconds(41), "FailedScheduling", "Pod livekit-livekit-server-f597754bd-kl9p4",
            "0/7 nodes are available", 3)],
        LiveKit = new LiveKitFigures
        {
            Pods = 2, RoomsMost = 10, ParticipantsMost = 1000, TracksPublishedMost = 150,
            TracksSubscribedMost = 9900, ReceivedBitsPerSecondMost = 4.2e7, SentBitsPerSecondMost = 3.9e8,
            IncomingLossRatio = 0, OutgoingLossRatio = 0.0004, Nacks = 1234, Plis = 96, RttP95Seconds = 0.0475, JitterP95Seconds = 0.0079,
            Joins = new Dictionary<string, double> { ["rtc_connected"] = 1000, ["signal_connected"] = 1000 },
        },
        Rooms = [new ClusterRoom("load-01", 100, 10)],
        OtherRooms = 3,
        OtherParticipants = 41,
        Gaps = [new ObservationGap("events", Start.AddSeconds(-4), null, "forbidden: events is forbidden", "get,list,watch on events")],
    };
}
