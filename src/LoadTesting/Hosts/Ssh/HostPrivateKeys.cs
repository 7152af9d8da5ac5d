using System.Collections.Concurrent;

namespace LoadTesting.Hosts.Ssh;

/// <summary>The keys of machines that may each have their own; a file is read, and its passphrase asked for, once.</summary>
/// <param name="load">Reads the key of a path; null: the one that holds for all others.</param>
public sealed class HostPrivateKeys(Func<string?, SshKey> load)
{
    private readonly ConcurrentDictionary<string, Lazy<SshKey>> _keys = [];

    /// <summary>The key that opens a machine.</summary>
    /// <exception cref="LoadTestException">It is missing or cannot be used.</exception>
    public SshKey Of(FleetHost host) =>
        _keys.GetOrAdd((host as SshHost)?.KeyFile ?? "", path => new Lazy<SshKey>(() => load(path.Length == 0 ? null : path))).Value;
}
