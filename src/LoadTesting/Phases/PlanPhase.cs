using System.Globalization;
using Humanizer;
using LoadTesting.LoadKinds;

namespace LoadTesting.Phases;

/// <summary>Says what Report would do. Touches nothing, not even the cloud.</summary>
/// <param name="parameters">What the operator set.</param>
public sealed class PlanPhase(LoadTestParameters parameters)
{
    /// <summary>Name and value, line by line.</summary>
    public IReadOnlyList<(string Name, string Value)> Rows()
    {
        var (fleet, kind) = (parameters.Fleet, KnownKinds.Of(parameters.Load));
        var plan = kind.Plan(parameters.Load, Hosts(fleet.InstanceCount), "plan-0000");
        return
        [
            ("Fleet", HostsOf(fleet)),
            .. kind.Rows(parameters, plan),
            ("Price", parameters.Inventory is null ? Price(fleet.PricePerHour * fleet.InstanceCount, RunLength.Of(plan).Expected) : "the machines are yours"),
            ("Thresholds", parameters.Results.Thresholds),
            ("Results", parameters.Results.Directory),
        ];
    }

    private string HostsOf(FleetParameters fleet) => parameters.Inventory is { } inventory
        ? $"{Counted("machine", fleet.InstanceCount)} of {inventory.File}, group {inventory.Group}"
        : Invariant($"{fleet.InstanceCount} VMs named {fleet.Name}-01 to {fleet.Name}-{fleet.InstanceCount:00}, {parameters.OpenStack.Flavor}, {parameters.OpenStack.Image}");

    private static IReadOnlyList<string> Hosts(int count) => [.. Enumerable.Range(1, count).Select(index => Invariant($"vm-{index:00}"))];

    private static string Counted(string what, int count) => what.ToQuantity(count, "N0", CultureInfo.InvariantCulture);

    private static string Price(decimal perHour, TimeSpan load) =>
        Invariant($"{perHour:0.00} an hour while the fleet stands; the load alone {perHour * (decimal)load.TotalHours:0.00}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
