using Reporting.Raw.Observations;
using k8s.Models;

namespace LoadTesting.Cluster.Observing;

/// <summary>What is written down of Kubernetes' objects. Pure; whatever an object lacks is null, never zero.</summary>
internal static class ObservationMapper
{
    public static PodSeen Pod(V1Pod pod, DateTimeOffset at, bool gone)
    {
        var (spec, status) = (pod.Spec ?? new V1PodSpec(), pod.Status ?? new V1PodStatus());
        var containers = status.ContainerStatuses ?? [];
        var ended = containers.Select(container => container.State?.Terminated ?? container.LastState?.Terminated)
            .FirstOrDefault(end => end is not null);
        var limits = (spec.Containers ?? []).Select(container => container.Resources?.Limits).ToList();
        return new PodSeen(at, pod.Metadata.Uid, pod.Metadata.Name)
        {
            Node = spec.NodeName,
            Phase = status.Phase,
            Ready = !gone && Is(status, "Ready", "True"),
            Restarts = containers.Sum(container => container.RestartCount),
            Reason = Reason(status, containers),
            LastEnd = ended?.Reason,
            LastExitCode = ended?.ExitCode,
            CreatedAt = Instant(pod.Metadata.CreationTimestamp),
            Deleting = pod.Metadata.DeletionTimestamp is not null,
            Evicted = status.Reason == "Evicted" || Is(status, "DisruptionTarget", "True"),
            Gone = gone,
            CpuLimitCores = Sum(limits, "cpu"),
            MemoryLimitBytes = Sum(limits, "memory"),
        };
    }

    public static DeploymentSeen? Deployment(V1Deployment deployment, DateTimeOffset at, bool gone) => gone
        ? new DeploymentSeen(at, 0, 0, 0)
        : new DeploymentSeen(at, deployment.Spec?.Replicas ?? 1, deployment.Status?.ReadyReplicas ?? 0,
            deployment.Status?.UpdatedReplicas ?? 0);

    public static AutoscalerSeen? Autoscaler(V2HorizontalPodAutoscaler autoscaler, DateTimeOffset at, string deployment)
    {
        if (autoscaler.Spec?.ScaleTargetRef?.Name != deployment)
            return null;

        var status = autoscaler.Status ?? new V2HorizontalPodAutoscalerStatus();
        var trouble = status.Conditions
            ?.FirstOrDefault(condition => condition is { Type: "AbleToScale" or "ScalingActive", Status: "False" });
        return new AutoscalerSeen(
            at,
            autoscaler.Spec.MinReplicas ?? 1,
            autoscaler.Spec.MaxReplicas,
            status.CurrentReplicas ?? 0,
            status.DesiredReplicas,
            Measured(status),
            Target(autoscaler.Spec),
            trouble is null ? null : $"{trouble.Reason}: {trouble.Message}");
    }

    public static NodeSeen Node(V1Node node, DateTimeOffset at, bool gone)
    {
        var status = node.Status ?? new V1NodeStatus();
        var conditions = status.Conditions ?? [];
        string[] troubles =
        [
            .. conditions.Where(condition => condition.Type.EndsWith("Pressure", Ordinal) && condition.Status == "True")
                .Select(condition => condition.Type),
            .. node.Spec?.Unschedulable == true ? ["cordoned"] : Array.Empty<string>(),
        ];
        return new NodeSeen(
            at,
            node.Metadata.Name,
            !gone && conditions.Any(condition => condition is { Type: "Ready", Status: "True" }),
            troubles.Length == 0 ? null : troubles.Listed(),
            status.Allocatable?.ValueOrNull("cpu")?.ToDouble(),
            status.Allocatable?.ValueOrNull("memory")?.ToDouble(),
            gone);
    }

    /// <summary>
    /// Warnings and scalings since an instant. Kubelet's and controllers' events have lastTimestamp, the scheduler's eventTime alone.
    /// </summary>
    public static EventSeen? Event(Corev1Event happening, DateTimeOffset at, DateTimeOffset since)
    {
        var happened = Instant(
            happening.LastTimestamp ?? happening.Series?.LastObservedTime ?? happening.EventTime ?? happening.Metadata.CreationTimestamp);
        return happened >= since && (happening.Type == "Warning" || happening.Reason == "SuccessfulRescale")
            ? new EventSeen(
                at,
                happening.Metadata.Uid,
                happened.Value,
                happening.Type,
                happening.Reason ?? "",
                $"{happening.InvolvedObject?.Kind} {happening.InvolvedObject?.Name}",
                happening.Message ?? "",
                happening.Count ?? happening.Series?.Count ?? 1)
            : null;
    }

    public static IEnumerable<UsageSeen> Usage(PodMetricsList list, DateTimeOffset at) => (list.Items ?? []).Select(pod => new UsageSeen(
        at,
        OfNode: false,
        pod.Metadata.Name,
        Instant(pod.Timestamp),
        pod.Containers?.Sum(container => container.Usage.ValueOrNull("cpu")?.ToDouble() ?? 0) ?? 0,
        pod.Containers?.Sum(container => container.Usage.ValueOrNull("memory")?.ToDouble() ?? 0) ?? 0));

    public static IEnumerable<UsageSeen> Usage(NodeMetricsList list, DateTimeOffset at) => (list.Items ?? []).Select(node => new UsageSeen(
        at,
        OfNode: true,
        node.Metadata.Name,
        Instant(node.Timestamp),
        node.Usage?.ValueOrNull("cpu")?.ToDouble() ?? 0,
        node.Usage?.ValueOrNull("memory")?.ToDouble() ?? 0));

    /// <summary>Whether a pod runs and can be asked for its metrics; the phase alone is Running for dead pods too.</summary>
    public static bool Answers(V1Pod pod) => pod.Status is { Phase: "Running", PodIP.Length: > 0 };

    /// <summary>Whether a pod takes traffic.</summary>
    public static bool Ready(V1Pod pod) => pod.Status is { } status && Is(status, "Ready", "True");

    /// <summary>Without metrics the list has one item of an empty type.</summary>
    private static int? Measured(V2HorizontalPodAutoscalerStatus status) =>
        status.CurrentMetrics?.Select(metric => metric.Resource?.Current?.AverageUtilization).FirstOrDefault(value => value is not null);

    private static int? Target(V2HorizontalPodAutoscalerSpec spec) =>
        spec.Metrics?.Select(metric => metric.Resource?.Target?.AverageUtilization).FirstOrDefault(value => value is not null);

    private static string? Reason(V1PodStatus status, IList<V1ContainerStatus> containers) =>
        status.Reason
        ?? containers.Select(container => container.State?.Waiting?.Reason)
            .FirstOrDefault(reason => reason is not (null or "ContainerCreating"))
        ?? status.Conditions?.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: "False" })?.Reason;

    private static bool Is(V1PodStatus pod, string type, string status) =>
        pod.Conditions?.Any(condition => condition.Type == type && condition.Status == status) == true;

    private static double? Sum(IReadOnlyList<IDictionary<string, ResourceQuantity>?> limits, string resource) =>
        limits.Count > 0 && limits.All(limit => limit?.ContainsKey(resource) == true)
            ? limits.Sum(limit => limit![resource].ToDouble())
            : null;

    private static DateTimeOffset? Instant(DateTime? time) =>
        time is { } known ? new DateTimeOffset(known.ToUniversalTime(), TimeSpan.Zero) : null;
}
