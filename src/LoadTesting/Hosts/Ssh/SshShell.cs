using Renci.SshNet;

namespace LoadTesting.Hosts.Ssh;

/// <summary>A shell on a host over one SSH connection; each call is a separate channel.</summary>
/// <param name="client">The connection.</param>
/// <param name="route">The way through a jump host; null when there is none.</param>
/// <param name="access">Clock and timeouts.</param>
internal sealed class SshShell(SshClient client, IDisposable? route, SshAccess access) : IRemoteShell
{
    private static readonly HostScript Upload = new("upload.sh");
    private static readonly HostScript Download = new("download.sh");
    private static readonly TimeSpan TransferTimeout = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    /// <remarks>
    /// Where the connection is lost, the script cannot be ended from here: the host itself ends it, two seconds after its deadline. All of
    /// the script is read before it begins: SSH.NET sends the end of the input even on a channel that the host has closed meanwhile, and
    /// for that sshd cuts the connection ("packet referred to nonexistent channel"). By <c>cat</c>: bash would read each byte with a call
    /// of the kernel.
    /// </remarks>
    public async Task<ShellResult> RunAsync(string script, TimeSpan deadline, CancellationToken cancellation)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(script + "\n"), writable: false);
        var command = Limited(deadline, "bash -c 'eval \"$(cat)\"'");
        return await new RemoteCommand(client, command, access) { Input = input }.RunAsync(deadline, cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>On one thread from the first question to the last answer: another's turn in between would count as the way.</remarks>
    public async Task<IReadOnlyList<Exchange>> AskAsync(string script, int times, TimeSpan deadline, CancellationToken cancellation)
    {
        var exchanges = new List<Exchange>();
        var result = await new RemoteCommand(client, Limited(deadline, "bash -s"), access)
        {
            Talk = (stdin, stdout) =>
            {
                using var answers = new StreamReader(stdout, leaveOpen: true);
                stdin.Write(Encoding.UTF8.GetBytes(script + "\n"));
                while (exchanges.Count < times)
                {
                    var askedAt = access.Time.GetUtcNow();
                    stdin.Write("\n"u8);
                    if (answers.ReadLine() is not { } answer)
                        return;
                    exchanges.Add(new Exchange(askedAt, answer, access.Time.GetUtcNow()));
                }
            },
        }.RunAsync(deadline, cancellation);
        return result.ExitCode == 0 ? exchanges : throw new LoadTestException($"a script that was asked failed: {Said(result)}");
    }

    /// <inheritdoc/>
    /// <remarks>A pipe into <c>cat</c>: SFTP would want a separate connection, with another key exchange and login.</remarks>
    public async Task UploadAsync(Stream content, string path, bool executable, CancellationToken cancellation)
    {
        var size = (content.Length - content.Position).ToString();
        var directory = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        var command = Upload.With(directory, path, size, executable ? "700" : "600");
        var result = await new RemoteCommand(client, command, access) { Input = content }.RunAsync(TransferTimeout, cancellation);
        if (result.ExitCode != 0)
            throw new LoadTestException($"{path} could not be written: {Said(result)}");
    }

    /// <inheritdoc/>
    public async Task DownloadAsync(string path, long offset, Stream destination, CancellationToken cancellation)
    {
        using var sized = new SizedCopy(destination, offset);
        var command = Download.With(path, $"{offset + 1}");
        var result = await new RemoteCommand(client, command, access) { Output = sized }.RunAsync(TransferTimeout, cancellation);
        if (result.ExitCode != 0)
            throw new LoadTestException($"{path} could not be read: {Said(result)}");
        if (!sized.IsComplete)
            throw new LoadTestException($"{path} came incomplete: {sized.Received} of {sized.Expected} bytes");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // In this order: the route waits until nothing goes through it any more. A host that is gone would make it wait for ever.
        var closed = Blocking.RunAsync(client.Dispose);
        if (route is not null)
            Blocking.Abandon(route, closed);
        return ValueTask.CompletedTask;
    }

    private static string Limited(TimeSpan deadline, string command) =>
        $"exec timeout -s KILL {Math.Ceiling(deadline.TotalSeconds) + 2:0} {command}";

    private static string Said(ShellResult result) => result.Error.Trim() is { Length: > 0 } error ? error : $"exit code {result.ExitCode}";
}
