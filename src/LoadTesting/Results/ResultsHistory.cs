using Reporting;

namespace LoadTesting.Results;

/// <summary>The earlier results of a folder: a folder for each run, below <c>history/</c>.</summary>
/// <param name="results">The results folder.</param>
public sealed class ResultsHistory(ResultsDirectory results)
{
    private const string Name = "history";
    private const string Observations = "cluster";

    /// <summary>The results of an earlier run, whether or not they exist.</summary>
    public ResultsDirectory Of(string runId) => new(results.File(Name, runId));

    /// <summary>The earlier results, oldest first.</summary>
    public IReadOnlyList<ResultsDirectory> All() => !Directory.Exists(results.File(Name)) ? [] :
    [
        // Names of runs begin with their time.
        .. Directory.EnumerateDirectories(results.File(Name)).Order(StringComparer.Ordinal).Select(folder => new ResultsDirectory(folder)),
    ];

    /// <summary>Moves the results of an earlier run here, so that nothing of it is taken for the next one's.</summary>
    public void Archive()
    {
        if (RunId() is not { } runId)
            return;

        var earlier = Of(runId);
        Directory.CreateDirectory(earlier.Path);
        foreach (var entry in new DirectoryInfo(results.Path).EnumerateFileSystemInfos().Where(IsOfRun).ToList())
            Move(entry, earlier.File(entry.Name));
        if (File.Exists(results.File(ResultsDirectory.JournalName)))
            File.Copy(results.File(ResultsDirectory.JournalName), earlier.File(ResultsDirectory.JournalName), overwrite: true);
    }

    /// <summary>Moves the results of a run back, for a run that is still on the fleet, and those of another one here.</summary>
    public void TakeBack(string runId)
    {
        if (results.Manifest()?.RunId == runId)
            return;

        Archive();
        if (!Directory.Exists(Of(runId).Path))
            return;

        foreach (var entry in new DirectoryInfo(Of(runId).Path).EnumerateFileSystemInfos().ToList())
            Move(entry, results.File(entry.Name));
        Directory.Delete(Of(runId).Path);
    }

    /// <summary>Deletes the raw data of all but the newest runs; their reports stay.</summary>
    /// <param name="keep">How many runs keep it.</param>
    public void Prune(int keep)
    {
        foreach (var earlier in All().SkipLast(keep))
        {
            foreach (var host in earlier.Manifest()?.Hosts ?? [])
            {
                if (host.Archive is { } archive)
                    File.Delete(earlier.File(Path.GetFileName(archive.File)));
                Remove(earlier.File(Path.GetFileName(host.Name)));
            }

            Remove(earlier.File(Observations));
        }
    }

    /// <summary>The run whose results are here. Those without a readable run.json are named by the time of their page.</summary>
    private string? RunId()
    {
        var page = new FileInfo(results.File(ReportFiles.Page));
        return results.Manifest()?.RunId
            ?? (page.Exists ? $"{page.LastWriteTimeUtc.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-none" : null);
    }

    /// <summary>Not of a run are what belongs to the fleet or to the run that comes next, and other results folders.</summary>
    private static bool IsOfRun(FileSystemInfo entry) =>
        entry.Name is not (Name or ResultsDirectory.JournalName or ResultsDirectory.TrialName)
        && !ResultsDirectory.FleetFiles.Contains(entry.Name)
        && !File.Exists(Path.Combine(entry.FullName, ReportFiles.Page));

    private static void Move(FileSystemInfo entry, string target)
    {
        if (entry is DirectoryInfo folder)
        {
            Remove(target);
            folder.MoveTo(target);
        }
        else
        {
            ((FileInfo)entry).MoveTo(target, overwrite: true);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
