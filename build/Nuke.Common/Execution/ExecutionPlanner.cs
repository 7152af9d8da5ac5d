namespace Nuke.Common.Execution;

/// <summary>Decides which targets run, and in which order.</summary>
internal static class ExecutionPlanner
{
    /// <summary>The targets of a run in order: the named ones (the default ones when none is named), what they need and what they trigger.</summary>
    /// <param name="targets">All targets of the build.</param>
    /// <param name="names">The names given, or null.</param>
    public static IReadOnlyList<ExecutableTarget> Plan(IReadOnlyList<ExecutableTarget> targets, IReadOnlyList<string>? names)
    {
        var planned = (names?.Select(name => Find(targets, name)) ?? targets.Where(target => target.IsDefault)).ToHashSet();
        var toVisit = new Stack<ExecutableTarget>(planned);
        while (toVisit.TryPop(out var target))
        {
            foreach (var next in target.ExecutionDependencies.Concat(target.Triggers).Where(planned.Add))
                toVisit.Push(next);
        }

        return [.. RunningOrder(targets).Where(planned.Contains)];
    }

    /// <summary>The target of that name; case and dashes do not matter.</summary>
    public static ExecutableTarget Find(IReadOnlyList<ExecutableTarget> targets, string name)
    {
        var undashed = Parameters.ParameterNames.Undashed(name);
        return targets.SingleOrDefault(target => target.Name.Equals(undashed, StringComparison.OrdinalIgnoreCase)) ?? throw Unknown(targets, undashed);
    }

    // From the end: of the targets that no remaining one waits for, the one declared first runs last.
    private static List<ExecutableTarget> RunningOrder(IReadOnlyList<ExecutableTarget> targets)
    {
        TargetCycles.Check(targets);
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

    private static InvalidOperationException Unknown(IReadOnlyList<ExecutableTarget> targets, string name) =>
        new(string.Join(
            Environment.NewLine,
            targets.Select(target => $"  - {target.Name}").Order()
                .Prepend($"Target with name '{name}' does not exist. Available targets are:")));
}
