namespace Nuke.Common.Execution;

/// <summary>Finds what really went wrong.</summary>
internal static class ExceptionExtensions
{
    /// <summary>The exception inside of those that reflection and static constructors put around it; aggregates become flat.</summary>
    public static Exception Unwrap(this Exception exception) => exception switch
    {
        TypeInitializationException { InnerException: { } inner } => inner.Unwrap(),
        TargetInvocationException { InnerException: { } inner } => inner.Unwrap(),
        AggregateException aggregate => aggregate.Flatten(),
        _ => exception,
    };
}

/// <summary>Ends the build because a target failed; the failure itself has been logged by then.</summary>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "never leaves the engine")]
internal sealed class TargetExecutionException(string target, Exception inner) :
    Exception($"Target '{target}' has thrown an exception.", inner);
