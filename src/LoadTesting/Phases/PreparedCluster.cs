using LoadTesting.Cluster;

namespace LoadTesting.Phases;

/// <summary>Asks LiveKit and its cluster before a run what can be known then: who else is there, what will be observed.</summary>
/// <param name="context">What every phase is given.</param>
internal sealed class PreparedCluster(PhaseContext context)
{
    /// <exception cref="LoadTestException">LiveKit refuses the key, or a cluster is required and not there.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (await context.RoomsOf(await context.LiveKit(cancellation)).DescribeAsync(cancellation) is { } greeting)
            context.Log.Say($"LiveKit accepts the API key; {greeting}.");
        if (await FoundAsync(cancellation) is not { } found)
            return;

        context.Log.Say($"Cluster: {PlannedCluster.Words(found)}; it is observed during the run.");
        if (PlannedCluster.TooFewRooms(context.Parameters, found) is { } warning)
            context.Log.Warn(warning);
    }

    private async Task<LiveKitInstall?> FoundAsync(CancellationToken cancellation)
    {
        var cluster = context.Cluster(); // a kubeconfig with a fault is an error in any case
        try
        {
            return cluster is not null
                ? await cluster.LiveKitAsync(cancellation)
                : throw LoadTestException.Invalid($"there is no kubeconfig at {context.Parameters.LiveKit.Kubeconfig}",
                    "--kubeconfig FILE names another.");
        }
        catch (LoadTestException error) when (context.Parameters.LiveKit.RequireCluster)
        {
            throw LoadTestException.Invalid($"--require cluster: {error.Message}");
        }
        catch (LoadTestException error)
        {
            context.Log.Warn(context.Parameters.LiveKit.MetricsUrls is { Count: > 0 } urls
                ? $"Kubernetes will not be observed, only LiveKit's rooms and its metrics of {Format.Counted(urls.Count, "URL")}: "
                    + error.Message
                : $"The cluster will not be observed: {error.Message}");
            return null;
        }
    }
}
