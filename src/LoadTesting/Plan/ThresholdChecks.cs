using Reporting.Judging;

namespace LoadTesting.Plan;

/// <summary>What of the cluster under test a run will read, as far as the parameters show.</summary>
/// <param name="Kubernetes">Whether there is a kubeconfig.</param>
/// <param name="Metrics">Whether LiveKit's metrics are read from given URLs.</param>
public sealed record ReadOfCluster(bool Kubernetes, bool Metrics);

/// <summary>Compares thresholds with the planned load: one that nothing could measure would end every run inconclusive. Pure.</summary>
public static class ThresholdChecks
{
    /// <summary>The thresholds that were given although this load has nothing that they could measure.</summary>
    /// <param name="results">The thresholds.</param>
    /// <param name="plan">The planned load.</param>
    /// <param name="cluster">What will be read of the cluster.</param>
    public static IReadOnlyList<ParameterProblem> Problems(ResultsParameters results, RunPlan plan, ReadOfCluster cluster) =>
        !results.ThresholdsGiven
            ? []
            : [.. WithoutMeasure(results, plan, cluster).Select(threshold => new ParameterProblem(
                "--thresholds", threshold.Text, $"a threshold that this load can measure: {threshold.Why}"))];

    /// <summary>The thresholds that this load has nothing to measure for, each with the reason. As defaults, they do not apply.</summary>
    /// <inheritdoc cref="Problems" path="/param"/>
    public static IReadOnlyList<(string Text, string Why)> WithoutMeasure(
        ResultsParameters results, RunPlan plan, ReadOfCluster cluster) =>
    [
        .. Threshold.Parse(results.Thresholds, out _)
            .Select(threshold => (threshold.Text, Why: threshold.NothingToMeasure(plan) ?? NotRead(threshold, cluster)))
            .Where(threshold => threshold.Why is not null)
            .Select(threshold => (threshold.Text, threshold.Why!)),
    ];

    private static string? NotRead(Threshold threshold, ReadOfCluster cluster) => threshold.Metric switch
    {
        { OfCluster: false } => null,
        { Name: var name } when name.StartsWith("pods.", Ordinal) => cluster.Kubernetes ? null : "there is no kubeconfig",
        _ => cluster.Kubernetes || cluster.Metrics ? null : "there is neither a kubeconfig nor --livekit-metrics-url",
    };
}
