namespace Rehearsal.Tests;

/// <summary>What is observed of the cluster belongs to the scenario that lk plays.</summary>
[Trait("speed", "slow")]
public sealed class BothSidesOfAScenario(ReplayedScenarios scenarios) : IClassFixture<ReplayedScenarios>
{
    public static TheoryData<string> All { get; } = [.. ReplayedScenarios.Names];

    /// <summary>Of a host that was lost, lk's side is not known.</summary>
    public static TheoryData<string> Collected { get; } = [.. ReplayedScenarios.Names.Except(["host-lost"])];

    [Theory]
    [MemberData(nameof(Collected))]
    public async Task Count_the_same_participants(string scenario)
    {
        var summary = await scenarios.SummaryAsync(scenario);

        var connected = summary.Fleet.ParticipantsConnected!.Value;
        connected.ShouldBeGreaterThan(100);
        summary.Cluster!.LiveKit!.ParticipantsMost.ShouldBe(connected);
        summary.Cluster.Rooms.Sum(room => room.ParticipantsMost).ShouldBe(connected);
        summary.Cluster.LiveKit.RoomsMost.ShouldBe(summary.Load.Rooms);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Have_the_restarts_and_the_loss_of_the_scenario_and_no_other(string scenario)
    {
        var cluster = (await scenarios.SummaryAsync(scenario)).Cluster!;

        cluster.Restarts.ShouldBe(scenario switch { "outage" => 2, "returning" => 1, _ => 0 });
        cluster.Pods.Count(pod => pod.CoresMost >= pod.CoresLimit).ShouldBe(scenario is "pod-limit" or "capacity" ? 2 : 0);
        cluster.Pods.Count(pod => pod.Trouble == "Unschedulable").ShouldBe(scenario == "pod-limit" ? 2 : 0);
        cluster.LiveKit!.OutgoingLossRatio!.Value.ShouldBe(scenario == "lossy" ? 0.041 : 0, tolerance: 0.001);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Have_traffic_without_a_seam(string scenario)
    {
        var series = (await scenarios.SummaryAsync(scenario)).Series;

        foreach (var traffic in series.Where(series => series.Name is "received" or "sent"))
        {
            var rates = traffic.Values.OfType<double>().Order().ToList();
            rates.Count.ShouldBeGreaterThan(20);
            rates[0].ShouldBeGreaterThanOrEqualTo(0);
            rates[^1].ShouldBeLessThan(2 * rates[rates.Count * 9 / 10], traffic.Name);
        }
    }
}
