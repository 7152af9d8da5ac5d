using Reporting.Raw.Manifest;
using Reporting.Raw.Observations;

namespace Reporting.Tests.Cluster;

/// <summary>The cluster over time, from observations written by hand.</summary>
public sealed class CurvesByHand : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 4, 15, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("results");

    public void Dispose() => _results.Delete(recursive: true);

    [Fact]
    public void Ready_and_wanted_pods_hold_until_they_change()
    {
        var curves = Curves(
            new DeploymentSeen(At(-5), 2, 2, 2), Pod(-5, "u1", ready: true), Pod(-5, "u2", ready: true),
            new DeploymentSeen(At(2), 3, 2, 3), Pod(2, "u3", ready: false), Pod(4, "u3", ready: true), Pod(6, "u1", ready: false),
                new RequestsMade(At(7), 1, 1));

        curves["pods.wanted"].ShouldBe([2, 2, 3, 3, 3, 3, 3, 3]);
        curves["pods.ready"].ShouldBe([2, 2, 2, 2, 3, 3, 2, 2]);
    }

    [Fact]
    public void Time_in_which_nobody_looked_is_a_gap_and_not_what_was_seen_last()
    {
        var curves = Curves(
            Pod(0, "u1", ready: true), new SourceLost(At(2), "pods", "connection refused", null), new SourceBack(At(4), "pods"),
                new RequestsMade(At(6), 1, 1));

        curves["pods.ready"].ShouldBe([1, 1, null, null, 1, 1, 1]);
        curves.Keys.ShouldHaveSingleItem("what nobody saw at all has no curve").ShouldBe("pods.ready");
    }

    [Fact]
    public void A_figure_that_is_not_heard_again_ends_and_so_does_the_sum_it_is_in()
    {
        var curves = Curves(
            [.. Enumerable.Range(0, 5).Select(tenth => LiveKit(10 * tenth, "a", 100)), LiveKit(0, "b", 50),
                .. Enumerable.Range(5, 2).Select(tenth => LiveKit(10 * tenth, "a", 100))]);

        var participants = curves["livekit.participants"];
        participants[29].ShouldBe(150);
        participants[30..].ShouldAllBe(value => value == null, "b is there, and nobody knows with how many");
    }

    [Fact]
    public void A_pod_that_is_gone_counts_no_more()
    {
        var curves = Curves(
            LiveKit(0, "a", 100), LiveKit(1, "b", 50), Pod(3, "u2", ready: false) with { Name = "b", Gone = true }, LiveKit(4, "a", 101));

        curves["livekit.participants"].ShouldBe([100, 150, 150, 100, 101]);
    }

    [Fact]
    public void Cores_come_from_the_metrics_API_or_else_from_LiveKits_own_counter()
    {
        Curves(Used(0, "a", 0.5), Used(1, "b", 0.25), LiveKit(2, "a", 1, cpuSeconds: 1))["pods.cores"].ShouldBe([0.5, 0.75, 0.75]);
        // 8 s of processor time in 2 s; then a restart, whose first figure has nothing to be compared with.
        Curves(LiveKit(0, "a", 1, cpuSeconds: 10), LiveKit(2, "a", 1, cpuSeconds: 18), LiveKit(3, "a", 1, cpuSeconds: 1),
            LiveKit(4, "a", 1, cpuSeconds: 4))["pods.cores"]
            .ShouldBe([null, null, 4, 4, 3]);
    }

    [Fact]
    public void Rooms_are_those_of_the_run() =>
        Curves(new RoomsSeen(At(0), [new RoomSeen("one", 40, 1), new RoomSeen("two", 2, 1)], 9, 900),
            new RequestsMade(At(1), 1, 1))["rooms.participants"].ShouldBe([42, 42]);

    [Fact]
    public void Nothing_observed_is_no_curve() => Curves().ShouldBeEmpty();

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);

    private static PodSeen Pod(int second, string uid, bool ready) => new(At(second), uid, uid) { Ready = ready, CreatedAt = Start };

    private static UsageSeen Used(int second, string pod, double cores) => new(At(second), false, pod, At(second), cores, 1e9);

    private static LiveKitSeen LiveKit(int second, string pod, double participants, double? cpuSeconds = null) =>
        new(At(second), pod, new LiveKitMetrics
    {
        Participants = participants,
        Counters = cpuSeconds is { } used ? new Dictionary<string, double> { ["cpuSeconds"] = used } : [],
    });

    private Dictionary<string, double?[]> Curves(params IReadOnlyList<Observation> observations)
    {
        var path = Path.Combine(_results.FullName, ObservationJson.File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path,
            observations.OrderBy(seen => seen.At).Select(seen => System.Text.Encoding.UTF8.GetString(ObservationJson.Line(seen))));
        var manifest = new RunManifest
        {
            RunId = "run", Fleet = "fleet", Cloud = "rehearsal", ToolVersion = "1", StartAt = Start,
            Plan = new RunPlan { DurationSeconds = 1, RampUpSeconds = 1, Own = ResultsFolder.Media(), Processes = [] },
        };
        return ResultsReport.Summarize(manifest, _results.FullName, [], Start).Series.ToDictionary(series => series.Name,
            series => series.Values.ToArray());
    }
}
