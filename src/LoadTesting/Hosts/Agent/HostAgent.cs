using System.Globalization;
using System.Text;

namespace LoadTesting.Hosts.Agent;

/// <summary>
/// The few lines of bash that live on a host (<c>loadtest-host</c>), called through its shell. They carry a run to its end whether
/// or not anybody watches.
/// </summary>
/// <param name="shell">The connection.</param>
public sealed class HostAgent(IRemoteShell shell)
{
    /// <summary>Where everything of ours lies on a host, relative to the home directory.</summary>
    public const string Home = ".livekit-loadtest";

    private const string Script = $". {Home}/loadtest-host";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Longer than the host itself waits for its launcher.</summary>
    private static readonly TimeSpan ArmPatience = TimeSpan.FromSeconds(90);

    /// <summary>The script itself.</summary>
    public static byte[] Text { get; } = ReadText();

    /// <summary>The runs on this host, newest last.</summary>
    public async Task<IReadOnlyList<RunOnHost>> RunsAsync(CancellationToken cancellation)
    {
        var result = await shell.RunAsync($"[ -e {Home}/loadtest-host ] || exit 0\n{Script} runs", Patience, cancellation);
        return [.. Checked(result).Lines.Select(RunOnHost.Parse).OfType<RunOnHost>()];
    }

    /// <summary>Puts a run's files on the host and starts its launcher, which then needs nothing more but the instant.</summary>
    /// <param name="run">The run's files; they hold the credentials, which is why they go by standard input.</param>
    /// <param name="manifest">run.json, so that whoever comes later knows what was meant.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task ArmAsync(RunFiles run, byte[] manifest, CancellationToken cancellation)
    {
        using var content = new MemoryStream(manifest, writable: false);
        await shell.UploadAsync(content, $"{Home}/runs/{run.RunId}/run.json", executable: false, cancellation);
        var result = await shell.RunAsync(run.ArmScript(Script), ArmPatience, cancellation);
        if (result.ExitCode != 0)
            throw new LoadTestException($"not armed: {OneLine(result.Text + result.Error)}");
    }

    /// <summary>Gives an armed host the instant of the start.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="startAt">When to start, on the controller's clock.</param>
    /// <param name="offset">The host's clock minus the controller's.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task StartAsync(string runId, DateTimeOffset startAt, TimeSpan offset, CancellationToken cancellation)
    {
        var result = await shell.RunAsync($"{Script} start {runId} {RunFiles.Epoch(startAt + offset)} {RunFiles.Epoch(startAt)}", Patience, cancellation);
        if (result.ExitCode != 0)
            throw new LoadTestException($"not armed: {OneLine(result.Text + result.Error)}");
    }

    /// <summary>What is new on the host.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="seen">How many bytes of each process's output are known already.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<HostWatch> WatchAsync(string runId, IReadOnlyDictionary<string, long> seen, CancellationToken cancellation)
    {
        var offsets = string.Join(' ', seen.Select(entry => $"{entry.Key}={entry.Value}"));
        return HostWatch.Parse(Checked(await shell.RunAsync($"{Script} watch {runId} {offsets}", Patience, cancellation)).Output);
    }

    /// <summary>Sends one SIGINT to each lk, so that it prints its tables, and writes down why.</summary>
    public async Task StopAsync(string runId, string reason, CancellationToken cancellation) =>
        Checked(await shell.RunAsync($"{Script} stop {runId} {ShellWords.Quote(reason)}", Patience, cancellation));

    /// <summary>Ends each lk that did not heed the first signal.</summary>
    public async Task KillAsync(string runId, CancellationToken cancellation) =>
        Checked(await shell.RunAsync($"{Script} kill {runId}", Patience, cancellation));

    /// <summary>Ends each lk, started or not: the run was never one.</summary>
    public async Task CallOffAsync(string runId, CancellationToken cancellation) =>
        Checked(await shell.RunAsync($"{Script} calloff {runId}", Patience, cancellation));

    /// <summary>Packs the run's files, with signed tokens blotted out.</summary>
    public async Task<PackedRun> PackAsync(string runId, CancellationToken cancellation)
    {
        var result = Checked(await shell.RunAsync($"{Script} pack {runId}", TimeSpan.FromMinutes(5), cancellation));
        var words = result.Lines.LastOrDefault(line => line.StartsWith("archive ", StringComparison.Ordinal))?.Split(' ');
        return words is [_, { Length: 64 } sha256, var bytes] && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? new PackedRun($"{Home}/runs/{runId}.tar.gz", sha256, size)
            : throw new LoadTestException($"its results could not be packed: {OneLine(result.Text + result.Error)}");
    }

    /// <summary>The run's plan as it was put on the host, and when it was told to start; null when the run has none.</summary>
    public async Task<(string Json, DateTimeOffset? StartAt)?> ManifestAsync(string runId, CancellationToken cancellation)
    {
        var result = await shell.RunAsync($"cd {Home}/runs/{runId} && cat start-at run.json", Patience, cancellation);
        return result.ExitCode == 0 && result.Text.Split('\n', 2) is [var startAt, var json] ? (json, RunFiles.FromEpoch(startAt)) : null;
    }

    /// <summary>Writes down that the run's results are at home, so that the next Report starts a new one.</summary>
    public async Task MarkCollectedAsync(string runId, CancellationToken cancellation) =>
        Checked(await shell.RunAsync($"{Script} collected {runId}", Patience, cancellation));

    private static ShellResult Checked(ShellResult result) => result.ExitCode == 0
        ? result
        : throw new LoadTestException($"exit code {result.ExitCode}: {OneLine(result.Text + result.Error)}");

    private static string OneLine(string text)
    {
        var line = string.Join(" / ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(5));
        return line.Length == 0 ? "it said nothing" : line;
    }

    private static byte[] ReadText()
    {
        using var stream = typeof(HostAgent).Assembly.GetManifestResourceStream("loadtest-host")!;
        using var reader = new StreamReader(stream);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}

/// <summary>The archive of a run on a host.</summary>
/// <param name="Path">Where it is, relative to the home directory.</param>
/// <param name="Sha256">Its SHA-256.</param>
/// <param name="Bytes">Its size.</param>
public sealed record PackedRun(string Path, string Sha256, long Bytes);
