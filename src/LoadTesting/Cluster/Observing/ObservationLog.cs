using Reporting.Raw.Observations;

namespace LoadTesting.Cluster.Observing;

/// <summary>
/// Writes observations down as they come, a line each, so that whatever happens to the program the lines before are there.
/// </summary>
internal sealed class ObservationLog : IAsyncDisposable
{
    private readonly Lock _one = new();
    private readonly FileStream _file;
    private bool _closed;

    private ObservationLog(FileStream file) => _file = file;

    /// <summary>Opens the file of a results folder, and appends to what exists.</summary>
    public static ObservationLog Open(string resultsDirectory)
    {
        var path = Path.Combine(resultsDirectory, ObservationJson.File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new ObservationLog(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read));
    }

    public void Write(Observation observation)
    {
        byte[] line = [.. ObservationJson.Line(observation), (byte)'\n'];
        lock (_one)
        {
            if (_closed)
                return; // a source that was given up on

            _file.Write(line);
            _file.Flush();
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_one)
            _closed = true;
        return _file.DisposeAsync();
    }
}
