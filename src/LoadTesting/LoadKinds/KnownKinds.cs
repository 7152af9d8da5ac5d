using LoadTesting.Lk;
using LoadTesting.LoadKinds.Participants;

namespace LoadTesting.LoadKinds;

/// <summary>The kinds of load that can be made.</summary>
public static class KnownKinds
{
    /// <summary>All of them; a kind more is an entry more.</summary>
    public static IReadOnlyList<LoadKind> All { get; internal set; } = [new ParticipantsKind()];

    /// <summary>The kind that the parameters ask for.</summary>
    public static LoadKind Of(LoadParameters load) => Of(load.Kind);

    /// <summary>The kind of a plan.</summary>
    /// <exception cref="LoadTestException">Another version wrote it.</exception>
    public static LoadKind Of(RunPlan plan) => Of(plan.Kind);

    private static LoadKind Of(string name) => All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new LoadTestException($"Kind of load: got '{name}'; expected {string.Join(" or ", All.Select(kind => kind.Name))}.");
}
