using Nuke.Common.Execution;

namespace Nuke.Common;

/// <summary>Finds targets by the property that defines them.</summary>
public static class ExecutableTargetExtensions
{
    /// <summary>Whether the target is among <paramref name="targets"/>, as in <c>FailedTargets.Contains(Run)</c>.</summary>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Target target) => ContainsFactory(targets, target);

    /// <summary>Whether the set-up target is among <paramref name="targets"/>.</summary>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Setup target) => ContainsFactory(targets, target);

    /// <summary>Whether the clean-up target is among <paramref name="targets"/>.</summary>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Cleanup target) => ContainsFactory(targets, target);

    private static bool ContainsFactory(IEnumerable<ExecutableTarget> targets, Delegate factory) =>
        targets.Any(target => target.Factory.Equals(factory));
}
