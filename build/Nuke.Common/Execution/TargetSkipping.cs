using Nuke.Common.Parameters;

namespace Nuke.Common.Execution;

/// <summary>
/// Decides which planned targets are skipped: named by <c>--skip</c>, by their conditions, or needed only by skipped ones.
/// </summary>
internal sealed class TargetSkipping(NukeBuild build)
{
    /// <summary>Skips the named targets; all that were not invoked when no name is given.</summary>
    public void SkipNamed(IReadOnlyList<string> names)
    {
        var undashed = names.Select(ParameterNames.Undashed).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var target in build.ExecutionPlan.Where(target => undashed.Count == 0 || undashed.Contains(target.Name)))
            Skip(target, "via parameter");
    }

    /// <summary>Skips the target unless its conditions hold.</summary>
    /// <returns>Whether they hold.</returns>
    /// <exception cref="TargetExecutionException">A condition threw.</exception>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "a condition fails with whatever it throws")]
    public bool CheckConditions(ExecutableTarget target)
    {
        try
        {
            var violated = target.Definition.Conditions.Where(condition => !condition.Holds()).Select(condition => condition.Text).ToList();
            if (violated.Count == 0)
                return true;

            target.SummaryInformation["OnlyWhen"] = string.Join(" && ", violated);
            Skip(target, reason: null);
            return false;
        }
        catch (Exception exception)
        {
            Log.Error(exception.Unwrap(), "Invocation of condition for {TargetName} has thrown an exception", target.Name);
            throw new TargetExecutionException(target.Name, exception.Unwrap());
        }
    }

    private void Skip(ExecutableTarget target, string? reason)
    {
        if (target.Status != ExecutionStatus.Scheduled)
            return;

        if (!target.Invoked)
        {
            target.Status = ExecutionStatus.Skipped;
            if (reason is not null)
                target.SummaryInformation.TryAdd(nameof(ExecutionStatus.Skipped), reason);
        }

        if (target.Definition.DependencyBehavior == DependencyBehavior.Execute)
            return;

        // Settled before any of them is skipped, which would change the answer for the next.
        var onlyNeededHere = target.ExecutionDependencies.Concat(target.Triggers)
            .Where(other => !IsNeededByAnother(other, target))
            .ToList();
        onlyNeededHere.ForEach(other => Skip(other, $"because of {target.Name}"));
    }

    private bool IsNeededByAnother(ExecutableTarget needed, ExecutableTarget than) =>
        build.ExecutionPlan.Any(target =>
            target != than && target.Status == ExecutionStatus.Scheduled
            && (target.ExecutionDependencies.Contains(needed) || target.Triggers.Contains(needed)));
}
