using LoadTesting.LoadKinds;
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
        var (fleet, kind) = (parameters.Fleet, KnownKinds.Of(parameters.Load));
        var plan = kind.Plan(parameters.Load, Hosts(fleet.InstanceCount), "plan-0000");
        return
        [
            ("Fleet", provider.Describe(fleet)),
            .. kind.Rows(parameters, plan),
            ("Price", provider.NoPrice ?? Price(fleet.PricePerHour * fleet.InstanceCount, RunLength.Of(plan).Expected)),
            ("Thresholds", parameters.Results.Thresholds),
            ("Results", parameters.Results.Directory),
        ];
    }

    private static IReadOnlyList<string> Hosts(int count) => [.. Enumerable.Range(1, count).Select(index => $"vm-{index:00}")];

    private static string Price(decimal perHour, TimeSpan load) =>
        $"{perHour:0.00} an hour while the fleet exists; the load alone {perHour * (decimal)load.TotalHours:0.00}";
}
