using System.Diagnostics;
using System.Text;
using LoadTesting.Hosts;

namespace Rehearsal.Hosts;

/// <summary>A shell on a host that is a folder: a real bash with the folder's programs before the machine's.</summary>
/// <param name="root">The host's root.</param>
public sealed class FolderShell(string root) : IRemoteShell
{
    /// <summary>All hosts share this machine: more at a time would only take more memory.</summary>
    private static readonly SemaphoreSlim Turns = new(16 * Environment.ProcessorCount);

    private string Home => Path.Combine(root, "home", "ubuntu");

    /// <inheritdoc/>
    public async Task<ShellResult> RunAsync(string script, TimeSpan deadline, CancellationToken cancellation)
    {
        var output = new MemoryStream();
        var (exitCode, error) = await TalkAsync(deadline, async (process, token) =>
        {
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, token);
            await process.StandardInput.WriteAsync(script.AsMemory(), token);
            process.StandardInput.Close();
            await reading;
        }, cancellation);
        return new ShellResult(exitCode, output.ToArray(), error);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Exchange>> AskAsync(string script, int times, TimeSpan deadline, CancellationToken cancellation)
    {
        var exchanges = new List<Exchange>();
        await TalkAsync(deadline, async (process, token) =>
        {
            process.StandardInput.AutoFlush = true;
            await process.StandardInput.WriteAsync($"{script}\n".AsMemory(), token);
            while (exchanges.Count < times)
            {
                var askedAt = TimeProvider.System.GetUtcNow();
                await process.StandardInput.WriteAsync("\n".AsMemory(), token);
                if (await process.StandardOutput.ReadLineAsync(token) is not { } answer)
                    return;
                exchanges.Add(new Exchange(askedAt, answer, TimeProvider.System.GetUtcNow()));
            }

            process.StandardInput.Close();
        }, cancellation);
        return exchanges;
    }

    /// <inheritdoc/>
    public async Task UploadAsync(Stream content, string path, bool executable, CancellationToken cancellation)
    {
        RequireUp();
        using var file = new WholeFile(Path.Combine(Home, path));
        await content.CopyToAsync(file.Stream, cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                file.Stream.SafeFileHandle,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | (executable ? UnixFileMode.UserExecute : UnixFileMode.None));
        }

        file.Keep();
    }

    /// <inheritdoc/>
    public async Task DownloadAsync(string path, long offset, Stream destination, CancellationToken cancellation)
    {
        RequireUp();
        await using var file = File.OpenRead(Path.Combine(Home, path));
        file.Position = offset;
        await file.CopyToAsync(destination, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts a bash, talks with it, and waits for its end.</summary>
    private async Task<(int ExitCode, string Error)> TalkAsync(TimeSpan deadline, Func<Process, CancellationToken, Task> talk,
        CancellationToken cancellation)
    {
        await Turns.WaitAsync(cancellation);
        try
        {
            return await TalkNowAsync(deadline, talk, cancellation);
        }
        finally
        {
            Turns.Release();
        }
    }

    private async Task<(int ExitCode, string Error)> TalkNowAsync(TimeSpan deadline, Func<Process, CancellationToken, Task> talk,
        CancellationToken cancellation)
    {
        RequireUp();
        // A separate session: a Ctrl+C at the controller's terminal must not reach what runs on a host.
        var start = new ProcessStartInfo("setsid", ["bash", "-s"])
        {
            WorkingDirectory = Home,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            UseShellExecute = false,
        };
        start.Environment.Clear();
        start.Environment["HOST_ROOT"] = root;
        start.Environment["HOME"] = Home;
        start.Environment["USER"] = "ubuntu";
        start.Environment["PATH"] = $"{root}/usr/local/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

        using var process = Process.Start(start) ?? throw new HostUnreachableException("bash could not be started");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        either.CancelAfter(deadline);
        try
        {
            var complaints = process.StandardError.ReadToEndAsync(either.Token);
            await talk(process, either.Token);
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode, await complaints);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new HostUnreachableException($"no answer within {deadline.TotalSeconds:0} s");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>A host that was lost leaves a file of that name: nothing reaches it any more.</summary>
    private void RequireUp()
    {
        if (!Directory.Exists(root))
            throw new HostUnreachableException("no route to host");
        if (File.Exists(Path.Combine(root, "lost")))
            throw new HostUnreachableException("no route to host (last seen when it was running)");
    }
}

/// <summary>Connects to hosts that are folders.</summary>
/// <param name="folders">The machines.</param>
public sealed class FolderConnector(HostFolders folders) : IHostConnector
{
    /// <inheritdoc/>
    public Task<IRemoteShell> ConnectAsync(FleetHost host, TimeSpan timeout, CancellationToken cancellation)
    {
        var root = folders.RootOf(host.Id);
        return Directory.Exists(root)
            ? Task.FromResult<IRemoteShell>(new FolderShell(root))
            : throw new HostUnreachableException("no route to host");
    }
}
