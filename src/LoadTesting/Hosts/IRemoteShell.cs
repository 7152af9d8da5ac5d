namespace LoadTesting.Hosts;

/// <summary>An open connection to one host. A call that cannot reach the host throws <see cref="HostUnreachableException"/>.</summary>
public interface IRemoteShell : IAsyncDisposable
{
    /// <summary>
    /// Runs a script with bash, given on standard input, so that neither its text nor a secret in it shows in a process list.
    /// </summary>
    /// <param name="script">The script.</param>
    /// <param name="deadline">How long it may take; then it is ended and the call fails.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What it wrote and its exit code, whatever that is.</returns>
    Task<ShellResult> RunAsync(string script, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>
    /// Asks a script again and again: it reads a line and answers with one. One channel and one process carry all of it, so that an
    /// exchange takes no longer than the way there and back.
    /// </summary>
    /// <param name="script">The script; it ends when its input does.</param>
    /// <param name="times">How many times it is asked, with an empty line each.</param>
    /// <param name="deadline">How long all of it may take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The exchanges; fewer when the script ended before.</returns>
    Task<IReadOnlyList<Exchange>> AskAsync(string script, int times, TimeSpan deadline, CancellationToken cancellation);

    /// <summary>Writes a file, readable by its owner alone, in one step: it is either the old or the new one, never half of it.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="path">Where, relative to the home directory.</param>
    /// <param name="executable">Whether it can be executed.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task UploadAsync(Stream content, string path, bool executable, CancellationToken cancellation);

    /// <summary>Reads a file, or what is left of it.</summary>
    /// <param name="path">Which, relative to the home directory.</param>
    /// <param name="offset">How many bytes of it are known already.</param>
    /// <param name="destination">Where its bytes go.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task DownloadAsync(string path, long offset, Stream destination, CancellationToken cancellation);
}

/// <summary>What a script on a host wrote, and its exit code.</summary>
/// <param name="ExitCode">0 when all went well.</param>
/// <param name="Output">Standard output, byte for byte.</param>
/// <param name="Error">Standard error.</param>
public sealed record ShellResult(int ExitCode, ReadOnlyMemory<byte> Output, string Error)
{
    /// <summary>Standard output as text.</summary>
    public string Text => Encoding.UTF8.GetString(Output.Span);

    /// <summary>Standard output as lines.</summary>
    public IEnumerable<string> Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>One question to a script on a host and its answer, on the controller's clock.</summary>
/// <param name="AskedAt">When it was asked.</param>
/// <param name="Answer">The line that the script answered.</param>
/// <param name="AnsweredAt">When the line was here.</param>
public sealed record Exchange(DateTimeOffset AskedAt, string Answer, DateTimeOffset AnsweredAt);

/// <summary>Opens connections to machines.</summary>
public interface IHostConnector
{
    /// <summary>Connects, waiting for a machine that is still booting.</summary>
    /// <param name="host">Which.</param>
    /// <param name="timeout">How long to wait for it to answer.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="HostUnreachableException">It did not answer, or refused us.</exception>
    Task<IRemoteShell> ConnectAsync(FleetHost host, TimeSpan timeout, CancellationToken cancellation);
}

/// <summary>A host could not be reached, or was lost in the middle.</summary>
/// <param name="message">What was tried and what was last seen.</param>
/// <param name="cause">The error behind it.</param>
public sealed class HostUnreachableException(string message, Exception? cause = null) : LoadTestException(message, cause: cause);
