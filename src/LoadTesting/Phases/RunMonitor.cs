using LoadTesting.Cluster.Observing;
using LoadTesting.LiveKit;
using Reporting.Raw.Observations;

namespace LoadTesting.Phases;

/// <summary>
/// What happens beside a run: the cluster is observed, and after the load its rooms are deleted. Neither can fail or delay it.
/// </summary>
public sealed class RunMonitor : IAsyncDisposable
{
    private static readonly TimeSpan DeleteTimeout = TimeSpan.FromSeconds(20);

    private readonly PhaseContext _context;
    private readonly RunManifest _manifest;
    private readonly RunRooms _rooms;
    private readonly ClusterObservation? _observation;
    private bool _loadEnded;

    private RunMonitor(PhaseContext context, RunManifest manifest, LiveKitCredentials liveKit, bool observe)
    {
        (_context, _manifest, _rooms) = (context, manifest, context.RoomsOf(liveKit));
        _observation = observe ? ClusterObservation.Start(Things(), context.Results.Path, context.Time) : null;
    }

    /// <summary>The rooms of the run as LiveKit listed them last; null while it did not.</summary>
    public RoomsSeen? Rooms => _rooms.LastSeen;

    /// <summary>What of a run is to be read. LiveKit's metrics are, where they have URLs or the cluster tells of their port.</summary>
    public static async Task<IReadOnlyList<RunSource>> SourcesAsync(PhaseContext context, CancellationToken cancellation) =>
    [
        RunSource.HostOutput, RunSource.HostSamples, RunSource.Observations,
        .. await HasMetricsAsync(context, cancellation) ? [RunSource.LiveKitMetrics] : (RunSource[])[],
    ];

    private static async Task<bool> HasMetricsAsync(PhaseContext context, CancellationToken cancellation)
    {
        if (context.Parameters.LiveKit.MetricsUrls is { Count: > 0 })
            return true;

        using var timeout = new TimeLimit(PlannedCluster.AnswerTimeout, context.Time, cancellation);
        try
        {
            return context.ObservableCluster() is { } cluster
                && (await cluster.LiveKitAsync(timeout.Token)).Configuration.IsScraped;
        }
        catch (Exception error) when (error is LoadTestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Begins with a run that is about to start: its rooms are made.</summary>
    public static async Task<RunMonitor> StartAsync(PhaseContext context, RunManifest manifest, LiveKitCredentials liveKit,
        CancellationToken cancellation)
    {
        var beside = new RunMonitor(context, manifest, liveKit, observe: true);
        try
        {
            await beside._rooms.CreateAsync(manifest, cancellation);
            return beside;
        }
        catch
        {
            beside.LoadEnded();
            await beside.DisposeAsync(); // some of the rooms may be there already
            throw;
        }
    }

    /// <summary>Joins a run that another process started, or that is over.</summary>
    /// <returns>Null when LiveKit's credentials are not known here: then the rooms close by themselves.</returns>
    public static async Task<RunMonitor?> JoinAsync(PhaseContext context, RunManifest manifest, bool inProgress,
        CancellationToken cancellation)
    {
        try
        {
            return new RunMonitor(context, manifest, await context.LiveKit(cancellation), inProgress);
        }
        catch (LoadTestException error)
        {
            context.Log.Detail($"The run's rooms are left to close by themselves: {error.Message}");
            return null;
        }
    }

    /// <summary>On no host that answers is an lk of the run left, nor will one start: its rooms may go.</summary>
    public void LoadEnded() => _loadEnded = true;

    /// <summary>Ends the observation. The rooms stay while the load may be in progress: without them it would fail.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_observation is not null)
            await _observation.DisposeAsync();
        if (!_loadEnded)
            return;

        using var timeout = new CancellationTokenSource(DeleteTimeout, _context.Time);
        try
        {
            await _rooms.DeleteAsync(_manifest, timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _context.Log.Warn("The run's rooms were not deleted in time; they close by themselves.");
        }
    }

    private ObservedThings Things() => new(_manifest, _context.ObservableCluster(), _rooms)
    {
        MetricsUrls = _context.Parameters.LiveKit.MetricsUrls ?? [],
        Interval = _context.Parameters.LiveKit.MonitorInterval,
        Http = _context.Environment.Http,
        Log = _context.Log,
    };
}
