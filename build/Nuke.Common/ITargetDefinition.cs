using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>Defines a target, one call for each thing to say about it.</summary>
public interface ITargetDefinition
{
    /// <summary>Says what the target is for.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Adds actions, which run in this order.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>Adds an asynchronous action; the target waits for it.</summary>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>Runs the targets before this one, always.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <summary>Runs this target after the others, if they run.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <summary>Runs the targets after this one, always.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    /// <summary>Runs the target, if it is in the plan, also after another has failed.</summary>
    ITargetDefinition AssuredAfterFailure();

    /// <summary>Skips the target unless the condition holds when its turn comes.</summary>
    ITargetDefinition OnlyWhenDynamic(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>Says what happens to its dependencies when the target is skipped.</summary>
    ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior);

    /// <summary>Hides the target from the help.</summary>
    ITargetDefinition Unlisted();

    /// <summary>Names the files that the target makes, with wildcards.</summary>
    ITargetDefinition Produces(params string[] artifacts);
}

/// <summary>Defines a target: what it depends on, when it runs and what it does.</summary>
/// <param name="definition">The definition to add to.</param>
public delegate ITargetDefinition Target(ITargetDefinition definition);

/// <summary>What happens to the dependencies of a target that is skipped.</summary>
public enum DependencyBehavior
{
    /// <summary>Dependencies that no other scheduled target needs are skipped too.</summary>
    Skip,

    /// <summary>All dependencies run.</summary>
    Execute,
}
