using Humanizer;
using LoadTesting.LoadKinds.Participants;

namespace LoadTesting.Phases;

/// <summary>Says what Report would do. Touches nothing, not even the cloud.</summary>
/// <param name="parameters">What the operator set.</param>
public sealed class PlanPhase(LoadTestParameters parameters)
{
    /// <summary>Name and value, line by line.</summary>
    public IReadOnlyList<(string Name, string Value)> Rows()
    {
        var (fleet, load) = (parameters.Fleet, parameters.Load);
        var plan = LoadPlanner.Plan(load, Hosts(fleet.InstanceCount), "plan-0000");
        var expected = ExpectedLoad.Of(plan);
        var mix = Mix.Of(load);
        var end = plan.Processes.Max(process => process.StartOffsetSeconds) + plan.RampUpSeconds + plan.DurationSeconds;
        return
        [
            ("Fleet", HostsOf(fleet)),
            ("Load per VM", $"{mix.Participants} participants: {mix.VideoPublishers} publish video, {mix.AudioPublishers} audio, "
                + $"{mix.Subscribers} subscribe{OnlySubscribing(load, fleet.InstanceCount, mix)}"),
            ("Load in all", $"{expected.Participants} participants in {Format.Counted(expected.Rooms, "room")}, "
                + Format.Counted(plan.Processes.Count, "lk process")),
            ("Media", $"{load.VideoResolution} {load.VideoCodec}, layout {load.Layout}"),
            ("Tracks", $"{Format.Range(expected.Tracks.Min, expected.Tracks.Max)} subscribed"),
            ("Traffic", $"about {Format.Show(expected.DownBitsPerSecond, Unit.BitsPerSecond)} to the VMs, "
                + $"{Format.Show(expected.UpBitsPerSecond, Unit.BitsPerSecond)} from them"),
            ("Time", $"{Words(plan.RampUpSeconds)} to join at {load.JoinsPerSecond} a second and VM, "
                + $"then {Words(plan.DurationSeconds)} of load{Staged(load)}"),
            ("Price", parameters.Inventory is null
                ? Price(fleet.PricePerHour * fleet.InstanceCount, TimeSpan.FromSeconds(end))
                : "the machines are yours"),
            ("Thresholds", parameters.Results.Thresholds),
            ("Results", parameters.Results.Directory),
        ];
    }

    private string HostsOf(FleetParameters fleet) => parameters.Inventory is { } inventory
        ? $"{Format.Counted(fleet.InstanceCount, "machine")} of {inventory.File}, group {inventory.Group}"
        : $"{Format.Counted(fleet.InstanceCount, "VM")} named {fleet.Name}-01 to {fleet.Name}-{fleet.InstanceCount:00}, "
            + $"{parameters.OpenStack.Flavor}, {parameters.OpenStack.Image}";

    private static IReadOnlyList<string> Hosts(int count) => [.. Enumerable.Range(1, count).Select(index => $"vm-{index:00}")];

    private static string OnlySubscribing(LoadParameters load, int servers, Mix mix) =>
        load.PublishingVms is { } publishing && publishing < servers
        ? $"; so on {Format.Counted(publishing, "VM")}, on the others {mix.Subscribers} that only subscribe"
        : "";

    private static string Staged(LoadParameters load) => load.Stages.Count == 0
        ? ""
        : $", after {string.Join(", ", load.Stages.SkipLast(1).Select(stage => $"{stage.Share:0.##%} for {new Duration(stage.Hold)}"))}";

    private static string Words(double seconds) => TimeSpan.FromSeconds(seconds).Humanize(2, minUnit: TimeUnit.Second);

    private static string Price(decimal perHour, TimeSpan load) =>
        $"{perHour:0.00} an hour while the fleet stands; the load alone {perHour * (decimal)load.TotalHours:0.00}";
}
