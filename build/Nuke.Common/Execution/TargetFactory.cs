using System.Linq.Expressions;
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
            .Select(property => (Target)property.GetValue(build)!)
            .ToList();
        var targets = BuildMembers.Targets(build.GetType()).Select(property => Create(build, property, defaultFactories)).ToList();
        targets.ForEach(target => Connect(target, targets));
        return targets;
    }

    private static ExecutableTarget Create(NukeBuild build, PropertyInfo property, List<Target> defaultFactories)
    {
        var definition = new TargetDefinition();
        var factory = (Target)property.GetValue(build)!;
        factory(definition);
        return new(property.Name, definition, factory, defaultFactories.Contains(factory));
    }

    private static void Connect(ExecutableTarget target, List<ExecutableTarget> all)
    {
        List<ExecutableTarget> Find(List<Target> factories) =>
            [.. factories.Select(factory => all.Single(other => other.Factory.Equals(factory)))];

        target.ExecutionDependencies = Find(target.Definition.DependsOnTargets);
        target.OrderDependencies = Find(target.Definition.AfterTargets);
        target.Triggers = Find(target.Definition.TriggersTargets);
        target.TriggerDependencies = [.. all.Where(other => other != target && other.Definition.TriggersTargets.Contains(target.Factory))];
        Assert.True(
            !target.AllDependencies.Concat(target.Triggers).Contains(target),
            $"Target '{target.Name}' cannot have a dependency on itself");
    }
}
