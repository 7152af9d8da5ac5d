using LoadTesting.LoadKinds;
using LoadTesting.Providers;

namespace LoadTesting.Phases;

/// <summary>Shows what Report would do. Touches nothing, not even the cloud.</summary>
/// <param name="parameters">What the operator set.</param>
/// <param name="provider">Where the hosts come from.</param>
public sealed class PlanPhase(LoadTestParameters parameters, FleetProvider provider)
{
    /// <summary>Name and value, line by line.</summary>
    public IReadOnlyList<(string Name, string Value)> Rows()
    {
        var (fleet, kind) = (parameters.Fleet, KnownKinds.Of(parameters.Load));
        var plan = Plan(parameters);
        return
        [
            ("Fleet", provider.Describe(fleet)),
            .. kind.Rows(parameters, plan),
            ("Price", provider.NoPrice ?? Price(fleet.PricePerHour * fleet.InstanceCount, RunLength.Of(plan).Expected)),
            ("Thresholds", parameters.Results.Thresholds),
            ("Results", parameters.Results.Directory),
        ];
    }

    /// <summary>The plan that a run of these parameters would have.</summary>
    /// <param name="parameters">What the operator set.</param>
    internal static RunPlan Plan(LoadTestParameters parameters) => KnownKinds.Of(parameters.Load).Plan(
        parameters.Load, [.. Enumerable.Range(1, parameters.Fleet.InstanceCount).Select(index => $"vm-{index:00}")], "plan-0000");

    private static string Price(decimal perHour, TimeSpan load) =>
        $"{perHour:0.00} an hour while the fleet exists; the load alone {perHour * (decimal)load.TotalHours:0.00}";
}
