using System.Collections;
using LoadTesting;
using LoadTesting.Cluster;
using LoadTesting.Fleet;
using LoadTesting.Inventory;
using LoadTesting.LiveKit;
using LoadTesting.OpenStack;
using LoadTesting.OpenStack.Credentials;
using LoadTesting.Phases;
using LoadTesting.Ssh;
using Rehearsal.Hosts;
using Rehearsal.Kubernetes;
using Rehearsal.LiveKit;
using Rehearsal.OpenStack;
using Reporting.Results;
using Spectre.Console;

/// <summary>Puts together what the phases are given, for each kind of cloud.</summary>
internal sealed partial class Build
{
    private static readonly TimeSpan ReleaseDownload = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan OwnMachinePatience = TimeSpan.FromSeconds(20);

    private IReadOnlyList<Machine>? _machines;

    /// <summary>The machines of the inventory; read once, before any target runs.</summary>
    IReadOnlyList<Machine> Machines =>
        _machines ??= InventoryFile.Machines(new InventoryParameters(Inventory ?? "", InventoryGroup), InstanceCount, Ssh, Home);

    private static Dictionary<string, string> Variables => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => entry.Value as string ?? "", StringComparer.Ordinal);

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    async Task<Site> MakeSite(CancellationToken cancellation) => Cloud switch
    {
        "rehearsal" => await Embedded(cancellation),
        "inventory" => OnOwnMachines(),
        _ => OnOpenStack(),
    };

    /// <summary>
    /// The same OpenStack client on an OpenStack in this process; hosts are folders, and lk plays recordings unless a real one is given.
    /// </summary>
    private async Task<Site> Embedded(CancellationToken cancellation)
    {
        var folder = TemporaryDirectory / "rehearsal";
        var folders = new HostFolders(folder / "hosts", RehearsalScenario);
        var openStack = await EmbeddedCloud.StartAsync(
            new EmbeddedCloudOptions { Directory = folder / "openstack", Hosts = folders, Scenario = RehearsalScenario }, cancellation);
        var http = new HttpClient();
        var door = await LiveKitDoor.OpenAsync(cancellation);
        var kubernetes = await ReplayedCluster.StartAsync(HostFolders.Recordings, TimeProvider.System, cancellation);
        var cluster = new Lazy<ClusterUnderTest?>(() => ClusterUnderTest.Open(
            new LiveKitParameters { Kubeconfig = kubernetes.WriteKubeconfig(folder) }, folder, TimeProvider.System));
        var replay = LkBinary is null
            ? new ReplayNotice(RehearsalScenario, "The recordings are of lk 2.16.4 with livekit-server 1.13.5.")
            : null;
        var cloud = new OpenStackCloud(Setup(
            openStack.Credentials, () => "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK7m78J9jDWQ7Bifq8AneYEKOjC3A0gI+gxYfTf3eEqh rehearsal"));
        return new Site(
            ContextOf(cloud, Hosts(new FolderConnector(folders)), http) with
            {
                Replay = replay,
                LiveKit = async token => LivekitUrl is null ? door.Credentials : await LiveKitOf(cluster: null, token),
                Cluster = () => cluster.Value,
            },
            new LkUpload(() => File.ReadAllBytes(LkBinary ?? HostFolders.Lk)),
            [cloud, http, cluster, openStack, door, kubernetes]);
    }

    private Site OnOpenStack()
    {
        var credentials = CredentialSource.Find(Parameters.OpenStack, Variables, Home, AskSecret);
        var key = new Lazy<SshKey>(() => FleetKey.Find(Parameters.Ssh, Fleet, Home, AskPassphrase, Agent));
        var cloud = new OpenStackCloud(Setup(credentials, () => key.Value.PublicLine) with
        {
            KeyIsGiven = () => FleetKey.IsGiven(Parameters.Ssh, Home),
        });
        if (credentials.Insecure)
        {
            _log.Warn($"{credentials.Origin} turns the verification of certificates off: "
                + $"anybody between here and {credentials.AuthUrl.Host} can read the password.");
        }

        // Addresses are given to another server tomorrow: what ssh remembers of them counts only when it is asked for.
        var ssh = new SshConnector(Access(_ => key.Value) with
        {
            Console = Parameters.Ssh.HostKeyCheck == LoadTesting.Fleet.HostKeyCheck.Console ? cloud.GetConsoleAsync : null,
            OperatorsHosts = Parameters.Ssh.HostKeyCheck == LoadTesting.Fleet.HostKeyCheck.KnownHosts ? KnownToOperator() : null,
        });
        var site = OverSsh(cloud, Hosts(ssh), [ssh, cloud]);
        var files = new SshFiles(Parameters.Ssh, _ => key.Value.Path, TemporaryDirectory / "known_hosts");
        return site with { Context = site.Context with { SshFiles = files } };
    }

    /// <summary>Machines that exist already and are up: none is waited for as one that boots.</summary>
    private Site OnOwnMachines()
    {
        var keys = new OwnKeys(path => FleetKey.Find(
            path is null ? Parameters.Ssh : Parameters.Ssh with { Key = path }, fleet: null, Home, AskPassphrase, Agent));
        foreach (var machine in Machines)
            keys.Of(machine);
        var ssh = new SshConnector(Access(keys.Of) with
        {
            OperatorsHosts = KnownToOperator(),
            KeyGrace = TimeSpan.Zero,
            MostPatience = OwnMachinePatience,
        });
        var hosts = Hosts(ssh);
        return OverSsh(new InventoryCloud(Machines, Inventory!, Parameters.Fleet, (hosts, _log)), hosts, [ssh]);
    }

    private SshAccess Access(Func<Machine, SshKey> key) => new()
    {
        Parameters = Parameters.Ssh,
        Key = key,
        KnownHosts = new KnownHosts(TemporaryDirectory / "known_hosts"),
        Time = TimeProvider.System,
        Log = _log,
    };

    private Site OverSsh(ICloud cloud, HostFleet hosts, IReadOnlyList<object> owned)
    {
        var http = new HttpClient { Timeout = ReleaseDownload };
        ILkInstaller lk = LkBinary is { } binary ? new LkUpload(() => File.ReadAllBytes(binary)) : new LkRelease(Parameters.LiveKit, http);
        var cluster = new Lazy<ClusterUnderTest?>(() => ClusterUnderTest.Open(Parameters.LiveKit, Home, TimeProvider.System));
        var context = ContextOf(cloud, hosts, http) with { LiveKit = token => LiveKitOf(cluster, token), Cluster = () => cluster.Value };
        return new Site(context, lk, [.. owned, http, cluster]);
    }

    /// <summary>The cluster is asked only for what the parameters leave open.</summary>
    private async Task<LiveKitCredentials> LiveKitOf(Lazy<ClusterUnderTest?>? cluster, CancellationToken cancellation)
    {
        var asked = LiveKitCredentials.Complete(Parameters.LiveKit) ? null : cluster?.Value;
        return LiveKitCredentials.Of(Parameters.LiveKit, asked is null ? null : await asked.LiveKitAsync(cancellation));
    }

    private HostFleet Hosts(IHostConnector connector) => new(connector, MinServers, _log);

    private static OperatorsKnownHosts KnownToOperator() =>
        new([Path.Combine(Home, ".ssh", "known_hosts"), Path.Combine(Home, ".ssh", "known_hosts2"), "/etc/ssh/ssh_known_hosts"]);

    private OpenStackSetup Setup(OpenStackCredentials credentials, Func<string> publicKey) => new()
    {
        Credentials = credentials,
        Fleet = Parameters.Fleet,
        OpenStack = Parameters.OpenStack,
        PublicKey = publicKey,
        Log = _log,
        Time = TimeProvider.System,
    };

    private PhaseContext ContextOf(ICloud cloud, HostFleet hosts, HttpClient http) => new()
    {
        Parameters = Parameters,
        Given = Given(),
        Named = InvokedTargets.Select(target => target.Name).ToHashSet(StringComparer.Ordinal),
        CloudName = Cloud,
        Cloud = cloud,
        Hosts = hosts,
        Log = _log,
        Time = TimeProvider.System,
        Results = new ResultsDirectory(Parameters.Results.Directory),
        LiveKit = token => LiveKitOf(cluster: null, token),
        Http = http,
        ToolVersion = ToolVersion,
    };

    private static SshAgent? Agent => SshAgent.At(Environment.GetEnvironmentVariable("SSH_AUTH_SOCK"));

    private static Func<string, string>? AskPassphrase => Console.IsInputRedirected ? null : AskSecret;

    private static string AskSecret(string prompt) => Console.IsInputRedirected
        ? throw LoadTestException.Invalid($"--open-stack-rc: the file asks '{prompt}', and nobody is there to answer; "
            + "expected a terminal, or OS_PASSWORD in the file.")
        : AnsiConsole.Prompt(new TextPrompt<string>(prompt) { IsSecret = true });
}
