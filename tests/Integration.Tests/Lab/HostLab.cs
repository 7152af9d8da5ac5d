using LoadTesting.Hosts;
using LoadTesting.Hosts.Ssh;
using LoadTesting.Lk;
using LoadTesting.Phases;
using LoadTesting.Providers;
using LoadTesting.Providers.Inventory;
using LoadTesting.Results;

namespace Tests.Lab;

/// <summary>Real hosts on this machine, and the phases that work on them. Needs root, and says so where there is none.</summary>
public sealed class HostLab : IAsyncDisposable
{
    private const int Networks = 1 << 15;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("host-lab-");
    private readonly List<LabHost> _hosts = [];

    public HostLab()
    {
        Require();
        Key = SshKey.Create(Path.Combine(_folder.FullName, "id"));
        KnownHosts = new KnownHosts(Path.Combine(_folder.FullName, "known_hosts"));
    }

    public SshKey Key { get; }

    public KnownHosts KnownHosts { get; }

    public RecordingLog Log { get; } = new();

    public static void Require()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            Assert.Skip("REAL HOSTS ARE NOT TESTED: they need Linux and root (network namespaces, overlayfs); run the tests as root");

        string[] missing = [
            .. new[] { "/usr/sbin/sshd", "/usr/sbin/ip", "/usr/sbin/tc", "/usr/sbin/nft", "/usr/bin/nsenter",
            "/usr/sbin/sysctl" }.Where(program => !File.Exists(program))];
        if (missing.Length > 0)
            Assert.Skip($"REAL HOSTS ARE NOT TESTED: {string.Join(", ", missing)} missing (Debian, Ubuntu: apt-get install "
                + "openssh-server iproute2 nftables procps)");
    }

    /// <summary>Boots a host.</summary>
    /// <param name="authorizedKey">The key that opens it; null: ours.</param>
    /// <param name="megabytes">The size of its disk.</param>
    public async Task<LabHost> StartAsync(string? authorizedKey = null, int megabytes = 64)
    {
        var index = _hosts.Count + 1;
        var slot = Random.Shared.Next(Networks);
        while (Directory.Exists($"/sys/class/net/{LabHost.Link(slot)}")) // a host of another test
            slot = (slot + 1) % Networks;
        var host = await LabHost.StartAsync(Path.Combine(_folder.FullName, $"{index}"), index, slot, authorizedKey ?? Key.PublicLine,
            megabytes);
        _hosts.Add(host);
        return host;
    }

    /// <summary>Boots so many hosts.</summary>
    public async Task<IReadOnlyList<LabHost>> StartAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await StartAsync();
        return _hosts;
    }

    /// <summary>Runs Configure on all hosts of the lab.</summary>
    /// <param name="lk">Where lk comes from.</param>
    /// <param name="minServers">How many must be left.</param>
    /// <param name="with">What is to be otherwise.</param>
    public async Task ConfigureAsync(ILkInstaller lk, int? minServers = null, Func<LabTimes, LabTimes>? with = null)
    {
        var times = with is null ? new LabTimes() : with(new LabTimes());
        await using var connector = Connector(times);
        using var http = new HttpClient();
        await using var hosts = new HostFleet(connector, minServers, Log);
        var cloud = new LabCloud([.. _hosts.Select(host => host.Host)]);
        var context = new PhaseContext
        {
            Parameters = new LoadTestParameters(),
            Given = new Dictionary<string, string>(),
            Named = new HashSet<string> { "Configure" },
            Environment = new FleetEnvironment
            {
                Provider = "lab",
                Cloud = cloud,
                Administration = cloud,
                Hosts = hosts,
                Packages = times.Packages,
                Lk = lk,
                LiveKit = _ => throw new InvalidOperationException("Configure asks no LiveKit"),
                Http = http,
            },
            Log = Log,
            Time = TimeProvider.System,
            Results = new ResultsDirectory(Path.Combine(_folder.FullName, "results")),
            ToolVersion = "test",
        };
        await new ConfigurePhase(context) { ConnectTimeout = times.ConnectTimeout, Deadline = times.Deadline,
            PackagesTimeout = times.PackagesTimeout }.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs Destroy as on machines of an inventory.</summary>
    public async Task DestroyAsync()
    {
        await using var connector = Connector(new LabTimes());
        await using var hosts = new HostFleet(connector, minServers: null, Log);
        await new InventoryCloud([.. _hosts.Select(host => host.Host)], "the lab", new FleetParameters(), (hosts, Log))
            .DestroyAsync(TestContext.Current.CancellationToken);
    }

    private SshConnector Connector(LabTimes times) => new(new SshAccess
    {
        Parameters = new SshParameters { User = "root" },
        Key = _ => Key,
        KnownHosts = KnownHosts,
        KeepAlive = times.KeepAlive,
        Time = TimeProvider.System,
        Log = Log,
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>How long Configure waits in a test.</summary>
public sealed record LabTimes
{
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    public IReadOnlyList<string> Packages { get; init; } = [];

    public TimeSpan PackagesTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
