namespace LoadTesting.Providers.Inventory;

/// <summary>
/// A fleet of machines that exist already. Nothing is made or deleted: Provision makes sure that each can be used and marks it, Destroy
/// puts it back as it was.
/// </summary>
/// <param name="hosts">The machines.</param>
/// <param name="file">The inventory that names them.</param>
/// <param name="fleet">Whose they are while we use them.</param>
/// <param name="with">The connections to them, shared with the phases, and where warnings go.</param>
public sealed class InventoryCloud(IReadOnlyList<FleetHost> hosts, string file, FleetParameters fleet,
    (HostFleet Hosts, IProgressLog Log) with)
    : ICloud, ICloudAdministration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public Task<CloudPlan> CheckAsync(CancellationToken cancellation) =>
        Task.FromResult(new CloudPlan($"inventory {file}", [.. hosts.Select(host => (host.Name, host.Id))]));

    /// <inheritdoc/>
    public Task<IReadOnlyList<FleetHost>> ListAsync(CancellationToken cancellation) => Task.FromResult(hosts);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FleetHost>> ProvisionAsync(CancellationToken cancellation)
    {
        var results = await with.Hosts.EachAsync(nameof(PhaseName.Provision), hosts, ConnectTimeout,
            (host, shell, token) => RunAsync(host, shell, ClaimScripts.Claim(fleet), token), cancellation);
        return [.. results.Where(result => result.Succeeded).Select(result => result.Host)];
    }

    /// <inheritdoc/>
    public async Task DestroyAsync(CancellationToken cancellation)
    {
        var results = await with.Hosts.TryEachAsync(hosts, ConnectTimeout,
            (host, shell, token) => RunAsync(host, shell, ClaimScripts.Release(fleet), token), cancellation);
        var left = results.Where(result => !result.Succeeded).ToList();
        if (left.Count > 0)
        {
            throw new LoadTestException(
                $"Destroy: {left.Count} of {hosts.Count} machines were not put back.{Environment.NewLine}"
                + string.Join(Environment.NewLine, left.Select(result => $"{result.Host.Name} ({result.Host.Id}): {result.Failure}")),
                "./build.sh Destroy tries again; by hand: each line of ~/.livekit-loadtest/settings-before is a file and the value that "
                    + "it had; then remove that folder and /etc/*.d/90-livekit-loadtest.conf, "
                    + "/etc/security/limits.d/90-livekit-loadtest.conf.");
        }
    }

    /// <summary>Machines of an inventory stand as long as their owner wants.</summary>
    public Task<IReadOnlyList<string>> DestroyExpiredAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <inheritdoc/>
    public Task AbandonAsync(CancellationToken cancellation) => DestroyAsync(cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FleetStatus>> FleetsAsync(CancellationToken cancellation)
    {
        var answers = await with.Hosts.TryEachAsync(
            hosts, ConnectTimeout, async (_, shell, token) =>
                (await shell.RunAsync(ClaimScripts.Whose, Deadline, token)).Text.Trim(), cancellation);
        foreach (var silent in answers.Where(answer => !answer.Succeeded))
            with.Log.Warn($"{silent.Host.Name} ({silent.Host.Id}): {silent.Failure}");

        return
        [
            .. answers.Where(answer => !string.IsNullOrEmpty(answer.Value))
                .GroupBy(answer => answer.Value!, answer => answer.Host)
                .Select(own => new FleetStatus(own.Key.Split(' ')[0], own.Key[(own.Key.IndexOf(' ', Ordinal) + 1)..],
                    CreatedAt: null, ExpiresAt: null, [.. own], [])),
        ];
    }

    private async Task<FleetHost> RunAsync(FleetHost host, IRemoteShell shell, string script, CancellationToken cancellation)
    {
        var output = ClaimScripts.Parse(await shell.RunAsync(script, Deadline, cancellation));
        foreach (var (_, text) in output.Where(entry => entry.Kind == "warning"))
            with.Log.Warn($"{host.Name} ({host.Id}): {text}");

        var problems = output.Where(entry => entry.Kind == "problem").Select(entry => entry.Text).ToList();
        return problems.Count == 0 ? host : throw new LoadTestException(string.Join("; ", problems));
    }
}
