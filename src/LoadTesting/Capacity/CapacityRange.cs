using LoadTesting.LoadKinds;

namespace LoadTesting.Capacity;

/// <summary>The loads that a search may try: multiples of the participants of one VM, so that a step is a number of whole VMs.</summary>
/// <param name="Unit">Participants of one VM, and the finest that the search can tell apart.</param>
/// <param name="From">Participants of the first step.</param>
/// <param name="To">Participants of the largest step.</param>
/// <param name="Step">Participants that each step adds; null: doubling, then bisecting.</param>
public sealed record CapacityRange(int Unit, int From, int To, int? Step)
{
    /// <summary>The range that the parameters ask for.</summary>
    public static CapacityRange Of(LoadTestParameters parameters)
    {
        var unit = KnownKinds.Of(parameters.Load).ParticipantsPerVm(parameters.Load);
        var (from, to) = (parameters.Capacity.From ?? unit, parameters.Capacity.To ?? unit * parameters.Fleet.InstanceCount);
        return new CapacityRange(unit, from, to, parameters.Capacity.Step);
    }

    /// <summary>How many VMs that many participants take.</summary>
    public int Hosts(int participants) => participants / Unit;

    /// <summary>What is wrong with it; nothing for parameters that are wrong already.</summary>
    public static IEnumerable<ParameterProblem> Problems(LoadTestParameters parameters)
    {
        var range = Of(parameters);
        if (range.Unit < 1)
            yield break;

        var most = range.Unit * parameters.Fleet.InstanceCount;
        (string Name, int? Given, int Most)[] loads =
        [
            ("--capacity-from", parameters.Capacity.From, range.To),
            ("--capacity-to", parameters.Capacity.To, most),
            ("--capacity-step", parameters.Capacity.Step, most),
        ];
        foreach (var (name, given, atMost) in loads.Where(load => load.Given > load.Most || (load.Given ?? 0) % range.Unit != 0))
        {
            yield return new ParameterProblem(
                name, $"{given}", $"a multiple of the {range.Unit} participants of one VM, at most {atMost}");
        }
    }
}
