namespace LoadTesting.Model;

/// <summary>
/// An error that is the operator's to mend: a wrong value, a full quota, a machine that does not answer. It carries what
/// happened, what to do about it and the exit code; its text has no stack trace, because the way out is not in our code.
/// </summary>
public class LoadTestException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What is wrong, where, and what was expected.</param>
    /// <param name="hint">What to do next; null when the message contains it.</param>
    /// <param name="exitCode">The exit code of the program.</param>
    /// <param name="cause">The error behind it, if any.</param>
    public LoadTestException(string message, string? hint = null, int exitCode = ExitCodes.Failure, Exception? cause = null)
        : base(hint is null ? message : $"{message}{Environment.NewLine}{hint}", cause)
    {
        ExitCode = exitCode;
    }

    /// <summary>The exit code of the program.</summary>
    public int ExitCode { get; }

    /// <summary>An error in parameters, credentials or the files they name (exit code 104).</summary>
    /// <param name="message">Parameter or file, what was given, and what would be right.</param>
    /// <param name="hint">What to do next.</param>
    public static LoadTestException Invalid(string message, string? hint = null) =>
        new(message, hint, ExitCodes.InvalidParameters);

    /// <summary>The message alone.</summary>
    public override string ToString() => Message;
}
