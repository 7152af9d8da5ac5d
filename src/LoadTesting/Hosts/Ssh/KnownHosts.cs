namespace LoadTesting.Hosts.Ssh;

/// <summary>
/// The host keys that were seen so far, in a file of OpenSSH's known_hosts format. A machine is listed under its id (OpenSSH: <c>-o
/// HostKeyAlias=ID</c>), because a cloud gives the address of a deleted server to the next one.
/// </summary>
/// <param name="path">The file; made when the first key is recorded.</param>
public sealed class KnownHosts(string path)
{
    private readonly Lock _one = new();
    private Dictionary<string, List<HostKey>>? _read;

    /// <summary>Where the file is.</summary>
    public string Path => path;

    /// <summary>The keys recorded for a machine; none when it was never seen.</summary>
    public IReadOnlyList<HostKey> Of(string id)
    {
        lock (_one)
            return [.. (_read ??= Read()).GetValueOrDefault(id, [])];
    }

    /// <summary>Records the keys of a machine.</summary>
    public void Record(string id, IReadOnlyList<HostKey> keys)
    {
        lock (_one)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
            File.AppendAllLines(path, keys.Select(key => $"{id} {key.Type} {key.Base64}"));
            if (_read is not null)
                _read[id] = [.. _read.GetValueOrDefault(id, []), .. keys];
        }
    }

    private Dictionary<string, List<HostKey>> Read() => (File.Exists(path) ? File.ReadLines(path) : [])
        .Select(line => (Name: line.Split(' ')[0], Key: HostKey.Parse(line[(line.IndexOf(' ', Ordinal) + 1)..])))
        .Where(entry => entry.Key is not null)
        .GroupBy(entry => entry.Name, entry => entry.Key!)
        .ToDictionary(entries => entries.Key, entries => entries.ToList());
}
