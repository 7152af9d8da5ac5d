using Reporting.Judging;
using Reporting.Raw.Manifest;
using Reporting.Raw.Observations;
using Reporting.Raw.Prometheus;
using Reporting.Summary;

namespace Reporting.Tests.Cluster;

/// <summary>Observations written by hand, and what is said of them; each expected figure is worked out beside it.</summary>
public sealed class ClusterByHand : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 4, 15, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("results");

    public void Dispose() => _results.Delete(recursive: true);

    [Fact]
    public void Restarts_are_those_of_the_run_and_compared_by_uid()
    {
        var cluster = Summed(
            Pod(0, "u1", "a") with { Restarts = 3, CreatedAt = Start.AddHours(-1) },
            Pod(0, "u2", "b") with { CreatedAt = Start.AddHours(-1) },
            Pod(60, "u1", "a") with { Restarts = 4, CreatedAt = Start.AddHours(-1), LastEnd = "OOMKilled", LastExitCode = 137 },
            Pod(61, "u2", "b") with { CreatedAt = Start.AddHours(-1), Ready = false, Gone = true },
            Pod(62, "u3", "b") with { CreatedAt = Start.AddSeconds(62), Restarts = 2 });

        cluster.Restarts.ShouldBe(3, "one of a, and both of the new b");
        cluster.RestartsSeen.ShouldBe(
            [new PodRestart(Start.AddSeconds(60), "a", "OOMKilled"), new PodRestart(Start.AddSeconds(62), "b", null)]);
        cluster.Pods[0].LastEnd.ShouldBe("OOMKilled (exit code 137)");
        cluster.Pods.Select(pod => pod.Name).ShouldBe(["a", "b", "b"]);
        (cluster.ReadyAtStart, cluster.ReadyMost, cluster.ReadyAtEnd).ShouldBe((2, 2, 2));
    }

    [Fact]
    public void A_scaling_has_the_reason_that_the_autoscaler_gave_at_that_moment()
    {
        var cluster = Summed(
            new DeploymentSeen(Start, 2, 2, 2),
            new EventSeen(Start.AddSeconds(29), "e", Start.AddSeconds(29), "Normal", "SuccessfulRescale", "HorizontalPodAutoscaler x",
                "New size: 3", 1),
            new DeploymentSeen(Start.AddSeconds(30), 3, 2, 3),
            new DeploymentSeen(Start.AddSeconds(32), 3, 3, 3),
            new DeploymentSeen(Start.AddSeconds(90), 2, 3, 3));

        cluster.Scalings.ShouldBe([new Scaling(Start.AddSeconds(30), 2, 3, "New size: 3"), new Scaling(Start.AddSeconds(90), 3, 2, null)]);
    }

    [Fact]
    public void Counters_are_added_up_over_pods_and_over_their_restarts()
    {
        var cluster = Summed(
            LiveKit(0, "a", startedAt: -100, packets: 1000, lost: 10),
            LiveKit(0, "b", startedAt: -100, packets: 0, lost: 0),
            LiveKit(10, "a", startedAt: -100, packets: 1500, lost: 20),
            LiveKit(20, "a", startedAt: 12, packets: 100, lost: 5),
            LiveKit(20, "c", startedAt: 15, packets: 400, lost: 0));

        // a: 500 and, after its restart, 100; c began during the run: 400. Lost: 10 and 5.
        cluster.LiveKit!.OutgoingLossRatio.ShouldBe(15.0 / 1015);
        cluster.LiveKit.Pods.ShouldBe(3);
        cluster.LiveKit.ParticipantsMost.ShouldBe(30, "ten on each of the three");
        cluster.LiveKit.SentBitsPerSecondMost.ShouldBe(500 * 100 * 8 / 10.0, "a packet of 100 bytes each, 50 a second");
    }

    [Fact]
    public void The_load_of_each_pod_is_that_of_the_moment_of_most_participants_and_how_uneven_it_was()
    {
        var cluster = Summed(
            Pod(0, "u1", "a"), Pod(0, "u2", "b"), Pod(0, "u3", "c"), Pod(0, "u4", "silent"),
            On(1, "a", rooms: 1, participants: 50), On(1, "b", 0, 0), On(1, "c", 0, 0),
            On(10, "a", 3, 60), On(11, "b", 1, 40), On(12, "c", 0, 0),
            On(20, "a", 1, 10), On(21, "b", 5, 80), On(22, "c", 0, 0));

        // At 12: 60 + 40 + 0, the mean 33.3, rooms 3 + 1 + 0; at 21 there were 90.
        cluster.Placement.ShouldNotBeNull().ShouldSatisfyAllConditions(
            placement => placement.At.ShouldBe(Start.AddSeconds(12)),
            placement => placement.Pods.ShouldBe([new PodLoad("a", 3, 60, 0.6), new PodLoad("b", 1, 40, 0.4), new PodLoad("c", 0, 0, 0)]),
            placement => placement.ParticipantsMostToMean.ShouldBe(1.8, 1e-9),
            placement => placement.RoomsMostToMean.ShouldNotBeNull().ShouldBe(2.25, 1e-9),
            placement => placement.PodsNotRead.ShouldBe(1),
            placement => placement.RoomsWhere.ShouldStartWith(
                "Which room was on which pod is not known: LiveKit's room service names no node"));
        Summary([On(10, "a", 3, 60), On(11, "b", 1, 40), On(12, "c", 0, 0)]).Findings
            .ShouldContain(new Finding(Verdict.Passed,
                "LiveKit's 3 pods were loaded unevenly: the fullest had 60 % of the participants, 1.8 times the mean", "a"));
    }

    [Fact]
    public void Where_one_pod_alone_had_rooms_all_rooms_were_on_it_if_all_pods_were_read()
    {
        Summed(Pod(0, "u1", "a"), Pod(0, "u2", "b"), On(1, "a", 2, 20),
            On(1, "b", 0, 0)).Placement!.RoomsWhere.ShouldBe("All rooms were on a: no other pod ever had one.");
        Summed(Pod(0, "u1", "a"), Pod(0, "u2", "b"),
            On(1, "a", 2, 20)).Placement!.RoomsWhere.ShouldStartWith("Which room was on which pod is not known");
        Summed(Pod(0, "u1", "a"), On(1, "a", 0, 0)).Placement.ShouldBeNull("nobody was in");
    }

    [Fact]
    public void Percentiles_come_from_the_merged_histogram_of_what_was_observed_during_the_run()
    {
        var cluster = Summed(
            Rtt(0, "a", [0, 100], 100), Rtt(0, "b", [0, 0], 0),
            Rtt(10, "a", [90, 190], 190), Rtt(10, "b", [0, 10], 10));

        // 90 of 100 observations up to 50 ms, ten up to 100 ms: the 95th lies in the middle of the second bucket.
        cluster.LiveKit!.RttP95Seconds.ShouldNotBeNull().ShouldBe(0.075, 1e-9);
    }

    [Fact]
    public void A_gap_has_a_begin_an_end_and_the_right_that_is_missing()
    {
        var cluster = Summed(
            new SourceLost(Start, "nodes", "forbidden: nodes is forbidden", "get,list,watch on nodes"),
            new SourceLost(Start, "pods", "connection refused", null),
            new SourceBack(Start.AddSeconds(30), "pods"));

        cluster.Gaps.ShouldBe([
            new ObservationGap("pods", Start, Start.AddSeconds(30), "connection refused", null),
            new ObservationGap("nodes", Start, null, "forbidden: nodes is forbidden", "get,list,watch on nodes")]);
        cluster.Restarts.ShouldBeNull("nobody saw a pod: that is not zero");
    }

    [Fact]
    public void A_repeated_warning_is_one_and_a_node_without_LiveKit_is_none_unless_it_is_in_trouble()
    {
        var cluster = Summed(
            Warning(1, 1), Warning(5, 4),
            Pod(0, "u1", "a") with { Node = "n1" },
            new NodeSeen(Start, "n1", true, null, 4, 8e9, false),
            new NodeSeen(Start, "n2", true, null, 4, 8e9, false),
            new NodeSeen(Start, "n3", false, null, 4, 8e9, false),
            new UsageSeen(Start, true, "n1", Start, 1.5, 2e9));

        cluster.Warnings.ShouldHaveSingleItem().Count.ShouldBe(4);
        cluster.Nodes.Select(node => (node.Name, node.AlwaysReady, node.CoresMost)).ShouldBe([("n1", true, 1.5), ("n3", false, null)]);
    }

    [Fact]
    public void Damaged_lines_of_the_file_are_passed_over()
    {
        Write(new RequestsMade(Start, 17, 9));
        File.AppendAllText(Path.Combine(_results.FullName, ObservationJson.File),
            "{\"kind\":\"moon\"}\nnonsense\n{\"kind\":\"requests\",\"total\":3");

        ObservationJson.Read(_results.FullName).ShouldBe([new RequestsMade(Start, 17, 9)]);
    }

    [Theory]
    [InlineData("pods.restarts==0", ThresholdOutcome.Failed)]
    [InlineData("pods.memory<90%", ThresholdOutcome.Passed)]
    [InlineData("pods.cpu<90%", ThresholdOutcome.Unmeasured)]
    [InlineData("livekit.rtt<200ms", ThresholdOutcome.Unmeasured)]
    public void Thresholds_can_be_about_it(string threshold, ThresholdOutcome outcome)
    {
        var summary = Report.Samples.Healthy with
        {
            Cluster = Summed(
                Pod(0, "u1", "a") with { CreatedAt = Start.AddHours(-1), MemoryLimitBytes = 1e9 },
                new UsageSeen(Start, false, "a", Start, 0.5, 0.5e9),
                Pod(9, "u1", "a") with { CreatedAt = Start.AddHours(-1), MemoryLimitBytes = 1e9, Restarts = 1 }),
        };

        Threshold.Parse(threshold, out _).ShouldHaveSingleItem().Judge(summary).Outcome.ShouldBe(outcome);
    }

    private ClusterSummary Summed(params IReadOnlyList<Observation> observations) => Summary(observations).Cluster.ShouldNotBeNull();

    private RunSummary Summary(IReadOnlyList<Observation> observations)
    {
        Write([.. observations]);
        var manifest = new RunManifest
        {
            RunId = "run",
            Fleet = "fleet",
            Cloud = "rehearsal",
            ToolVersion = "1",
            StartAt = Start,
            Plan = new RunPlan { DurationSeconds = 1, RampUpSeconds = 1, Own = ResultsFolder.Media(), Processes = [] },
        };
        return ResultsReport.Summarize(manifest, _results.FullName, [], Start);
    }

    private void Write(params IReadOnlyList<Observation> observations)
    {
        var path = Path.Combine(_results.FullName, ObservationJson.File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        foreach (var observation in observations)
            file.Write([.. ObservationJson.Line(observation), (byte)'\n']);
    }

    private static PodSeen Pod(int second, string uid, string name) =>
        new(Start.AddSeconds(second), uid, name) { Ready = true, Phase = "Running", CreatedAt = Start };

    private static EventSeen Warning(int second, int count) =>
        new(Start.AddSeconds(second), "w", Start.AddSeconds(second), "Warning", "FailedScheduling", "Pod a", "no node", count);

    private static LiveKitSeen LiveKit(int second, string pod, int startedAt, double packets, double lost) =>
        new(Start.AddSeconds(second), pod, new LiveKitMetrics
    {
        Participants = 10,
        StartedAt = Start.AddSeconds(startedAt).ToUnixTimeSeconds(),
        Counters = new Dictionary<string, double> { ["packetsOut"] = packets, ["lostOut"] = lost, ["bytesOut"] = packets * 100 },
    });

    private static LiveKitSeen On(int second, string pod, int rooms, int participants) =>
        new(Start.AddSeconds(second), pod, new LiveKitMetrics { StartedAt = 1, Rooms = rooms, Participants = participants });

    private static LiveKitSeen Rtt(int second, string pod, double[] counts, double count) =>
        new(Start.AddSeconds(second), pod, new LiveKitMetrics
    {
        StartedAt = 1,
        Histograms = new Dictionary<string, Histogram> { ["rttSeconds"] = new([0.05, 0.1], counts, count) },
    });
}
