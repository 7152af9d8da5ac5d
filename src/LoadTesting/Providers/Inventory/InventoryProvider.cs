using LoadTesting.Hosts.Ssh;

namespace LoadTesting.Providers.Inventory;

/// <summary>Machines that exist already and are up, named by an Ansible inventory and reached over SSH.</summary>
/// <param name="parameters">The inventory.</param>
/// <param name="ssh">How to reach machines for which the inventory does not define it.</param>
/// <param name="count">How many machines to use, the first ones; null: all.</param>
/// <param name="home">The operator's home directory.</param>
public sealed class InventoryProvider(InventoryParameters parameters, SshParameters ssh, int? count, string home) : FleetProvider
{
    /// <summary>The value of <c>--cloud</c>.</summary>
    public const string Kind = "inventory";

    /// <summary>None is waited for as one that boots.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);

    private readonly SshParameters _ssh = ssh with { HostKeyCheck = ssh.HostKeyCheck ?? HostKeyCheck.KnownHosts };

    /// <summary>Read once, before any target runs.</summary>
    private readonly Lazy<IReadOnlyList<SshHost>> _hosts = new(() => InventoryFile.HostsOf(parameters, count, ssh, home));

    /// <inheritdoc/>
    public override string Name => Kind;

    /// <inheritdoc/>
    public override int? HostCount => _hosts.Value.Count;

    /// <inheritdoc/>
    public override string? NoPrice => "the machines are yours";

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterProblem> Problems => ssh.HostKeyCheck == HostKeyCheck.Console
        ? [new("--host-key-check", "console",
            "known-hosts or accept-new: what machines of an inventory print on their consoles is not seen from here")]
        : [];

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterProblem> ProblemsBeside(string chosen) =>
        parameters.File.Length > 0 ? [new("--cloud", chosen, $"{Kind}, because of --inventory")] : [];

    /// <inheritdoc/>
    public override string Describe(FleetParameters fleet) =>
        $"{Format.Counted(fleet.InstanceCount, "machine")} of {parameters.File}, group {parameters.Group}";

#pragma warning disable CA2000 // "Dispose objects before losing scope": the environment owns them
    /// <inheritdoc/>
    public override Task<FleetEnvironment> OpenAsync(ProviderContext context, CancellationToken cancellation)
    {
        var keys = new HostPrivateKeys(path => context.KeyOf(path is null ? _ssh : _ssh with { Key = path }, fleet: null));
        foreach (var host in _hosts.Value)
            keys.Of(host);
        var connector = new SshConnector(context.Access(_ssh, keys.Of) with
        {
            OperatorsHosts = context.OperatorsHosts(),
            KeyGrace = TimeSpan.Zero,
            MaxConnectTimeout = ConnectTimeout,
        });
        var hosts = context.HostsOver(connector);
        var cloud = new InventoryCloud(_hosts.Value, parameters.File, context.Parameters.Fleet, (hosts, context.Log));
        return Task.FromResult(EnvironmentOf(context, cloud, hosts) with
        {
            Where = $"on the machines of {parameters.File}",
            DestroyedFrom = $"on the machines of {parameters.File}; their settings are as they were",
            Owned = [connector],
        });
    }
#pragma warning restore CA2000
}
