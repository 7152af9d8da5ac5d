using System.Collections;
using LoadTesting;
using LoadTesting.Cluster;
using LoadTesting.Fleet;
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

    async Task<Site> MakeSite(CancellationToken cancellation) => Cloud == "rehearsal" ? await Embedded(cancellation) : OnOpenStack();

    /// <summary>The same OpenStack client on an OpenStack in this process; hosts are folders, and lk plays recordings unless a real one is given.</summary>
    private async Task<Site> Embedded(CancellationToken cancellation)
    {
        var folder = TemporaryDirectory / "rehearsal";
        var folders = new HostFolders(folder / "hosts", RehearsalScenario);
        var openStack = await EmbeddedCloud.StartAsync(new EmbeddedCloudOptions { Directory = folder / "openstack", Hosts = folders, Scenario = RehearsalScenario }, cancellation);
        var http = new HttpClient();
        var door = await LiveKitDoor.OpenAsync(cancellation);
        var kubernetes = await ReplayedCluster.StartAsync(HostFolders.Recordings, TimeProvider.System, cancellation);
        var cluster = new Lazy<ClusterUnderTest?>(() => ClusterUnderTest.Open(new LiveKitParameters { Kubeconfig = kubernetes.WriteKubeconfig(folder) }, folder, TimeProvider.System));
        var replay = LkBinary is null
            ? new ReplayNotice(RehearsalScenario, "The recordings are of lk 2.16.4 with livekit-server 1.13.5.")
            : null;
        var cloud = new OpenStackCloud(Setup(openStack.Credentials, () => "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK7m78J9jDWQ7Bifq8AneYEKOjC3A0gI+gxYfTf3eEqh rehearsal"));
        return new Site(
            ContextOf(cloud, new FolderConnector(folders), http) with
            {
                Replay = replay,
                LiveKit = async token => LivekitUrl is null ? door.Credentials : await LiveKitOf(cluster: null, token),
                Cluster = () => cluster.Value,
            },
            LkUpload.FromFile(LkBinary ?? HostFolders.Lk),
            [cloud, http, cluster, openStack, door, kubernetes]);
    }

    private Site OnOpenStack()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => entry.Value as string ?? "", StringComparer.Ordinal);
        var credentials = CredentialSource.Find(Parameters.OpenStack, variables, home, AskSecret);
        var key = new Lazy<SshKey>(() => FleetKey.Find(Parameters.Ssh, Fleet, home));
        var cloud = new OpenStackCloud(Setup(credentials, () => key.Value.PublicLine));
        var ssh = new SshConnector(new SshAccess
        {
            Parameters = Parameters.Ssh,
            Key = () => key.Value,
            KnownHosts = new KnownHosts(TemporaryDirectory / "known_hosts"),
            Console = cloud.GetConsoleAsync,
            Time = TimeProvider.System,
            Log = _log,
        });
        var http = new HttpClient { Timeout = ReleaseDownload };
        ILkInstaller lk = LkBinary is { } binary ? LkUpload.FromFile(binary) : new LkRelease(Parameters.LiveKit, http);
        var cluster = new Lazy<ClusterUnderTest?>(() => ClusterUnderTest.Open(Parameters.LiveKit, home, TimeProvider.System));
        var context = ContextOf(cloud, ssh, http) with { LiveKit = token => LiveKitOf(cluster, token), Cluster = () => cluster.Value };
        return new Site(context, lk, [ssh, cloud, http, cluster]);
    }

    /// <summary>The cluster is asked only for what the parameters leave open.</summary>
    private async Task<LiveKitCredentials> LiveKitOf(Lazy<ClusterUnderTest?>? cluster, CancellationToken cancellation)
    {
        var asked = LiveKitCredentials.Complete(Parameters.LiveKit) ? null : cluster?.Value;
        return LiveKitCredentials.Of(Parameters.LiveKit, asked is null ? null : await asked.LiveKitAsync(cancellation));
    }

    private OpenStackSetup Setup(OpenStackCredentials credentials, Func<string> publicKey) => new()
    {
        Credentials = credentials,
        Fleet = Parameters.Fleet,
        OpenStack = Parameters.OpenStack,
        PublicKey = publicKey,
        Log = _log,
        Time = TimeProvider.System,
    };

    private PhaseContext ContextOf(ICloud cloud, IHostConnector connector, HttpClient http) => new()
    {
        Parameters = Parameters,
        Given = Given(),
        Named = InvokedTargets.Select(target => target.Name).ToHashSet(StringComparer.Ordinal),
        CloudName = Cloud,
        Cloud = cloud,
        Hosts = new HostFleet(connector, MinServers, _log),
        Log = _log,
        Time = TimeProvider.System,
        Results = new ResultsDirectory(Parameters.Results.Directory),
        LiveKit = token => LiveKitOf(cluster: null, token),
        Http = http,
        ToolVersion = ToolVersion,
    };

    private static string AskSecret(string prompt) => Console.IsInputRedirected
        ? throw LoadTestException.Invalid($"--open-stack-rc: the file asks '{prompt}', and nobody is there to answer; expected a terminal, or OS_PASSWORD in the file.")
        : AnsiConsole.Prompt(new TextPrompt<string>(prompt) { IsSecret = true });
}
