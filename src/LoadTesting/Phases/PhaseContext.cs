using LoadTesting.Cluster;
using LoadTesting.LiveKit;
using LoadTesting.Providers;
using LoadTesting.Results;

namespace LoadTesting.Phases;

/// <summary>
/// What every phase is given. Nothing in it remembers what an earlier phase did: that is in the cloud, on the hosts and in files.
/// </summary>
public sealed record PhaseContext
{
    /// <summary>What the operator set.</summary>
    public required LoadTestParameters Parameters { get; init; }

    /// <summary>The parameters as they were given or defaulted, by command line name, without secrets.</summary>
    public required IReadOnlyDictionary<string, string> Given { get; init; }

    /// <summary>The targets that were named on the command line, as opposed to those that are only needed.</summary>
    public required IReadOnlySet<string> Named { get; init; }

    /// <summary>The fleet's hosts, and all that their provider knows of them.</summary>
    public required FleetEnvironment Environment { get; init; }

    /// <summary>Only this number of hosts, the first ones, as if there were no others; null: all.</summary>
    public int? HostCount { get; init; }

    /// <summary>Where the phases say what they do.</summary>
    public required IProgressLog Log { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The time on that clock.</summary>
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>The results folder.</summary>
    public required ResultsDirectory Results { get; init; }

    /// <summary>Version of this tool.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The hosts, with their connections.</summary>
    public HostFleet Hosts => Environment.Hosts;

    /// <summary>The hosts that exist, ordered by index.</summary>
    public async Task<IReadOnlyList<FleetHost>> ListAsync(CancellationToken cancellation)
    {
        var hosts = await Environment.Cloud.ListAsync(cancellation);
        return [.. hosts.Take(HostCount ?? hosts.Count)];
    }

    /// <summary>Finds out how to join rooms; asked only by the phases that need it.</summary>
    public Task<LiveKitCredentials> LiveKit(CancellationToken cancellation) => Environment.LiveKit(cancellation);

    /// <summary>The cluster that LiveKit runs in, null when no kubeconfig is there; asked only by the phases that need it.</summary>
    public ClusterUnderTest? Cluster() => Environment.Cluster.Value;

    /// <summary>The rooms of a run on the LiveKit.</summary>
    public RunRooms RoomsOf(LiveKitCredentials liveKit) => new(new RoomService(Environment.Http, liveKit, Time), Log);

    /// <summary>The cluster, or null when its kubeconfig has a fault: Prepare has warned of it already.</summary>
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
