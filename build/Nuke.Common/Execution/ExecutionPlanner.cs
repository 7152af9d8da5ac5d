using Nuke.Common.Parameters;

namespace Nuke.Common.Execution;

/// <summary>Decides which targets run, and in which order.</summary>
internal static class ExecutionPlanner
{
    /// <summary>
    /// The targets of a run in order: the named ones (the default ones when none is named), what they need and what they trigger.
    /// </summary>
    /// <param name="targets">All targets of the build.</param>
    /// <param name="names">The names given, or null.</param>
    public static IReadOnlyList<ExecutableTarget> Plan(IReadOnlyList<ExecutableTarget> targets, IReadOnlyList<string>? names)
    {
        var planned = (names?.Select(name => Find(targets, name)) ?? targets.Where(target => target.IsDefault)).ToHashSet();
        Complete(planned, target => [.. target.ExecutionDependencies, .. target.Triggers]);
        return [.. RunningOrder(targets).Where(planned.Contains)];
    }

    /// <summary>The target of that name; case and dashes do not matter.</summary>
    public static ExecutableTarget Find(IReadOnlyList<ExecutableTarget> targets, string name)
    {
        var undashed = ParameterNames.Undashed(name);
        return targets.SingleOrDefault(target => target.Name.Equals(undashed, OrdinalIgnoreCase))
            ?? throw new InvalidOperationException(string.Join(
                Environment.NewLine,
                targets.Select(target => $"  - {target.Name}").Order()
                    .Prepend($"Target with name '{undashed}' does not exist. Available targets are:")));
    }

    // From the end: of the targets that no remaining one waits for, the one declared first runs last.
    private static List<ExecutableTarget> RunningOrder(IReadOnlyList<ExecutableTarget> targets)
    {
        RefuseCycles(targets);
        var remaining = targets.ToList();
        var order = new List<ExecutableTarget>();
        while (remaining.Count > 0)
        {
            var last = remaining.First(target => !remaining.Any(other => other.AllDependencies.Contains(target)));
            remaining.Remove(last);
            order.Add(last);
        }

        order.Reverse();
        return order;
    }

    private static void RefuseCycles(IReadOnlyList<ExecutableTarget> targets)
    {
        var before = targets.ToDictionary(target => target, target =>
        {
            var reached = target.AllDependencies.ToHashSet();
            Complete(reached, next => next.AllDependencies);
            return reached;
        });
        var cycles = targets
            .Select(target => targets.Reverse().Where(other => before[target].Contains(other) && before[other].Contains(target)))
            .Select(cycle => string.Join(", ", cycle.Select(target => target.Name)))
            .Where(cycle => cycle.Length > 0)
            .Distinct()
            .Select(cycle => $" - {cycle}")
            .ToList();
        Assert.True(cycles.Count == 0, string.Join(Environment.NewLine, cycles.Prepend("Circular dependencies between targets:")));
    }

    private static void Complete(HashSet<ExecutableTarget> reached, Func<ExecutableTarget, IReadOnlyList<ExecutableTarget>> next)
    {
        var toVisit = new Stack<ExecutableTarget>(reached);
        while (toVisit.TryPop(out var target))
        {
            foreach (var other in next(target).Where(reached.Add))
                toVisit.Push(other);
        }
    }
}
