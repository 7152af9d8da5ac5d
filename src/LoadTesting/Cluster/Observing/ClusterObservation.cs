using LoadTesting.LiveKit;
using Reporting.Raw.Observations;

namespace LoadTesting.Cluster.Observing;

/// <summary>
/// Observes the cluster and LiveKit beside a run, from its start until it is disposed of. It costs the run nothing: it never throws, and
/// the run waits for it no longer than a moment at the end.
/// </summary>
public sealed class ClusterObservation : IAsyncDisposable
{
    /// <summary>Fifty pods scraped every ten seconds, lists, and half as much to spare.</summary>
    internal const int MaxRequestsPerMinute = 600;

    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _end = new();
    private readonly ObservationLog _log;
    private readonly RequestBudget _budget;
    private readonly Task _work;
    private readonly TimeProvider _time;

    private ClusterObservation(ObservedThings things, ObservationLog log, TimeProvider time)
    {
        (_log, _time) = (log, time);
        _budget = new RequestBudget(MaxRequestsPerMinute, time);
        var scope = new ObservationScope(log, _budget, time, things.Interval);
        _work = Task.Run(() => ObserveAsync(things, scope, _end.Token));
    }

    /// <summary>Begins.</summary>
    /// <param name="things">What is observed.</param>
    /// <param name="resultsDirectory">The results folder.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Null when the results folder cannot be written.</returns>
    public static ClusterObservation? Start(ObservedThings things, string resultsDirectory, TimeProvider time)
    {
        try
        {
#pragma warning disable CA2000 // The observation owns its log and lets go of it.
            return new ClusterObservation(things, ObservationLog.Open(resultsDirectory), time);
#pragma warning restore CA2000
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            things.Log.Warn($"The cluster is not observed: {error.Message}");
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAny(_work, Task.Delay(EndTimeout, _time));
        _log.Write(_budget.Made());
        await _log.DisposeAsync();
        if (_work.IsCompleted)
            _end.Dispose();
    }

    private static async Task ObserveAsync(ObservedThings things, ObservationScope scope, CancellationToken cancellation)
    {
        Task[] sources =
        [
            Forever(things, token => RoomsAsync(things, scope, token), cancellation),
            Forever(things, token => CountAsync(scope, token), cancellation),
            Forever(things, token => ClusterAsync(things, scope, token), cancellation),
            .. things.MetricsUrls.Select(
                url => Forever(things, token => new ScrapedUrl(url, things.Http, scope).PollAsync(token), cancellation)),
        ];
        await Task.WhenAll(sources);
    }

    private static async Task ClusterAsync(ObservedThings things, ObservationScope scope, CancellationToken cancellation)
    {
        var source = new Source("Kubernetes", "get,list on deployments", scope);
        if (things.Cluster is null)
        {
            source.Lost(new ClusterFault("there is no kubeconfig for it"));
            return;
        }

        LiveKitInstall found;
        try
        {
            found = await things.Cluster.LiveKitAsync(cancellation);
        }
        catch (LoadTestException error)
        {
            source.Lost(new ClusterFault(error.Message.Split('\n')[0].TrimEnd(), (error as ClusterRefusal)?.Status));
            return; // found nothing at its one look, which Prepare has reported
        }

        scope.Log.Write(new ClusterSeen(scope.Now, things.Cluster.Server, found.Namespace, found.Deployment, found.Image));
        var kubernetes = new KubernetesSources(things.Cluster.Client, found, scope, scrapes: things.MetricsUrls.Count == 0);
        await Task.WhenAll(kubernetes.All().Select(follow => Forever(things, follow, cancellation)));
    }

    private static Task RoomsAsync(ObservedThings things, ObservationScope scope, CancellationToken cancellation) =>
        new Source("rooms", needs: null, scope).PollAsync(async token =>
        {
            try
            {
                scope.Log.Write(await things.Rooms.SeeAsync(things.Manifest, scope.Now, token));
            }
            catch (RoomServiceException error)
            {
                throw new HttpRequestException(error.Message, error, error.Status); // a source's fault like any other
            }
        }, cancellation);

    private static async Task CountAsync(ObservationScope scope, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), scope.Time, cancellation);
            scope.Log.Write(scope.Budget.Made());
        }
    }

    /// <summary>A defect of ours in one source must not cost the others, and never the run.</summary>
    private static async Task Forever(ObservedThings things, Func<CancellationToken, Task> follow, CancellationToken cancellation)
    {
        try
        {
            await follow(cancellation);
        }
        catch (Exception error) when (cancellation.IsCancellationRequested && ClusterFault.Is(error))
        {
            // The end; a refusal may have been on its way.
        }
#pragma warning disable CA1031 // The run continues whatever happens here; the log shows what happened.
        catch (Exception error)
#pragma warning restore CA1031
        {
            things.Log.Warn($"Part of the cluster's observation ended: {error.GetType().Name}: {error.Message}");
        }
    }
}

/// <summary>What is observed beside a run.</summary>
/// <param name="Manifest">The run.</param>
/// <param name="Cluster">The cluster; null when there is no kubeconfig.</param>
/// <param name="Rooms">The rooms of the run.</param>
public sealed record ObservedThings(RunManifest Manifest, ClusterUnderTest? Cluster, RunRooms Rooms)
{
    /// <summary>
    /// Where LiveKit's metrics are read instead of from its pods through the API server; user and password may stand in a URL.
    /// </summary>
    public IReadOnlyList<Uri> MetricsUrls { get; init; } = [];

    /// <summary>How often what cannot be watched is asked.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Sends what does not go to the API server.</summary>
    public required HttpClient Http { get; init; }

    /// <summary>Where problems are reported.</summary>
    public required IProgressLog Log { get; init; }
}
