using Reporting.Raw.Observations;
using k8s;
using k8s.Models;

namespace LoadTesting.Cluster.Observing;

/// <summary>How one kind of object is listed, watched and seen.</summary>
/// <param name="List">One page, given where the last one ended.</param>
/// <param name="Watch">What happens from a version on, given whom to tell of errors.</param>
/// <param name="See">What is written down of an object, given when and whether it is gone; null: nothing.</param>
internal sealed record Watchable<T>(
    Func<string?, CancellationToken, Task<(IList<T> Items, V1ListMeta Metadata)>> List,
    Func<string, Action<Exception>, CancellationToken, IAsyncEnumerable<(WatchEventType Type, T Object)>> Watch,
    Func<T, DateTimeOffset, bool, Observation?> See)
    where T : IKubernetesObject<V1ObjectMeta>;

/// <summary>
/// A list and the watch behind it (kubernetes.io, "Efficient detection of changes"). A watch that ends is resumed, one that lies too far
/// back starts again with a list, one that is forbidden is replaced by lists. Only changes are written down.
/// </summary>
internal sealed class WatchedSource<T>(Source source, Watchable<T> kind)
    where T : IKubernetesObject<V1ObjectMeta>
{
    public const int PageSize = 250;

    /// <summary>Bookmarks come about once a minute; without any, a dead connection cannot be told from a quiet one.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, (T Object, Observation? Seen)> _known = [];
    private readonly TaskCompletionSource _listed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it was listed for the first time.</summary>
    public Task FirstList => _listed.Task;

    /// <summary>The objects there are now.</summary>
    public IReadOnlyList<T> Current
    {
        get
        {
            lock (_known)
                return [.. _known.Values.Select(entry => entry.Object)];
        }
    }

    public async Task FollowAsync(CancellationToken cancellation)
    {
        while (true)
        {
            string? version = null;
            var fault = await source.AskAsync(async token => version = await ListAsync(token), cancellation);
            if (fault is null && version is not null)
                fault = await WatchAsync(version, cancellation);
            if (fault is not { IsExpired: true })
                await source.PauseAsync(fault, cancellation);
        }
    }

    private async Task<string> ListAsync(CancellationToken cancellation)
    {
        var listed = new HashSet<string>();
        var (items, metadata) = await kind.List(null, cancellation);
        while (true)
        {
            foreach (var item in items)
            {
                listed.Add(item.Metadata.Uid);
                Take(item, gone: false);
            }

            if (string.IsNullOrEmpty(metadata.ContinueProperty))
                break;

            await source.Scope.Budget.TakeAsync(cancellation);
            (items, metadata) = await kind.List(metadata.ContinueProperty, cancellation);
        }

        foreach (var item in Current.Where(item => !listed.Contains(item.Metadata.Uid)))
            Take(item, gone: true);
        _listed.TrySetResult();
        return metadata.ResourceVersion;
    }

    /// <summary>Watches until a list is needed again, and returns why.</summary>
    private async Task<ClusterFault?> WatchAsync(string version, CancellationToken cancellation)
    {
        while (true)
        {
            await source.Scope.Budget.TakeAsync(cancellation);
            var (last, fault) = await WatchOnceAsync(version, cancellation);
            if (fault is not null)
                return fault;

            // A clean end, or one by our own timeout: continue where it stopped.
            if (last == version)
                await source.PauseAsync(null, cancellation);
            version = last;
        }
    }

    private async Task<(string Version, ClusterFault? Fault)> WatchOnceAsync(string version, CancellationToken cancellation)
    {
        using var silence = new TimeLimit(LongestSilence, source.Scope.Time, cancellation);
        Exception? error = null;
        try
        {
            await foreach (var (type, item) in kind.Watch(version, trouble => error ??= trouble, silence.Token)
                .WithCancellation(silence.Token))
            {
                silence.Renew();
                version = item.Metadata?.ResourceVersion ?? version;
                if (type is WatchEventType.Added or WatchEventType.Modified or WatchEventType.Deleted)
                    Take(item, gone: type == WatchEventType.Deleted);
            }
        }
        catch (OperationCanceledException) when (silence.Token.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return (version, null);
        }
        catch (HttpRequestException caught) when (caught.InnerException is EndOfStreamException && !cancellation.IsCancellationRequested)
        {
            return (version, null); // a clean end without a single event; KubernetesClient looks for the first line and misses it
        }
        catch (Exception caught) when (ClusterFault.Is(caught) && !cancellation.IsCancellationRequested)
        {
            error = caught;
        }

        cancellation.ThrowIfCancellationRequested();
        return (version, error is null ? null : Noted(ClusterFault.Of(error)));
    }

    /// <summary>An expired version is no gap: nothing was missed that a list does not tell.</summary>
    private ClusterFault Noted(ClusterFault fault)
    {
        if (fault.Status is not (HttpStatusCode.Gone or HttpStatusCode.Forbidden))
            source.Lost(fault);
        return fault;
    }

    private void Take(T item, bool gone)
    {
        var seen = kind.See(item, source.Scope.Now, gone);
        lock (_known)
        {
            var before = _known.GetValueOrDefault(item.Metadata.Uid).Seen;
            if (gone)
                _known.Remove(item.Metadata.Uid);
            else
                _known[item.Metadata.Uid] = (item, seen);
            if (seen is not null && (before is null || seen != before with { At = seen.At }))
                source.Scope.Log.Write(seen);
        }
    }
}
