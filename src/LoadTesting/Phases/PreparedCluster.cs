using Humanizer;
using LoadTesting.Cluster;
using LoadTesting.Plan;

namespace LoadTesting.Phases;

/// <summary>Asks LiveKit and its cluster before a run what can be known then: who else is there, what will be observed.</summary>
/// <param name="context">What every phase is given.</param>
internal sealed class PreparedCluster(PhaseContext context)
{
    /// <exception cref="LoadTestException">LiveKit refuses the key, or a cluster is required and not there.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (await context.RoomsOf(await context.LiveKit(cancellation)).GreetAsync(cancellation) is { } greeting)
            context.Log.Say($"LiveKit takes the key; {greeting}.");
        if (await FoundAsync(cancellation) is not { } found)
            return;

        context.Log.Say($"Cluster: {found.Deployment} in namespace {found.Namespace}, {found.Image}, {"replica".ToQuantity(found.Replicas)}; it is observed during the run.");
        var rooms = LoadPlanner.Plan(context.Parameters.Load, [.. Enumerable.Range(1, context.Parameters.Fleet.InstanceCount).Select(index => $"vm-{index}")], "plan-0000")
            .Processes.Select(process => process.Room).Distinct(StringComparer.Ordinal).Count();
        if (rooms < found.Replicas)
            context.Log.Warn($"{"room".ToQuantity(rooms)} for {found.Replicas} LiveKit pods: a room is on one pod, so some pods will carry nothing. --rooms {found.Replicas} or more reaches all of them.");
    }

    private async Task<LiveKitInstall?> FoundAsync(CancellationToken cancellation)
    {
        var cluster = context.Cluster(); // a kubeconfig with a fault is an error in any case
        try
        {
            return cluster is not null
                ? await cluster.LiveKitAsync(cancellation)
                : throw LoadTestException.Invalid($"there is no kubeconfig at {context.Parameters.LiveKit.Kubeconfig}", "--kubeconfig FILE names another.");
        }
        catch (LoadTestException error) when (context.Parameters.LiveKit.RequireCluster)
        {
            throw LoadTestException.Invalid($"--require cluster: {error.Message}");
        }
        catch (LoadTestException error)
        {
            context.Log.Warn($"The cluster will not be observed: {error.Message}");
            return null;
        }
    }
}
