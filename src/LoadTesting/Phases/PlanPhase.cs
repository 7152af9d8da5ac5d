using LoadTesting.LoadKinds;
using LoadTesting.Plan;
using LoadTesting.Providers;

namespace LoadTesting.Phases;

/// <summary>Shows what Report would do. Touches nothing, not even the cloud.</summary>
/// <param name="parameters">What the operator set.</param>
/// <param name="provider">Where the hosts come from.</param>
/// <param name="cluster">What a run will read of the cluster.</param>
public sealed class PlanPhase(LoadTestParameters parameters, FleetProvider provider, ReadOfCluster cluster)
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
            .. Without(ThresholdChecks.WithoutMeasure(parameters.Results, plan, cluster)),
            ("Results", parameters.Results.Directory),
        ];
    }

    /// <summary>The plan that a run of these parameters would have.</summary>
    /// <param name="parameters">What the operator set.</param>
    public static RunPlan Plan(LoadTestParameters parameters) => KnownKinds.Of(parameters.Load).Plan(
        parameters.Load, [.. Enumerable.Range(1, parameters.Fleet.InstanceCount).Select(index => $"vm-{index:00}")], "plan-0000");

    private static IEnumerable<(string, string)> Without(IReadOnlyList<(string Text, string Why)> thresholds) => thresholds.Count == 0
        ? []
        : [("", $"not judged: {string.Join("; ", thresholds.Select(threshold => $"{threshold.Text} ({threshold.Why})"))}")];

    private static string Price(decimal perHour, TimeSpan load) =>
        $"{perHour:0.00} an hour while the fleet exists; the load alone {perHour * (decimal)load.TotalHours:0.00}";
}
