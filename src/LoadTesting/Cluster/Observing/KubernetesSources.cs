using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Reporting.Raw.Observations;
using k8s;
using k8s.Exceptions;
using k8s.Models;

namespace LoadTesting.Cluster.Observing;

/// <summary>What a cluster is asked about its LiveKit, each source on its own.</summary>
internal sealed class KubernetesSources
{
    /// <summary>How long a watch is asked to last; its end is normal and it is resumed.</summary>
    private const int WatchSeconds = 300;
    private const int MaxParallelScrapes = 8;

    /// <summary>Half of what may be asked: the lists and watches have the other half.</summary>
    private const int MaxScrapesPerMinute = ClusterObservation.MaxRequestsPerMinute / 2;

    /// <summary>A pod that hangs is never cut off by the API server; the others wait for it as long as this.</summary>
    private static readonly TimeSpan ScrapeTimeout = TimeSpan.FromSeconds(5);

    private readonly IKubernetes _client;
    private readonly LiveKitInstall _liveKit;
    private readonly ObservationScope _scope;
    private readonly bool _scrapes;
    private readonly WatchedSource<V1Pod> _pods;
    private int _turn;

    public KubernetesSources(IKubernetes client, LiveKitInstall liveKit, ObservationScope scope, bool scrapes)
    {
        (_client, _liveKit, _scope, _scrapes) = (client, liveKit, scope, scrapes);
        _pods = Watched("pods", new Watchable<V1Pod>(
            async (next, token) =>
                Page(await client.CoreV1.ListNamespacedPodAsync(Space, continueParameter: next, labelSelector: Selector,
                limit: WatchedSource<V1Pod>.PageSize, cancellationToken: token)),
            (version, trouble, token) =>
                client.CoreV1.WatchListNamespacedPodAsync(Space, allowWatchBookmarks: true, labelSelector: Selector,
                resourceVersion: version, timeoutSeconds: WatchSeconds, onError: trouble, cancellationToken: token),
            ObservationMapper.Pod));
    }

    private string Space => _liveKit.Namespace;

    private string Selector => _liveKit.Selector;

    /// <summary>Each source's work, to the end.</summary>
    public IEnumerable<Func<CancellationToken, Task>> All()
    {
        var since = _scope.Now - TimeSpan.FromSeconds(30);
        yield return _pods.FollowAsync;
        yield return Deployment().FollowAsync;
        yield return Autoscaler().FollowAsync;
        yield return Watched("nodes", Nodes()).FollowAsync;
        yield return Watched("events", Events(since)).FollowAsync;
        yield return PodUsageAsync;
        yield return NodeUsageAsync;
        if (_scrapes)
            yield return ScrapeAsync;
    }

    private WatchedSource<V1Deployment> Deployment()
    {
        var name = $"metadata.name={_liveKit.Deployment}";
        return Watched("deployments", new Watchable<V1Deployment>(
            async (next, token) =>
                Page(await _client.AppsV1.ListNamespacedDeploymentAsync(Space, continueParameter: next, fieldSelector: name,
                cancellationToken: token)),
            (version, trouble, token) =>
                _client.AppsV1.WatchListNamespacedDeploymentAsync(Space, allowWatchBookmarks: true, fieldSelector: name,
                resourceVersion: version, timeoutSeconds: WatchSeconds, onError: trouble, cancellationToken: token),
            ObservationMapper.Deployment));
    }

    private WatchedSource<V2HorizontalPodAutoscaler> Autoscaler() =>
        Watched("horizontalpodautoscalers", new Watchable<V2HorizontalPodAutoscaler>(
        async (next, token) =>
            Page(await _client.AutoscalingV2.ListNamespacedHorizontalPodAutoscalerAsync(Space, continueParameter: next,
            cancellationToken: token)),
        (version, trouble, token) =>
            _client.AutoscalingV2.WatchListNamespacedHorizontalPodAutoscalerAsync(Space, allowWatchBookmarks: true,
            resourceVersion: version, timeoutSeconds: WatchSeconds, onError: trouble, cancellationToken: token),
        (item, at, _) => ObservationMapper.Autoscaler(item, at, _liveKit.Deployment)));

    private Watchable<V1Node> Nodes() => new(
        async (next, token) =>
            Page(await _client.CoreV1.ListNodeAsync(continueParameter: next, limit: WatchedSource<V1Node>.PageSize,
            cancellationToken: token)),
        (version, trouble, token) =>
            _client.CoreV1.WatchListNodeAsync(allowWatchBookmarks: true, resourceVersion: version, timeoutSeconds: WatchSeconds,
            onError: trouble, cancellationToken: token),
        ObservationMapper.Node);

    private Watchable<Corev1Event> Events(DateTimeOffset since) => new(
        async (next, token) =>
            Page(await _client.CoreV1.ListNamespacedEventAsync(Space, continueParameter: next, limit: WatchedSource<Corev1Event>.PageSize,
            cancellationToken: token)),
        (version, trouble, token) =>
            _client.CoreV1.WatchListNamespacedEventAsync(Space, allowWatchBookmarks: true, resourceVersion: version,
            timeoutSeconds: WatchSeconds, onError: trouble, cancellationToken: token),
        (item, at, gone) => gone ? null : ObservationMapper.Event(item, at, since));

    private Task PodUsageAsync(CancellationToken cancellation) => Asked("pod metrics", "pods.metrics.k8s.io").PollAsync(async token =>
        Write(ObservationMapper.Usage(
            await _client.CustomObjects.ListNamespacedCustomObjectAsync<PodMetricsList>("metrics.k8s.io", "v1beta1", Space, "pods",
            labelSelector: Selector, cancellationToken: token), _scope.Now)), cancellation);

    /// <summary>Only nodes that carry LiveKit are of interest.</summary>
    private Task NodeUsageAsync(CancellationToken cancellation) => Asked("node metrics", "nodes.metrics.k8s.io").PollAsync(async token =>
    {
        var list = await _client.CustomObjects.ListClusterCustomObjectAsync<NodeMetricsList>("metrics.k8s.io", "v1beta1", "nodes",
            cancellationToken: token);
        var ours = _pods.Current.Select(pod => pod.Spec?.NodeName).ToHashSet();
        Write(ObservationMapper.Usage(list, _scope.Now).Where(usage => ours.Contains(usage.Name)));
    }, cancellation);

    /// <summary>Begins when it is known which pods there are: a run of a few seconds is scraped as well.</summary>
    private async Task ScrapeAsync(CancellationToken cancellation)
    {
        var source = new Source(SourceLost.LiveKitMetrics, "get on pods/proxy", _scope);
        if (_liveKit.Configuration is not { IsScraped: true, PrometheusPort: { } port })
        {
            source.Lost(new ClusterFault(_liveKit.Configuration.PrometheusPort is null
                ? "LiveKit's configuration has no prometheus_port, or could not be read"
                : "they want a user name and password, which the API server's proxy does not pass on; --livekit-metrics-url reads them "
                    + "directly"));
            return;
        }

        await _pods.FirstList.WaitAsync(cancellation);
        await source.PollAsync(token => ScrapeAsync(port, token), cancellation);
    }

    /// <summary>A pod that does not answer costs the others nothing; it is named once it is ready, for then it should.</summary>
    private async Task ScrapeAsync(int port, CancellationToken cancellation)
    {
        var pods = Turn([.. _pods.Current.Where(ObservationMapper.Answers).OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal)]);
        var faults = new ConcurrentDictionary<string, Exception>();
        await Parallel.ForEachAsync(pods,
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelScrapes, CancellationToken = cancellation },
            async (pod, token) =>
        {
            var name = pod.Metadata.Name;
            await _scope.Budget.TakeAsync(token);
            using var timeout = new TimeLimit(ScrapeTimeout, _scope.Time, token);
            try
            {
                await using var body =
                    await _client.CoreV1.ConnectGetNamespacedPodProxyWithPathAsync($"{name}:{port}", Space, "metrics",
                    cancellationToken: timeout.Token);
                _scope.Log.Write(new LiveKitSeen(_scope.Now, name, await ScrapeBody.MetricsAsync(body, timeout.Token)));
            }
            catch (Exception error) when (ClusterFault.Is(error) && !token.IsCancellationRequested)
            {
                faults[name] = error;
            }
        });
        if (!faults.IsEmpty && faults.Count == pods.Count)
            ExceptionDispatchInfo.Throw(faults.Values.First());

        var silent = pods.Where(ObservationMapper.Ready).Select(pod => pod.Metadata.Name).Where(faults.ContainsKey)
            .Order(StringComparer.Ordinal).ToList();
        if (silent.Count > 0)
            throw new KubernetesClientException(
                $"{silent.Count} of {pods.Count} pods: {ClusterFault.Of(faults[silent[0]]).Why}: {silent.Listed()}");
    }

    /// <summary>More pods than may be asked in an interval take turns.</summary>
    private IReadOnlyList<V1Pod> Turn(IReadOnlyList<V1Pod> pods)
    {
        var most = Math.Max(MaxParallelScrapes, (int)(MaxScrapesPerMinute * _scope.Interval.TotalMinutes));
        if (pods.Count <= most)
            return pods;

        _turn = (_turn + most) % pods.Count;
        return [.. pods.Concat(pods).Skip(_turn).Take(most)];
    }

    private void Write(IEnumerable<Observation> observations)
    {
        foreach (var observation in observations)
            _scope.Log.Write(observation);
    }

    private Source Asked(string name, string resource) => new(name, $"get,list on {resource}", _scope);

    private WatchedSource<T> Watched<T>(string resource, Watchable<T> kind)
        where T : IKubernetesObject<V1ObjectMeta> => new(new Source(resource, $"get,list,watch on {resource}", _scope), kind);

    private static (IList<T> Items, V1ListMeta Metadata) Page<T>(IItems<T> list)
        where T : IKubernetesObject<V1ObjectMeta> => (list.Items ?? [], ((IKubernetesObject<V1ListMeta>)list).Metadata ?? new V1ListMeta());
}
