using LoadTesting.Cluster;

namespace LoadTesting.Phases;

/// <summary>
/// What the cluster adds to a plan. A plan needs no cluster: one that does not exist or does not answer is reported, and is no error.
/// </summary>
public static class PlannedCluster
{
    /// <summary>How long a cluster has to answer.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Name and value, line by line; with a line more when there are fewer rooms than LiveKit pods.</summary>
    /// <param name="parameters">What the operator set.</param>
    /// <param name="open">The cluster, null when no kubeconfig is there.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public static async Task<IReadOnlyList<(string Name, string Value)>> RowsAsync(
        LoadTestParameters parameters, Func<ClusterUnderTest?> open, TimeProvider time, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            if (open() is not { } cluster)
                return [("Cluster", $"not asked: there is no kubeconfig at {parameters.LiveKit.Kubeconfig}")];

            var found = await cluster.LiveKitAsync(either.Token);
            return TooFewRooms(parameters, found) is { } warning ? [("Cluster", Words(found)), ("", warning)] : [("Cluster", Words(found))];
        }
        catch (LoadTestException error)
        {
            return [("Cluster", $"not known: {error.Message}")];
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return [("Cluster", $"not known: no answer within {AnswerTimeout.TotalSeconds:0} s")];
        }
    }

    /// <summary>Which LiveKit, and how many pods.</summary>
    internal static string Words(LiveKitInstall found) =>
        $"{found.Deployment} in namespace {found.Namespace}, {found.Image}, {Format.Counted(found.Replicas, "replica")}";

    /// <summary>That some pods will carry nothing, since a room is on one pod; null when there are rooms for all of them.</summary>
    internal static string? TooFewRooms(LoadTestParameters parameters, LiveKitInstall found)
    {
        var rooms = PlanPhase.Plan(parameters).Rooms().Count;
        return rooms < found.Replicas
            ? $"{Format.Counted(rooms, "room")} for {found.Replicas} LiveKit pods: a room is on one pod, so some pods will carry "
                + $"nothing. --rooms {found.Replicas} or more can reach all of them; several times as many make it likely."
            : null;
    }
}
