using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>Defines a target, one call for each thing to say about it. The forms with a type argument name targets of a component;
/// without targets they mean the component's only one, and the Try forms do nothing when the build lacks the component.</summary>
public interface ITargetDefinition
{
    /// <summary>Says what the target is for.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Adds actions, which run in this order.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>Adds an action whose result does not matter.</summary>
    ITargetDefinition Executes<T>(Func<T> action);

    /// <summary>Adds an asynchronous action; the target waits for it.</summary>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>Runs the targets before this one, always.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <inheritdoc cref="DependsOn"/>
    ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="DependsOn"/>
    ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets);

    /// <summary>Runs this target before the others, always.</summary>
    ITargetDefinition DependentFor(params Target[] targets);

    /// <inheritdoc cref="DependentFor"/>
    ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="DependentFor"/>
    ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets);

    /// <summary>Runs the set-up target of a component before and its clean-up target after this one, whatever happens.</summary>
    ITargetDefinition DependsOnContext<T>()
        where T : INukeBuild;

    /// <summary>Runs this target before the others, if they run.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <inheritdoc cref="Before"/>
    ITargetDefinition Before<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="Before"/>
    ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets);

    /// <summary>Runs this target after the others, if they run.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <inheritdoc cref="After"/>
    ITargetDefinition After<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="After"/>
    ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets);

    /// <summary>Runs the targets after this one, always.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    /// <inheritdoc cref="Triggers"/>
    ITargetDefinition Triggers<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="Triggers"/>
    ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets);

    /// <summary>Runs this target after the others, always.</summary>
    ITargetDefinition TriggeredBy(params Target[] targets);

    /// <inheritdoc cref="TriggeredBy"/>
    ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="TriggeredBy"/>
    ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets);

    /// <summary>Runs the target, if it is in the plan, also after another has failed.</summary>
    ITargetDefinition AssuredAfterFailure();

    /// <summary>Goes on when the target fails; the build has failed all the same.</summary>
    ITargetDefinition ProceedAfterFailure();

    /// <summary>Skips the target unless the condition holds when its turn comes.</summary>
    ITargetDefinition OnlyWhenDynamic(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>Skips the target, and what only it needs, unless the condition holds before the first target runs.</summary>
    ITargetDefinition OnlyWhenStatic(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? conditionExpression = null);

    /// <summary>Says what happens to its dependencies when the target is skipped.</summary>
    ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior);

    /// <summary>Refuses to run anything unless the parameters have values.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : class;

    /// <summary>Refuses to run anything unless the parameters have values.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : struct;

    /// <summary>Refuses to run anything unless the conditions hold.</summary>
    ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements);

    /// <summary>Hides the target from the help.</summary>
    ITargetDefinition Unlisted();

    /// <summary>Takes over what the base class says about the target.</summary>
    ITargetDefinition Base();

    /// <summary>Takes over what other targets say.</summary>
    ITargetDefinition Inherit(params Target[] targets);

    /// <summary>Takes over what a component says about its targets.</summary>
    ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets);

    /// <summary>Names the files that the target makes, with wildcards.</summary>
    ITargetDefinition Produces(params string[] artifacts);

    /// <summary>Names the targets whose files this one reads.</summary>
    ITargetDefinition Consumes(params Target[] targets);

    /// <inheritdoc cref="Consumes(Target[])"/>
    ITargetDefinition Consumes<T>(params Func<T, Target>[] targets);

    /// <summary>Names the files of another target that this one reads.</summary>
    ITargetDefinition Consumes(Target target, params string[] artifacts);
}
