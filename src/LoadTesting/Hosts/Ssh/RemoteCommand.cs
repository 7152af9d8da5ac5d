using System.Text.RegularExpressions;
using Renci.SshNet;

namespace LoadTesting.Hosts.Ssh;

/// <summary>One command on a host, from its start to its exit code.</summary>
/// <param name="client">The connection.</param>
/// <param name="command">The command. It shows in process lists: nothing secret is in it.</param>
/// <param name="access">Clock and timeouts.</param>
internal sealed partial class RemoteCommand(SshClient client, string command, SshAccess access)
{
    private const int MaxOutputBytes = 16 << 20;
    private static readonly string[] Signals =
        ["", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM"];

    private readonly TimeSpan _look = Min(TimeSpan.FromSeconds(1), access.KeepAlive);
    private long _sent;

    /// <summary>What is sent to its standard input. Not empty: SSH.NET signals the end of the input only when there was any.</summary>
    public Stream? Input { get; init; }

    /// <summary>
    /// Talks with it, given its standard input and output; instead of <see cref="Input"/>. What it does not read is in the result.
    /// </summary>
    public Action<Stream, Stream>? Talk { get; init; }

    /// <summary>Where its standard output goes; null: into the result.</summary>
    public Stream? Output { get; init; }

    /// <summary>Runs it; whatever ends the wait, it does not keep running on the host.</summary>
    /// <exception cref="HostUnreachableException">The connection was lost, or the deadline passed.</exception>
    public async Task<ShellResult> RunAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var ssh = client.CreateCommand($"echo pid $$ >&2; {command}");
            var running = ExecuteAsync(ssh);
            var receiving = Receive(ssh);
            try
            {
                await WatchAsync(ssh, Task.WhenAll(running, receiving), deadline, cancellation);
                return Result(ssh);
            }
            finally
            {
                if (running.IsCompleted)
                    ssh.Dispose();
                else
                    await EndAsync(ssh);
            }
        }
        catch (Exception error) when (SshErrors.IsConnection(error))
        {
            throw SshErrors.Lost(error);
        }
    }

    /// <summary>A command that ends before it has read all of its input has ended: the input is of no interest any more.</summary>
    private async Task ExecuteAsync(SshCommand ssh)
    {
        var ending = await Blocking.RunAsync(() => ssh.ExecuteAsync());
        if (Input is not null || Talk is not null)
        {
            var sending = Blocking.RunAsync(() => Send(ssh));
            if (await Task.WhenAny(ending, sending) == sending)
                await sending;
        }

        await ending;
    }

    /// <summary>
    /// In large pieces: with 80 KiB, as CopyTo has by itself, 100 MB took ten seconds on loopback, with these less than one.
    /// </summary>
    private Task Receive(SshCommand ssh) =>
        Output is { } output ? Blocking.RunAsync(() => ssh.OutputStream.CopyTo(output, 1 << 20)) : Task.CompletedTask;

    private void Send(SshCommand ssh)
    {
        using var stdin = ssh.CreateInputStream();
        Talk?.Invoke(stdin, ssh.OutputStream);
        var buffer = new byte[64 << 10];
        while (Input?.Read(buffer) is { } count and > 0)
        {
            stdin.Write(buffer, 0, count);
            Volatile.Write(ref _sent, _sent + count);
        }
    }

    /// <summary>
    /// Waits for the end. A TCP connection to a host that is gone stays silent for a quarter of an hour, and SSH.NET's keep-alive
    /// asks for no answer: after a silence the host is asked to do nothing, over the same connection.
    /// </summary>
    private async Task WatchAsync(SshCommand ssh, Task ending, TimeSpan deadline, CancellationToken cancellation)
    {
        var started = access.Time.GetTimestamp();
        var (moved, movedAt) = (-1L, started);
        while (true)
        {
            var left = deadline - access.Time.GetElapsedTime(started);
            if (await ending.EndsWithinAsync(left < _look ? Max(left, TimeSpan.Zero) : _look, access.Time, cancellation))
                return;
            if (left < _look)
                throw new HostUnreachableException($"no answer within {deadline.TotalSeconds:0} s");

            if (Output is null && ssh.OutputStream.Length + ssh.ExtendedOutputStream.Length > MaxOutputBytes)
                throw new LoadTestException($"a script wrote more than {MaxOutputBytes >> 20} MB and was ended");

            var now = Moved(ssh);
            if (now != moved)
                (moved, movedAt) = (now, access.Time.GetTimestamp());
            else if (access.Time.GetElapsedTime(movedAt) >= access.KeepAlive)
            {
                await AskAsync(cancellation);
                movedAt = access.Time.GetTimestamp();
            }
        }
    }

    private long Moved(SshCommand ssh) =>
        Volatile.Read(ref _sent) + ssh.ExtendedOutputStream.Length + (Output is SizedCopy copy ? copy.Received : ssh.OutputStream.Length);

    private async Task AskAsync(CancellationToken cancellation)
    {
        var asking = Blocking.RunAsync(() =>
        {
            using var nothing = client.CreateCommand(":");
            nothing.Execute();
        });
        if (!await asking.EndsWithinAsync(access.KeepAlive, access.Time, cancellation))
            throw new HostUnreachableException($"lost: no sign of life for {2 * access.KeepAlive.TotalSeconds:0} s");
    }

    /// <summary>
    /// Ends it and all that it started. SSH has a message for that, which sshd refuses where it does not separate privileges, as for root;
    /// its process id, which it prints first, works everywhere. A host that is gone is not waited for.
    /// </summary>
    private async Task EndAsync(SshCommand ssh)
    {
        var buffer = new byte[ssh.ExtendedOutputStream.Length];
        var output = Encoding.UTF8.GetString(buffer, 0, buffer.Length == 0 ? 0 : ssh.ExtendedOutputStream.Read(buffer));
        var ending = Blocking.RunAsync(() =>
        {
            if (Pid().Match(output) is not { Success: true } pid)
                return;

            using var kill = client.CreateCommand($"kill -KILL -- -{pid.Groups["pid"].Value}");
            kill.Execute();
        });
        Blocking.Abandon(ssh, ending);
        await Task.WhenAny(ending, Task.Delay(TimeSpan.FromSeconds(2), access.Time));
    }

    private ShellResult Result(SshCommand ssh)
    {
        var output = new MemoryStream();
        if (Output is null)
            ssh.OutputStream.CopyTo(output);
        using var reader = new StreamReader(ssh.ExtendedOutputStream, Encoding.UTF8);
        var error = Pid().Replace(reader.ReadToEnd(), "", count: 1);
        return ssh switch
        {
            { ExitStatus: { } code } => new ShellResult(code, output.ToArray(), error),
            { ExitSignal: { } signal } =>
                new ShellResult(128 + Math.Max(0, Array.IndexOf(Signals, signal)), output.ToArray(), $"{error}ended by SIG{signal}"),
            _ => throw new HostUnreachableException("lost: the connection was closed before the command ended"),
        };
    }

    [GeneratedRegex(@"^pid (?<pid>[0-9]+)\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Pid();

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
