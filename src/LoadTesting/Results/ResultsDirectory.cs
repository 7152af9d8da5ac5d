using System.Text.Json.Serialization.Metadata;
using LoadTesting.Hosts.Ssh;
using Reporting.Json;

namespace LoadTesting.Results;

/// <summary>The folder in which everything that a run leaves is found.</summary>
/// <param name="path">Where it is.</param>
public sealed class ResultsDirectory(string path)
{
    internal const string ManifestName = "run.json";
    internal const string JournalName = "phases.json";
    internal const string TrialName = "smoke-join.json";

    /// <summary>Files that belong to the fleet, not to a run: they stay when a run is archived and go with the fleet.</summary>
    internal static readonly IReadOnlyList<string> FleetFiles = [SshFiles.ConfigName, SshFiles.InventoryName];

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>A path in it.</summary>
    public string File(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>The manifest of the run whose results are here; null when there is none or it cannot be read.</summary>
    public RunManifest? Manifest() => Read(ManifestName, ManifestJson.Default.RunManifest);

    /// <summary>Writes the manifest, in one step.</summary>
    public void Write(RunManifest manifest) =>
        Write(ManifestName, JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.RunManifest));

    /// <summary>The phases that led to these results, in order.</summary>
    public IReadOnlyList<PhaseRun> Phases() => Read(JournalName, ManifestJson.Default.IReadOnlyListPhaseRun) ?? [];

    /// <summary>What was tried before the next run, as its kind of load keeps it; null when nothing was.</summary>
    public string? Trial
    {
        get => System.IO.File.Exists(File(TrialName)) ? System.IO.File.ReadAllText(File(TrialName)) : null;
        set
        {
            if (value is null)
                System.IO.File.Delete(File(TrialName));
            else
                Write(TrialName, value);
        }
    }

    /// <summary>Notes how a phase went; a phase that is run again replaces itself and everything that followed it.</summary>
    public void Note(PhaseRun phase)
    {
        var before = Phases().TakeWhile(other => other.Name != phase.Name);
        Write(JournalName, JsonSerializer.SerializeToUtf8Bytes<IReadOnlyList<PhaseRun>>([.. before, phase],
            ManifestJson.Default.IReadOnlyListPhaseRun));
    }

    /// <summary>Forgets the phases, for a command that has none: those of an earlier run are in its history.</summary>
    public void ForgetPhases() => System.IO.File.Delete(File(JournalName));

    /// <summary>Writes a file so that a reader sees the old one or the new one.</summary>
    public void Write(string name, ReadOnlySpan<byte> content) => WholeFile.Write(File(name), content);

    /// <summary>Writes a text so that a reader sees the old one or the new one.</summary>
    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>The earlier results beside these.</summary>
    public ResultsHistory History => new(this);

    /// <summary>Deletes the files that belong to a fleet, which is gone.</summary>
    public void DeleteFleetFiles()
    {
        foreach (var file in FleetFiles.Select(name => File(name)).Where(System.IO.File.Exists))
            System.IO.File.Delete(file);
    }

    private T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return StrictJson.Read(System.IO.File.ReadAllBytes(File(name)), type);
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
