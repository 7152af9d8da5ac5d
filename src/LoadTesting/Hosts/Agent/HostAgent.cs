namespace LoadTesting.Hosts.Agent;

/// <summary>
/// The few lines of bash that live on a host (<c>loadtest-host</c>), called through its shell. They carry a run to its end whether or not
/// the controller watches.
/// </summary>
/// <param name="shell">The connection.</param>
public sealed class HostAgent(IRemoteShell shell)
{
    /// <summary>Where everything of ours lies on a host, relative to the home directory.</summary>
    public const string Home = ".livekit-loadtest";

    private static readonly HostScript Call = new("call.sh");
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Longer than the host itself waits for its launcher.</summary>
    private static readonly TimeSpan ArmTimeout = TimeSpan.FromSeconds(90);

    /// <summary>The script itself.</summary>
    public static string Text { get; } = new HostScript("loadtest-host").Text;

    /// <summary>The runs on this host, newest last.</summary>
    public async Task<IReadOnlyList<RunOnHost>> RunsAsync(CancellationToken cancellation)
    {
        var result = await CheckedAsync(cancellation, "runs");
        return [.. result.Lines.Select(RunOnHost.Parse).OfType<RunOnHost>()];
    }

    /// <summary>Puts a run's files on the host and starts its launcher, which then needs nothing more but the instant.</summary>
    /// <param name="run">The run's files; they hold the credentials, which is why they go by standard input.</param>
    /// <param name="manifest">run.json, from which a later controller learns what was planned.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task ArmAsync(RunFiles run, byte[] manifest, CancellationToken cancellation)
    {
        using var content = new MemoryStream(manifest, writable: false);
        await shell.UploadAsync(content, $"{Home}/runs/{run.RunId}/run.json", executable: false, cancellation);
        RequireArmed(await shell.RunAsync(run.ArmScript(), ArmTimeout, cancellation));
    }

    /// <summary>Gives an armed host the instant of the start.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="startAt">When to start, on the controller's clock.</param>
    /// <param name="offset">The host's clock minus the controller's.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task StartAsync(string runId, DateTimeOffset startAt, TimeSpan offset, CancellationToken cancellation) =>
        RequireArmed(await CallAsync(cancellation, "start", runId, RunFiles.Epoch(startAt + offset), RunFiles.Epoch(startAt)));

    /// <summary>What is new on the host.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="seen">How many bytes of each process's output are known already.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<HostWatch> WatchAsync(string runId, IReadOnlyDictionary<string, long> seen, CancellationToken cancellation)
    {
        var offsets = seen.Select(entry => $"{entry.Key}={entry.Value}");
        return HostWatch.Parse((await CheckedAsync(cancellation, ["watch", runId, .. offsets])).Output);
    }

    /// <summary>Sends one SIGINT to each lk, so that it prints its tables, and writes down why.</summary>
    public Task StopAsync(string runId, string reason, CancellationToken cancellation) => CheckedAsync(cancellation, "stop", runId, reason);

    /// <summary>Ends each lk that did not heed the first signal.</summary>
    public Task KillAsync(string runId, CancellationToken cancellation) => CheckedAsync(cancellation, "kill", runId);

    /// <summary>Ends each lk, started or not: the run was never one.</summary>
    public Task CallOffAsync(string runId, CancellationToken cancellation) => CheckedAsync(cancellation, "calloff", runId);

    /// <summary>Packs the run's files, with signed tokens redacted.</summary>
    public async Task<PackedRun> PackAsync(string runId, CancellationToken cancellation)
    {
        var result = Checked(await shell.RunAsync(Call.With(Home, "pack", runId), TimeSpan.FromMinutes(5), cancellation));
        var words = result.Lines.LastOrDefault(line => line.StartsWith("archive ", Ordinal))?.Split(' ');
        return words is [_, { Length: 64 } sha256, var bytes]
            && Digits.Number<long>(bytes) is { } size
            ? new PackedRun($"{Home}/runs/{runId}.tar.gz", sha256, size)
            : throw new LoadTestException($"its results could not be packed: {OneLine(result.Text + result.Error)}");
    }

    /// <summary>The run's plan as it was put on the host, and the instant given for its start; null when the run has none.</summary>
    public async Task<(string Json, DateTimeOffset? StartAt)?> ManifestAsync(string runId, CancellationToken cancellation)
    {
        var run = $"{Home}/runs/{runId}";
        var result = await shell.RunAsync($"cat {run}/start-at {run}/run.json", Timeout, cancellation);
        return result.ExitCode == 0 && result.Text.Split('\n', 2) is [var startAt, var json] ? (json, RunFiles.FromEpoch(startAt)) : null;
    }

    /// <summary>Writes down that the run's results are downloaded, so that the next Report starts a new one.</summary>
    public Task MarkCollectedAsync(string runId, CancellationToken cancellation) => CheckedAsync(cancellation, "collected", runId);

    private Task<ShellResult> CallAsync(CancellationToken cancellation, params IEnumerable<string> words) =>
        shell.RunAsync(Call.With([Home, .. words]), Timeout, cancellation);

    private async Task<ShellResult> CheckedAsync(CancellationToken cancellation, params IEnumerable<string> words) =>
        Checked(await CallAsync(cancellation, words));

    private static void RequireArmed(ShellResult result)
    {
        if (result.ExitCode != 0)
            throw new LoadTestException($"not armed: {OneLine(result.Text + result.Error)}");
    }

    private static ShellResult Checked(ShellResult result) => result.ExitCode == 0
        ? result
        : throw new LoadTestException($"exit code {result.ExitCode}: {OneLine(result.Text + result.Error)}");

    private static string OneLine(string text)
    {
        var line = string.Join(" / ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(5));
        return line.Length == 0 ? "no output" : line;
    }
}

/// <summary>The archive of a run on a host.</summary>
/// <param name="Path">Where it is, relative to the home directory.</param>
/// <param name="Sha256">Its SHA-256.</param>
/// <param name="Bytes">Its size.</param>
public sealed record PackedRun(string Path, string Sha256, long Bytes);
