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

    private const string ByHand =
        "by hand: each line of ~/.livekit-loadtest/settings-before is a file and the value that it had; then remove that folder and "
        + "/etc/*.d/90-livekit-loadtest.conf, /etc/security/limits.d/90-livekit-loadtest.conf";

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
        var left = results.Where(result => !result.Succeeded).ToLookup(IsUnseen);
        if (left.Count > 0)
        {
            throw new LoadTestException(
                "Destroy: " + string.Join(Environment.NewLine, (string[])[
                    .. Lines("were not put back:", [.. left[false]]),
                    .. Lines($"could not be looked at; whether anything of fleet {fleet.Name} is on them is not known:", [.. left[true]])]),
                $"./build.sh Destroy tries again{(left.Contains(false) ? $"; {ByHand}" : "")}.");
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
        var silent = answers.Where(answer => !answer.Succeeded).ToList();
        foreach (var (host, _, failure) in silent)
            with.Log.Warn($"{host.Name} ({host.Id}): {failure}");

        IReadOnlyList<FleetStatus> fleets =
        [
            .. answers.Where(answer => !string.IsNullOrEmpty(answer.Value))
                .GroupBy(answer => answer.Value!, answer => answer.Host)
                .Select(own => new FleetStatus(own.Key.Split(' ')[0], own.Key[(own.Key.IndexOf(' ', Ordinal) + 1)..],
                    CreatedAt: null, ExpiresAt: null, [.. own], [])),
        ];
        return fleets.Count > 0 || silent.Count == 0 ? fleets : throw new LoadTestException(
            $"Whether there is a fleet on the machines of {file} is not known: {silent.Count} of {hosts.Count} could not be asked.");
    }

    /// <summary>Nothing was done on a machine that did not answer, or did not let us log in.</summary>
    private static bool IsUnseen(HostResult<FleetHost> result) => result.Silent || result.Invalid;

    private IEnumerable<string> Lines(string what, IReadOnlyList<HostResult<FleetHost>> left) => left.Count == 0 ? [] :
    [
        $"{left.Count} of {Format.Counted(hosts.Count, "machine")} {what}",
        .. left.Select(result => $"{result.Host.Name} ({result.Host.Id}): {result.Failure}"),
    ];

    private async Task<FleetHost> RunAsync(FleetHost host, IRemoteShell shell, string script, CancellationToken cancellation)
    {
        var output = ClaimScripts.Parse(await shell.RunAsync(script, Deadline, cancellation));
        foreach (var (_, text) in output.Where(entry => entry.Kind == "warning"))
            with.Log.Warn($"{host.Name} ({host.Id}): {text}");

        var problems = output.Where(entry => entry.Kind == "problem").Select(entry => entry.Text).ToList();
        return problems.Count == 0 ? host : throw new LoadTestException(string.Join("; ", problems));
    }
}
