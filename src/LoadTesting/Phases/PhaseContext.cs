using LoadTesting.Cluster;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Ssh;
using LoadTesting.LiveKit;
using LoadTesting.Providers;
using LoadTesting.Results;
using Reporting.Raw.Manifest;

namespace LoadTesting.Phases;

/// <summary>What every phase is given. Nothing in it remembers what an earlier phase did: that is in the cloud, on the hosts and in files.</summary>
public sealed record PhaseContext
{
    /// <summary>What the operator set.</summary>
    public required LoadTestParameters Parameters { get; init; }

    /// <summary>The parameters as they were given or defaulted, by command line name, without secrets.</summary>
    public required IReadOnlyDictionary<string, string> Given { get; init; }

    /// <summary>The targets that were named on the command line, as opposed to those that are only needed.</summary>
    public required IReadOnlySet<string> Named { get; init; }

    /// <summary>Which kind of cloud: openstack, inventory or rehearsal.</summary>
    public required string CloudName { get; init; }

    /// <summary>Where the machines come from.</summary>
    public required ICloud Cloud { get; init; }

    /// <summary>The hosts, with their connections.</summary>
    public required HostFleet Hosts { get; init; }

    /// <summary>Where the phases say what they do.</summary>
    public required IProgressLog Log { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The results folder.</summary>
    public required ResultsDirectory Results { get; init; }

    /// <summary>Finds out how to join rooms; asked only by the phases that need it.</summary>
    public required Func<CancellationToken, Task<LiveKitCredentials>> LiveKit { get; init; }

    /// <summary>The cluster that LiveKit runs in, null when no kubeconfig is there; asked only by the phases that need it.</summary>
    public Func<ClusterUnderTest?> Cluster { get; init; } = () => null;

    /// <summary>Writes the files with which ssh and Ansible reach the fleet; null: its hosts have no sshd.</summary>
    public SshFiles? SshFiles { get; init; }

    /// <summary>Speaks to LiveKit.</summary>
    public required HttpClient Http { get; init; }

    /// <summary>Set when the hosts play recordings instead of loading a LiveKit.</summary>
    public ReplayNotice? Replay { get; init; }

    /// <summary>Version of this tool.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The rooms of a run on the LiveKit.</summary>
    public RunRooms RoomsOf(LiveKitCredentials liveKit) => new(new RoomService(Http, liveKit, Time), Log);

    /// <summary>The cluster, or null when its kubeconfig has a fault: what Prepare has said is not said again.</summary>
    public ClusterUnderTest? ObservableCluster()
    {
        try
        {
            return Cluster();
        }
        catch (LoadTestException error)
        {
            Log.Detail($"The cluster is not observed: {error.Message}");
            return null;
        }
    }

    /// <summary>Whether the target was named, and must act, or is only needed, and brings itself up to date.</summary>
    public bool IsNamed(PhaseName phase) => Named.Contains($"{phase}");
}
