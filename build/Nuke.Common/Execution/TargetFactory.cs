using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common.Parameters;

namespace Nuke.Common.Execution;

/// <summary>Makes the targets of a build from its properties and connects them.</summary>
internal static class TargetFactory
{
    public static IReadOnlyList<ExecutableTarget> CreateAll<T>(T build, IReadOnlyList<Expression<Func<T, Target>>> defaults)
        where T : NukeBuild
    {
        // Read, not compiled: the expression compiler would cost more than the rest of the start.
        var defaultFactories = defaults
            .Select(expression => (PropertyInfo)((MemberExpression)expression.Body).Member)
            .Select(property => (Delegate)property.GetValue(build)!)
            .ToList();
        var targets = BuildMembers.Targets(build.GetType()).Select(property => Create(build, property, defaultFactories)).ToList();
        targets.ForEach(target => Connect(target, targets));
        return targets;
    }

    private static ExecutableTarget Create(NukeBuild build, PropertyInfo property, List<Delegate> defaultFactories)
    {
        var definition = new TargetDefinition(property, build);
        var factory = (Delegate)property.GetValue(build)!;
        _ = factory switch
        {
            Target target => target(definition),
            Setup setup => setup(definition),
            _ => ((Cleanup)factory)(definition),
        };
        return new(definition, factory, defaultFactories.Contains(factory));
    }

    private static void Connect(ExecutableTarget target, List<ExecutableTarget> all)
    {
        // An edge may be told at either end.
        List<ExecutableTarget> Find(Func<TargetDefinition, List<Delegate>> here, Func<TargetDefinition, List<Delegate>> there) =>
        [
            .. here(target.Definition).Select(factory => all.Single(other => other.Factory.Equals(factory))),
            .. all.Where(other => other != target && there(other.Definition).Contains(target.Factory)),
        ];

        target.ExecutionDependencies = Find(x => x.DependsOnTargets, x => x.DependentForTargets);
        target.OrderDependencies = Find(x => x.AfterTargets, x => x.BeforeTargets);
        var triggeredBy = Find(x => x.TriggeredByTargets, x => x.TriggersTargets);
        var triggers = Find(x => x.TriggersTargets, x => x.TriggeredByTargets);

        // The clean-up of a component is triggered by its set-up.
        if (target.Factory is Setup)
            triggers.Add(all.Single(other => other.Factory is Cleanup && other.Member.DeclaringType == target.Member.DeclaringType));
        if (target.Factory is Cleanup)
            triggeredBy.AddRange(all.Where(other => other.Factory is Setup && other.Member.DeclaringType == target.Member.DeclaringType));

        target.TriggerDependencies = triggeredBy;
        target.Triggers = triggers;
        Assert.False(
            target.AllDependencies.Concat(target.Triggers).Contains(target),
            $"Target '{target.Name}' cannot have a dependency on itself");
    }
}
