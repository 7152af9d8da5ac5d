using System.Diagnostics;
using System.Linq.Expressions;
using System.Reflection;

namespace Nuke.Common.Execution;

/// <summary>A target of a build: its definition, what it is connected to, and how far it is.</summary>
public class ExecutableTarget
{
    internal ExecutableTarget(TargetDefinition definition, Delegate factory, bool isDefault)
    {
        Definition = definition;
        Factory = factory;
        IsDefault = isDefault;
    }

    /// <summary>The name, the property's.</summary>
    public string Name => Definition.Name;

    /// <summary>The property that defines the target.</summary>
    public MemberInfo Member => Definition.Property;

    /// <summary>What the target is for, or null.</summary>
    public string? Description => Definition.DescriptionText;

    /// <summary>Whether the help lists the target.</summary>
    public bool Listed => !Definition.IsUnlisted;

    /// <summary>What the property returned.</summary>
    public Delegate Factory { get; }

    /// <summary>Whether the target runs when none is named.</summary>
    public bool IsDefault { get; }

    /// <summary>Whether the target was named on the command line.</summary>
    public bool Invoked { get; internal set; }

    /// <summary>Whether the target runs even after another has failed.</summary>
    public bool AssuredAfterFailure => Definition.IsAssuredAfterFailure || Factory is Cleanup;

    /// <summary>Whether the targets after it run even when it fails.</summary>
    public bool ProceedAfterFailure => Definition.IsProceedAfterFailure;

    /// <summary>What happens to its dependencies when it is skipped.</summary>
    public DependencyBehavior DependencyBehavior => Definition.DependencyBehavior;

    /// <summary>What must hold before anything runs.</summary>
    public IReadOnlyList<LambdaExpression> DelegateRequirements => Definition.Requirements;

    /// <summary>The files it makes, with wildcards.</summary>
    public IReadOnlyList<string> ArtifactProducts => Definition.Products;

    /// <summary>The targets that run before it because it needs them.</summary>
    public IReadOnlyList<ExecutableTarget> ExecutionDependencies { get; internal set; } = [];

    /// <summary>The targets that run before it if they run at all.</summary>
    public IReadOnlyList<ExecutableTarget> OrderDependencies { get; internal set; } = [];

    /// <summary>The targets that trigger it.</summary>
    public IReadOnlyList<ExecutableTarget> TriggerDependencies { get; internal set; } = [];

    /// <summary>The targets it triggers.</summary>
    public IReadOnlyList<ExecutableTarget> Triggers { get; internal set; } = [];

    /// <summary>All the targets that run before it.</summary>
    public IReadOnlyCollection<ExecutableTarget> AllDependencies => [.. ExecutionDependencies, .. OrderDependencies, .. TriggerDependencies];

    /// <summary>How far it is.</summary>
    public ExecutionStatus Status { get; internal set; }

    /// <summary>How long it has been running.</summary>
    public TimeSpan Duration => Stopwatch.Elapsed;

    /// <summary>What the table of targets says about it.</summary>
    public Dictionary<string, string> SummaryInformation { get; internal set; } = [];

    /// <summary>Why it was skipped, or null.</summary>
    public string? Skipped => SummaryInformation.GetValueOrDefault(nameof(Skipped));

    /// <summary>The conditions that did not hold, or null.</summary>
    public string? OnlyWhen => SummaryInformation.GetValueOrDefault(nameof(OnlyWhen));

    internal TargetDefinition Definition { get; }

    internal Stopwatch Stopwatch { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Status})";
}
