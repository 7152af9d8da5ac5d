using System.Diagnostics.CodeAnalysis;

namespace Nuke.Common.Execution;

/// <summary>Ends the build because a target failed; the failure itself has been logged by then.</summary>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "never leaves the engine")]
internal sealed class TargetExecutionException(string target, Exception inner) : Exception($"Target '{target}' has thrown an exception.", inner);
