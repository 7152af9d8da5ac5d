using LoadTesting.Cluster;
using LoadTesting.LiveKit;

namespace LoadTesting.Phases;

/// <summary>What LiveKit answers to a plan. A plan needs no LiveKit: what is missing is shown, and is no error.</summary>
/// <param name="http">Sends the request.</param>
/// <param name="time">The clock.</param>
public sealed class PlannedLiveKit(HttpClient http, TimeProvider time)
{
    /// <summary>Name and value, line by line.</summary>
    /// <param name="parameters">What the operator set.</param>
    /// <param name="cluster">The cluster, null when there is no kubeconfig.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task<IReadOnlyList<(string Name, string Value)>> RowsAsync(
        LiveKitParameters parameters, Func<ClusterUnderTest?> cluster, CancellationToken cancellation)
    {
        using var timeout = new TimeLimit(PlannedCluster.AnswerTimeout, time, cancellation);
        try
        {
            var liveKit = await CredentialLookup.FindAsync(parameters, cluster, timeout.Token);
            return [("LiveKit", await new LiveKitProbe(http, time).AskAsync(liveKit, timeout.Token) is { } answer
                ? answer.Fault(liveKit.Url) ?? $"{liveKit.Url} accepts the API key"
                : $"{liveKit.Url} does not answer from here; the hosts ask it before a run")];
        }
        catch (LoadTestException error)
        {
            return [("LiveKit", error.Message.ReplaceLineEndings(" "))];
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return [("LiveKit", $"not known: no answer within {PlannedCluster.AnswerTimeout.TotalSeconds:0} s")];
        }
    }
}
