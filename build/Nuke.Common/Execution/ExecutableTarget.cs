using System.Diagnostics;

namespace Nuke.Common.Execution;

/// <summary>A target of a build: its definition, what it is connected to, and how far it is.</summary>
public class ExecutableTarget
{
    internal ExecutableTarget(string name, TargetDefinition definition, Target factory, bool isDefault)
    {
        Name = name;
        Definition = definition;
        Factory = factory;
        IsDefault = isDefault;
    }

    /// <summary>The name, the property's.</summary>
    public string Name { get; }

    /// <summary>What its property says about it.</summary>
    internal TargetDefinition Definition { get; }

    /// <summary>What the property returned.</summary>
    internal Target Factory { get; }

    /// <summary>Whether the target runs when none is named.</summary>
    internal bool IsDefault { get; }

    /// <summary>Whether the target was named on the command line.</summary>
    internal bool Invoked { get; set; }

    /// <summary>The targets that run before it because it needs them.</summary>
    internal IReadOnlyList<ExecutableTarget> ExecutionDependencies { get; set; } = [];

    /// <summary>The targets that run before it if they run at all.</summary>
    internal IReadOnlyList<ExecutableTarget> OrderDependencies { get; set; } = [];

    /// <summary>The targets that trigger it.</summary>
    internal IReadOnlyList<ExecutableTarget> TriggerDependencies { get; set; } = [];

    /// <summary>The targets it triggers.</summary>
    internal IReadOnlyList<ExecutableTarget> Triggers { get; set; } = [];

    /// <summary>All the targets that run before it.</summary>
    internal IReadOnlyList<ExecutableTarget> AllDependencies => [.. ExecutionDependencies, .. OrderDependencies, .. TriggerDependencies];

    internal ExecutionStatus Status { get; set; }

    internal Stopwatch Stopwatch { get; } = new();

    /// <summary>What the table of targets says about it.</summary>
    internal Dictionary<string, string> SummaryInformation { get; set; } = [];
}
