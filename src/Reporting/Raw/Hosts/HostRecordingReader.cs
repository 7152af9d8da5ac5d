using Reporting.Raw.Lk;
using Reporting.Raw.Samples;

namespace Reporting.Raw.Hosts;

/// <summary>Reads the raw files of a host out of a results folder. What is missing or cannot be read is missing in the recording.</summary>
public static class HostRecordingReader
{
    private const int MaxFactsBytes = 1 << 20;
    private const int MaxLauncherBytes = 1 << 20;

    /// <summary>Names of all hosts that the manifest speaks of, in its order.</summary>
    /// <param name="manifest">The manifest.</param>
    public static IReadOnlyList<string> HostsOf(RunManifest manifest) =>
        [.. manifest.Plan.Processes.Select(process => process.Host).Concat(manifest.Hosts.Select(host => host.Name)).Distinct()];

    /// <summary>Reads the files of one host.</summary>
    /// <param name="resultsDirectory">The results folder.</param>
    /// <param name="manifest">The manifest of the run.</param>
    /// <param name="host">The host's name.</param>
    public static HostRecording Read(string resultsDirectory, RunManifest manifest, string host)
    {
        var run = manifest.Hosts.FirstOrDefault(candidate => candidate.Name == host);
        var folder = IsPlainName(host) ? Path.Combine(resultsDirectory, host) : null;
        return new HostRecording(
            host,
            run,
            Samples(folder),
            [.. manifest.Plan.Processes.Where(process => process.Host == host).Select(process => new ProcessRecording(
                process,
                run?.Processes.FirstOrDefault(candidate => candidate.Name == process.Name),
                () => Output(folder, process.Name)))],
            Facts(folder))
        {
            Errors = Errors(folder),
            Dropped = folder is null || run?.Outcome != HostOutcome.Collected
                ? []
                : [.. Files(manifest, host).Where(file => !File.Exists(Path.Combine(folder, file))).Select(file => $"{host}/{file}")],
        };
    }

    /// <summary>The files of a host that was collected whole, as far as the run was to read them.</summary>
    private static IEnumerable<string> Files(RunManifest manifest, string host)
    {
        var output = manifest.Plan.Processes.Where(process => process.Host == host && manifest.Reads(RunSource.HostOutput))
            .SelectMany(process => (string[])["stdout", "stdout.times", "stderr", "stderr.times"],
                (process, suffix) => $"logs/{process.Name}.{suffix}");
        return [
            .. output, .. manifest.Reads(RunSource.HostOutput) ? ["facts.json"] : (string[])[],
            .. manifest.Reads(RunSource.HostSamples) ? ["metrics/samples.txt"] : (string[])[],
        ];
    }

    private static SampleSeries? Samples(string? folder)
    {
        using var file = Open(folder, "metrics", "samples.txt");
        return file is null ? null : SampleReader.Read(file);
    }

    private static IReadOnlyDictionary<string, string> Facts(string? folder)
    {
        using var file = Open(folder, "", "facts.json");
        return file is { Length: < MaxFactsBytes } ? HostFacts.Read(file) : HostFacts.None;
    }

    /// <summary>Its lines have no time where a program wrote them, so all are without.</summary>
    private static IReadOnlyList<LkError> Errors(string? folder)
    {
        using var file = Open(folder, "logs", "launcher.log");
        if (file is null)
            return [];

        using var lines = new LineReader(file, MaxLauncherBytes);
        var errors = new List<LkError>();
        while (lines.TryRead(out var line))
        {
            if (ErrorCause.Of(Encoding.UTF8.GetString(line)) is { IsLimit: true } cause)
                errors.Add(new LkError(cause.Text, 1, null, null));
        }

        return LkError.Together(errors);
    }

    private static LkStreams? Output(string? folder, string process)
    {
#pragma warning disable CA2000 // Who reads them disposes of them.
        Stream? File(string suffix) => Open(folder, "logs", $"{process}.{suffix}");
        return IsPlainName(process) && File("stdout") is { } stdout
            ? new LkStreams(stdout, File("stdout.times"), File("stderr"), File("stderr.times"))
            : null;
#pragma warning restore CA2000
    }

    private static Stream? Open(string? folder, string subfolder, string name)
    {
        if (folder is null)
            return null;

        try
        {
            // To open a pipe is to wait for its writer. Pipes and devices have no length, and neither has an empty file.
            var file = new FileInfo(Path.Combine(folder, subfolder, name));
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return file is { Exists: true, Length: 0 }
                ? Stream.Null
                : new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A manifest may come from another user: its names are folders below the results folder and nothing else.
    private static bool IsPlainName(string name) =>
        name.Length is > 0 and <= 100 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
