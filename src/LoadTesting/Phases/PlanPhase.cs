using System.Globalization;
using Humanizer;
using LoadTesting.LoadKinds.Participants;
using LoadTesting.Providers;

namespace LoadTesting.Phases;

/// <summary>Says what Report would do. Touches nothing, not even the cloud.</summary>
/// <param name="parameters">What the operator set.</param>
/// <param name="provider">Where the hosts come from.</param>
public sealed class PlanPhase(LoadTestParameters parameters, FleetProvider provider)
{
    /// <summary>Name and value, line by line.</summary>
    public IReadOnlyList<(string Name, string Value)> Rows()
    {
        var (fleet, load) = (parameters.Fleet, parameters.Load);
        var plan = LoadPlanner.Plan(load, Hosts(fleet.InstanceCount), "plan-0000");
        var expected = ExpectedLoad.Of(plan);
        var mix = Mix.Of(load);
        var duration = TimeSpan.FromSeconds(plan.Processes.Max(process => process.StartOffsetSeconds) + plan.RampUpSeconds + plan.DurationSeconds);
        return
        [
            ("Fleet", provider.Describe(fleet)),
            ("Load per VM", Invariant($"{mix.Participants} participants: {mix.VideoPublishers} publish video, {mix.AudioPublishers} audio, {mix.Subscribers} subscribe{OnlySubscribing(load, fleet.InstanceCount, mix)}")),
            ("Load in all", Invariant($"{expected.Participants} participants in {Counted("room", expected.Rooms)}, {Counted("lk process", plan.Processes.Count)}")),
            ("Media", $"{load.VideoResolution} {load.VideoCodec}, layout {load.Layout}"),
            ("Tracks", Invariant($"{expected.Tracks.Min} to {expected.Tracks.Max} subscribed")),
            ("Traffic", $"about {Bits(expected.DownBitsPerSecond)} to the VMs, {Bits(expected.UpBitsPerSecond)} from them"),
            ("Time", $"{Words(TimeSpan.FromSeconds(plan.RampUpSeconds))} to join at {load.JoinsPerSecond.ToString(CultureInfo.InvariantCulture)} a second and VM, then {Words(TimeSpan.FromSeconds(plan.DurationSeconds))} of load{Staged(load)}"),
            ("Price", provider.NoPrice ?? Price(fleet.PricePerHour * fleet.InstanceCount, duration)),
            ("Thresholds", parameters.Results.Thresholds),
            ("Results", parameters.Results.Directory),
        ];
    }

    private static IReadOnlyList<string> Hosts(int count) => [.. Enumerable.Range(1, count).Select(index => Invariant($"vm-{index:00}"))];

    private static string Counted(string what, int count) => what.ToQuantity(count, "N0", CultureInfo.InvariantCulture);

    private static string OnlySubscribing(LoadParameters load, int servers, Mix mix) => load.PublishingVms is { } publishing && publishing < servers
        ? Invariant($"; so on {Counted("VM", publishing)}, on the others {mix.Subscribers} that only subscribe")
        : "";

    private static string Staged(LoadParameters load) => load.Stages.Count == 0 ? "" : Invariant(
        $", after {string.Join(", ", load.Stages.SkipLast(1).Select(stage => Invariant($"{stage.Share:0.##%} for {new Duration(stage.Hold)}")))}");

    private static string Words(TimeSpan time) => time.Humanize(2, CultureInfo.InvariantCulture, minUnit: TimeUnit.Second);

    private static string Bits(double perSecond) => perSecond switch
    {
        >= 1e9 => Invariant($"{perSecond / 1e9:0.0} Gbit/s"),
        >= 1e6 => Invariant($"{perSecond / 1e6:0.0} Mbit/s"),
        _ => Invariant($"{perSecond / 1e3:0} kbit/s"),
    };

    private static string Price(decimal perHour, TimeSpan load) =>
        Invariant($"{perHour:0.00} an hour while the fleet stands; the load alone {perHour * (decimal)load.TotalHours:0.00}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
