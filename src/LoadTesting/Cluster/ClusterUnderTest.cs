using LoadTesting.Cluster.Kubeconfigs;
using k8s;

namespace LoadTesting.Cluster;

/// <summary>The Kubernetes cluster that LiveKit runs in. Nothing is requested from it before the first caller needs an answer.</summary>
public sealed class ClusterUnderTest : IDisposable
{
    private readonly Kubernetes _client;
    private readonly Lazy<Task<LiveKitInstall>> _install;
    private readonly CancellationTokenSource _end = new();

    private ClusterUnderTest(Kubernetes client, string server, string space, string origin)
    {
        _client = client;
        Server = server;
        Origin = origin;
        _install = new Lazy<Task<LiveKitInstall>>(() => new LiveKitFinder(client, space, origin).FindAsync(_end.Token));
    }

    /// <summary>Which cluster, in words: the API server and the kubeconfig's context.</summary>
    public string Origin { get; }

    /// <summary>The API server's URL.</summary>
    public string Server { get; }

    internal IKubernetes Client => _client;

    /// <summary>The cluster of the kubeconfig; null when the default kubeconfig is meant and does not exist.</summary>
    /// <param name="parameters">Which kubeconfig, context and namespace.</param>
    /// <param name="home">The home directory, for <c>~</c>.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="LoadTestException">The kubeconfig has a fault; file and field are named.</exception>
    public static ClusterUnderTest? Open(LiveKitParameters parameters, string home, TimeProvider time)
    {
        if (KubeconfigContext.Find(parameters, home) is not { } context)
            return null;

        var configuration = ClientConfiguration.Of(context, time.GetUtcNow());
        return new ClusterUnderTest(new Kubernetes(configuration), configuration.Host, parameters.Namespace,
            $"{configuration.Host}, context {context.Name} of {context.Cluster.File}");
    }

    /// <summary>Whether the parameters name a cluster, also by a kubeconfig with a fault.</summary>
    /// <param name="parameters">Which kubeconfig, context and namespace.</param>
    /// <param name="home">The home directory, for <c>~</c>.</param>
    public static bool IsMeant(LiveKitParameters parameters, string home)
    {
        try
        {
            return KubeconfigContext.Find(parameters, home) is not null;
        }
        catch (LoadTestException)
        {
            return true;
        }
    }

    /// <summary>LiveKit in this cluster; looked for once.</summary>
    /// <exception cref="LoadTestException">The API server does not answer or refuses access, or LiveKit is not in the cluster.</exception>
    public Task<LiveKitInstall> LiveKitAsync(CancellationToken cancellation) => _install.Value.WaitAsync(cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _client.Dispose();
    }
}
