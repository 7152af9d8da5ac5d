using System.Linq.Expressions;
using System.Reflection;

namespace Nuke.Common.Execution;

/// <summary>What a target's property says about it.</summary>
/// <param name="property">The property.</param>
/// <param name="build">The build that has it.</param>
internal sealed class TargetDefinition(PropertyInfo property, INukeBuild build) : ITargetDefinition
{
    private readonly TargetReferences _references = new(property, build);

    public PropertyInfo Property { get; } = property;

    public string Name { get; } = Parameters.DisplayNames.Short(property);

    public string? DescriptionText { get; private set; }

    public List<Action> Actions { get; } = [];

    public List<Delegate> DependsOnTargets { get; } = [];

    public List<Delegate> DependentForTargets { get; } = [];

    public List<Delegate> BeforeTargets { get; } = [];

    public List<Delegate> AfterTargets { get; } = [];

    public List<Delegate> TriggersTargets { get; } = [];

    public List<Delegate> TriggeredByTargets { get; } = [];

    public List<TargetCondition> StaticConditions { get; } = [];

    public List<TargetCondition> DynamicConditions { get; } = [];

    public List<LambdaExpression> Requirements { get; } = [];

    public List<string> Products { get; } = [];

    public List<(Delegate Target, IReadOnlyList<string> Artifacts)> Consumed { get; } = [];

    public DependencyBehavior DependencyBehavior { get; private set; }

    public bool IsAssuredAfterFailure { get; private set; }

    public bool IsProceedAfterFailure { get; private set; }

    public bool IsUnlisted { get; private set; }

    public ITargetDefinition Description(string description) => Do(() => DescriptionText = description);

    public ITargetDefinition Executes(params Action[] actions) => Do(() => Actions.AddRange(actions));

    public ITargetDefinition Executes<T>(Func<T> action) => Do(() => Actions.Add(() => action()));

    public ITargetDefinition Executes(Func<Task> action) => Do(() => Actions.Add(() => action().GetAwaiter().GetResult()));

    public ITargetDefinition DependsOn(params Target[] targets) => Do(() => DependsOnTargets.AddRange(targets));

    public ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets) => DependsOn(_references.Of(targets));

    public ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets) => _references.Has<T>() ? DependsOn(targets) : this;

    public ITargetDefinition DependentFor(params Target[] targets) => Do(() => DependentForTargets.AddRange(targets));

    public ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets) => DependentFor(_references.Of(targets));

    public ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets) => _references.Has<T>() ? DependentFor(targets) : this;

    public ITargetDefinition DependsOnContext<T>()
        where T : INukeBuild
    {
        DependsOnTargets.Add(_references.OnlyOne<T, Setup>("context dependency (missing setup)"));
        BeforeTargets.Add(_references.OnlyOne<T, Cleanup>("context dependency (missing cleanup)"));
        return this;
    }

    public ITargetDefinition Before(params Target[] targets) => Do(() => BeforeTargets.AddRange(targets));

    public ITargetDefinition Before<T>(params Func<T, Target>[] targets) => Before(_references.Of(targets));

    public ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets) => _references.Has<T>() ? Before(targets) : this;

    public ITargetDefinition After(params Target[] targets) => Do(() => AfterTargets.AddRange(targets));

    public ITargetDefinition After<T>(params Func<T, Target>[] targets) => After(_references.Of(targets));

    public ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets) => _references.Has<T>() ? After(targets) : this;

    public ITargetDefinition Triggers(params Target[] targets) => Do(() => TriggersTargets.AddRange(targets));

    public ITargetDefinition Triggers<T>(params Func<T, Target>[] targets) => Triggers(_references.Of(targets));

    public ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets) => _references.Has<T>() ? Triggers(targets) : this;

    public ITargetDefinition TriggeredBy(params Target[] targets) => Do(() => TriggeredByTargets.AddRange(targets));

    public ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets) => TriggeredBy(_references.Of(targets));

    public ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets) => _references.Has<T>() ? TriggeredBy(targets) : this;

    public ITargetDefinition AssuredAfterFailure() => Do(() => IsAssuredAfterFailure = true);

    public ITargetDefinition ProceedAfterFailure() => Do(() => IsProceedAfterFailure = true);

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string? conditionExpression = null) =>
        Do(() => DynamicConditions.Add(TargetCondition.Of(condition, conditionExpression)));

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition, string? conditionExpression = null) =>
        Do(() => StaticConditions.Add(TargetCondition.Of(condition, conditionExpression)));

    public ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior) => Do(() => DependencyBehavior = dependencyBehavior);

    public ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : class => Do(() => Requirements.AddRange([parameterRequirement, .. parameterRequirements]));

    public ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : struct => Do(() => Requirements.AddRange([parameterRequirement, .. parameterRequirements]));

    public ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements) =>
        Do(() => Requirements.AddRange([requirement, .. requirements]));

    public ITargetDefinition Unlisted() => Do(() => IsUnlisted = true);

    public ITargetDefinition Base() => Inherit(_references.Base());

    public ITargetDefinition Inherit(params Target[] targets) => Do(() => Array.ForEach(targets, target => target(this)));

    public ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets) => Inherit(_references.AsDefinedBy(targets));

    public ITargetDefinition Produces(params string[] artifacts) => Do(() => Products.AddRange(artifacts));

    public ITargetDefinition Consumes(params Target[] targets) => Do(() => Array.ForEach(targets, target => Consumes(target, [])));

    public ITargetDefinition Consumes<T>(params Func<T, Target>[] targets) => Consumes(_references.Of(targets));

    public ITargetDefinition Consumes(Target target, params string[] artifacts) => Do(() => Consumed.Add((target, artifacts)));

    private TargetDefinition Do(Action change)
    {
        change();
        return this;
    }
}
