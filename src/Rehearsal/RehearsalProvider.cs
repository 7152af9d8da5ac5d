using LoadTesting.Cluster;
using LoadTesting.Providers;
using LoadTesting.Providers.OpenStack;
using Rehearsal.Hosts;
using Rehearsal.Kubernetes;
using Rehearsal.LiveKit;
using Rehearsal.OpenStack;
using Reporting.Raw.Manifest;

namespace Rehearsal;

/// <summary>
/// The same OpenStack client on an OpenStack in this process; hosts are folders, and lk plays recordings unless a real one is given.
/// </summary>
/// <param name="parameters">What the fleet is made of.</param>
/// <param name="scenario">What goes wrong with a new fleet; one that exists keeps the scenario in which it was provisioned.</param>
public sealed class RehearsalProvider(OpenStackParameters parameters, string scenario) : FleetProvider
{
    /// <summary>The value of <c>--cloud</c>.</summary>
    public const string Kind = "rehearsal";

    private const string PublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK7m78J9jDWQ7Bifq8AneYEKOjC3A0gI+gxYfTf3eEqh rehearsal";

    /// <inheritdoc/>
    public override string Name => Kind;

    /// <inheritdoc/>
    public override bool BringsLiveKit => true;

    /// <inheritdoc/>
    public override string Describe(FleetParameters fleet) => parameters.Describe(fleet);

#pragma warning disable CA2000 // "Dispose objects before losing scope": the environment owns them
    /// <inheritdoc/>
    public override async Task<FleetEnvironment> OpenAsync(ProviderContext context, CancellationToken cancellation)
    {
        var folder = Path.Combine(context.TemporaryDirectory, Kind);
        var cloudFolder = Path.Combine(folder, "openstack");
        var played = await EmbeddedCloud.ScenarioOfAsync(cloudFolder, context.Parameters.Fleet.Name, cancellation) ?? scenario;
        if (played != scenario)
            context.Log.Warn($"The fleet was provisioned with the scenario {played} and plays it, not {scenario}.");
        var folders = new HostFolders(Path.Combine(folder, "hosts"), played);
        var openStack = await EmbeddedCloud.StartAsync(
            new EmbeddedCloudOptions { Directory = cloudFolder, Hosts = folders, Scenario = played }, cancellation);
        var liveKit = await LiveKitStub.OpenAsync(cancellation, folders.Load);
        var kubernetes = await ReplayedCluster.StartAsync(
            HostFolders.Recordings, TimeProvider.System, cancellation, load: folders.Load, scenario: played);
        var cloud = new OpenStackCloud(new OpenStackSetup
        {
            Credentials = openStack.Credentials,
            Fleet = context.Parameters.Fleet,
            OpenStack = parameters,
            PublicKey = () => PublicKey,
            Log = context.Log,
            Time = context.Time,
        });
        var given = context.Parameters.LiveKit;
        var own = new LiveKitParameters { Kubeconfig = kubernetes.WriteKubeconfig(folder), LkBinary = given.LkBinary ?? HostFolders.Lk };
        return EnvironmentOf(context with { Parameters = context.Parameters with { LiveKit = own } }, cloud,
            context.HostsOver(new FolderConnector(folders))) with
        {
            // A folder has no package manager: the one in reach is the operator's own.
            Packages = [],
            LiveKit = async token => given.Url is null ? liveKit.Credentials : await CredentialLookup.FindAsync(given, () => null, token),
            Replay = given.LkBinary is null
                ? new ReplayNotice(played, "The recordings are of lk 2.16.4 and 2.18.3 with livekit-server 1.13.")
                : null,
            Owned = [cloud, openStack, liveKit, kubernetes],
        };
    }
#pragma warning restore CA2000
}
