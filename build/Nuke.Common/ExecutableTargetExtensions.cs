using Nuke.Common.Execution;

namespace Nuke.Common;

/// <summary>Finds targets by the property that defines them.</summary>
public static class ExecutableTargetExtensions
{
    /// <summary>Whether the target is among <paramref name="targets"/>, as in <c>InvokedTargets.Contains(Destroy)</c>.</summary>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Target target) =>
        targets.Any(candidate => candidate.Factory.Equals(target));
}
