namespace LoadTesting.Model;

/// <summary>How the capacity of the cluster is searched for.</summary>
public sealed record CapacityParameters
{
    /// <summary><c>--capacity-from</c>: participants of the first step; null: those of one VM.</summary>
    public int? From { get; init; }

    /// <summary><c>--capacity-to</c>: participants of the largest step; null: those of all VMs.</summary>
    public int? To { get; init; }

    /// <summary><c>--capacity-step</c>: participants that each step adds; null: doubled until a step breaks, then bisected.</summary>
    public int? Step { get; init; }

    /// <summary><c>--step-duration</c>: how long each step is held after all have joined.</summary>
    public TimeSpan StepDuration { get; init; } = DefaultOf<Duration>(CapacityHelp.StepDuration).Value;
}
