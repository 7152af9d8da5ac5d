using LoadTesting.Cluster;
using LoadTesting.Hosts.Settings;
using LoadTesting.LiveKit;
using LoadTesting.Lk;

namespace LoadTesting.Providers;

/// <summary>A provider's hosts and all that the phases need to know of them; disposing of it leaves the fleet as it is.</summary>
public sealed record FleetEnvironment : IAsyncDisposable
{
    /// <summary>The provider's name.</summary>
    public required string Provider { get; init; }

    /// <summary>Where the hosts come from.</summary>
    public required ICloud Cloud { get; init; }

    /// <summary>The same, for Plan, Status and Sweep.</summary>
    public required ICloudAdministration Administration { get; init; }

    /// <summary>The hosts, with their connections.</summary>
    public required HostFleet Hosts { get; init; }

    /// <summary>Puts lk on a host.</summary>
    public required ILkInstaller Lk { get; init; }

    /// <summary>Finds out how to join rooms; asked only by the phases that need it.</summary>
    public required Func<CancellationToken, Task<LiveKitCredentials>> LiveKit { get; init; }

    /// <summary>Reaches LiveKit.</summary>
    public required HttpClient Http { get; init; }

    /// <summary>The cluster that LiveKit runs in, null when there is no kubeconfig; asked only by the phases that need it.</summary>
    public Lazy<ClusterUnderTest?> Cluster { get; init; } = new(() => null);

    /// <summary>The settings that Configure makes on a host.</summary>
    public IReadOnlyList<HostSetting> Settings { get; init; } = HostSetting.All;

    /// <summary>The packages that Configure installs on a host.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>How people log in to the hosts; null: they cannot, or know how.</summary>
    public IHostLogin? Login { get; init; }

    /// <summary>Set when the hosts play recordings instead of loading a LiveKit.</summary>
    public ReplayNotice? Replay { get; init; }

    /// <summary>Where fleets are, in words.</summary>
    public string Where { get; init; } = "in the cloud";

    /// <summary>Where nothing of the fleet is left after Destroy, in words.</summary>
    public string DestroyedFrom { get => field ?? Where; init; }

    /// <summary>What else is disposed of at the end, in this order.</summary>
    public IReadOnlyList<object> Owned { get; init; } = [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Hosts.DisposeAsync();
        if (Cluster.IsValueCreated)
            Cluster.Value?.Dispose();
        foreach (var owned in Owned.Append(Http))
        {
            if (owned is IAsyncDisposable slow)
                await slow.DisposeAsync();
            else
                (owned as IDisposable)?.Dispose();
        }
    }
}
