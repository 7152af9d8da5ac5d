using System.Collections.Concurrent;

namespace LoadTesting.Hosts;

/// <summary>
/// The hosts of the fleet as the phases use them: connections are kept between phases, a host that fails drops out, and a step
/// fails only when fewer hosts are left than the operator wants.
/// </summary>
/// <param name="connector">Opens connections.</param>
/// <param name="minServers">The step continues while at least this number of hosts is left; null: all are needed.</param>
/// <param name="log">Where dropped hosts are named.</param>
public sealed class HostFleet(IHostConnector connector, int? minServers, IProgressLog log) : IAsyncDisposable
{
    private const int Parallel = 128;
    private readonly ConcurrentDictionary<string, IRemoteShell> _shells = [];

    /// <summary>Runs a step on each host and reports which hosts dropped out.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="timeout">How long to wait for a host that does not answer yet.</param>
    /// <param name="step">The step, given the host's connection.</param>
    /// <param name="cancellation">Ends all of them.</param>
    public async Task<IReadOnlyList<HostResult<T>>> TryEachAsync<T>(
        IReadOnlyList<FleetHost> hosts, TimeSpan timeout, Func<FleetHost, IRemoteShell, CancellationToken, Task<T>> step,
            CancellationToken cancellation) =>
        await FanOut.ForEachAsync(hosts, Parallel, (host, token) => OnHostAsync(host, timeout, step, token), cancellation);

    /// <summary>As <see cref="TryEachAsync"/>, but too few hosts left is an error that names each one lost and why.</summary>
    public async Task<IReadOnlyList<HostResult<T>>> EachAsync<T>(
        string what, IReadOnlyList<FleetHost> hosts, TimeSpan timeout, Func<FleetHost, IRemoteShell, CancellationToken, Task<T>> step,
            CancellationToken cancellation)
    {
        var results = await TryEachAsync(hosts, timeout, step, cancellation);
        Require(what, results);
        return results;
    }

    /// <summary>Throws when too few hosts succeeded; warns of those that did not.</summary>
    public void Require<T>(string what, IReadOnlyList<HostResult<T>> results)
    {
        var failed = results.Where(result => !result.Succeeded).ToList();
        var needed = minServers ?? results.Count;
        if (results.Count - failed.Count < needed)
        {
            throw new LoadTestException(
                $"{what}: {results.Count - failed.Count} of {results.Count} hosts are ready, {needed} are needed.{Environment.NewLine}"
                + string.Join(Environment.NewLine, failed.Select(Named)),
                "With --min-servers N the run continues with the remaining hosts.",
                failed.TrueForAll(result => result.Invalid) ? ExitCodes.InvalidParameters : ExitCodes.Failure);
        }

        foreach (var result in failed)
            log.Warn($"Continuing without {Named(result)}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var shell in _shells.Values)
            await shell.DisposeAsync();
        _shells.Clear();
    }

    private static string Named<T>(HostResult<T> result) =>
        $"{result.Host.Name} ({result.Host.Address ?? result.Host.Id}): {result.Failure}";

    private async Task<T> OnHostAsync<T>(
        FleetHost host, TimeSpan timeout, Func<FleetHost, IRemoteShell, CancellationToken, Task<T>> step,
            CancellationToken cancellation)
    {
        if (!_shells.TryGetValue(host.Id, out var shell))
            _shells[host.Id] = shell = await connector.ConnectAsync(host, timeout, cancellation);

        try
        {
            return await step(host, shell, cancellation);
        }
        catch (HostUnreachableException)
        {
            // The next step opens a new connection: one that was cut does not come back by itself.
            if (_shells.TryRemove(host.Id, out var broken))
                await broken.DisposeAsync();
            throw;
        }
    }
}
