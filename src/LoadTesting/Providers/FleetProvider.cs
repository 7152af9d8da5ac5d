using LoadTesting.Cluster;
using LoadTesting.Lk;

namespace LoadTesting.Providers;

/// <summary>
/// A provider of hosts, one for each value of <c>--cloud</c>, made with its own parameters. Nothing else in the program knows which
/// providers there are: what differs between them is asked here or is in the environment that it opens.
/// </summary>
public abstract class FleetProvider
{
    /// <summary>The value of <c>--cloud</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How many hosts it has; null: as many as requested.</summary>
    /// <exception cref="LoadTestException">What names the hosts is wrong.</exception>
    public virtual int? HostCount => null;

    /// <summary>What is wrong with its own parameters. Pure.</summary>
    public virtual IReadOnlyList<ParameterProblem> Problems => [];

    /// <summary>Why its hosts cost nothing, for Plan; null: they cost <c>--price-per-hour</c>.</summary>
    public virtual string? NoPrice => null;

    /// <summary>Whether it brings its own LiveKit and cluster, so that Plan does not ask the operator's.</summary>
    public virtual bool BringsLiveKit => false;

    /// <summary>Its own parameters that were given although another provider was chosen.</summary>
    /// <param name="chosen">The chosen provider's name.</param>
    public virtual IReadOnlyList<ParameterProblem> ProblemsBeside(string chosen) => [];

    /// <summary>The fleet in one line, for Plan.</summary>
    public abstract string Describe(FleetParameters fleet);

    /// <summary>What Plan prints after asking the cloud whether the fleet can be made; none where there is nothing to ask.</summary>
    /// <param name="context">What the provider is given.</param>
    /// <param name="open">Opens the environment, to be called only if needed.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="LoadTestException">The fleet cannot be made.</exception>
    public virtual Task<IReadOnlyList<(string Name, string Value)>> CheckAsync(
        ProviderContext context, Func<CancellationToken, Task<FleetEnvironment>> open, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<(string Name, string Value)>>([]);

    /// <summary>Opens what the phases work with. Nothing is made or asked yet.</summary>
    /// <exception cref="LoadTestException">Credentials or keys are missing or wrong.</exception>
    public abstract Task<FleetEnvironment> OpenAsync(ProviderContext context, CancellationToken cancellation);

    /// <summary>An environment whose hosts download lk, or get <c>--lk-binary</c>, and load the operator's own LiveKit.</summary>
    protected FleetEnvironment EnvironmentOf<TCloud>(ProviderContext context, TCloud cloud, HostFleet hosts)
        where TCloud : ICloud, ICloudAdministration
    {
        var liveKit = context.Parameters.LiveKit;
        var http = new HttpClient { Timeout = LkRelease.Download };
        var cluster = new Lazy<ClusterUnderTest?>(() => ClusterUnderTest.Open(liveKit, context.Home, context.Time));
        return new FleetEnvironment
        {
            Provider = Name,
            Cloud = cloud,
            Administration = cloud,
            Hosts = hosts,
            Packages = context.Parameters.HostPackages,
            Lk = liveKit.LkBinary is { } binary ? new LkUpload(() => File.ReadAllBytes(binary)) : new LkRelease(liveKit, http),
            LiveKit = token => CredentialLookup.FindAsync(liveKit, () => cluster.Value, token),
            Cluster = cluster,
            Http = http,
        };
    }
}

/// <summary>What a provider is given of the program that it runs in.</summary>
public sealed record ProviderContext
{
    /// <summary>What the operator set that concerns every provider.</summary>
    public required LoadTestParameters Parameters { get; init; }

    /// <summary>Where the provider reports what it does.</summary>
    public required IProgressLog Log { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The operator's home directory, for <c>~</c>.</summary>
    public required string Home { get; init; }

    /// <summary>The environment's variables.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The folder for what outlives this program and is of no use to the operator.</summary>
    public required string TemporaryDirectory { get; init; }

    /// <summary>Asks the operator for a secret, given a prompt; null where there is no terminal.</summary>
    public Func<string, string>? Ask { get; init; }

    /// <summary>The hosts that a connector reaches.</summary>
    public HostFleet HostsOver(IHostConnector connector) => new(connector, Parameters.Fleet.MinServers, Log);
}
