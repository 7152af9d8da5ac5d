namespace Reporting.Raw.Observations;

/// <summary>
/// One line of <c>results/cluster/observations.jsonl</c>: something that was seen of the cluster, and when, on the controller's clock.
/// </summary>
/// <param name="At">When it was seen.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(ClusterSeen), "cluster")]
[JsonDerivedType(typeof(PodSeen), "pod")]
[JsonDerivedType(typeof(DeploymentSeen), "deployment")]
[JsonDerivedType(typeof(AutoscalerSeen), "autoscaler")]
[JsonDerivedType(typeof(NodeSeen), "node")]
[JsonDerivedType(typeof(EventSeen), "event")]
[JsonDerivedType(typeof(UsageSeen), "usage")]
[JsonDerivedType(typeof(LiveKitSeen), "livekit")]
[JsonDerivedType(typeof(RoomsSeen), "rooms")]
[JsonDerivedType(typeof(SourceLost), "lost")]
[JsonDerivedType(typeof(SourceBack), "back")]
[JsonDerivedType(typeof(RequestsMade), "requests")]
public abstract record Observation(DateTimeOffset At);

/// <summary>Which cluster is observed.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Server">The API server's URL.</param>
/// <param name="Namespace">LiveKit's namespace.</param>
/// <param name="Deployment">LiveKit's Deployment.</param>
/// <param name="Image">The image of its pods.</param>
public sealed record ClusterSeen(DateTimeOffset At, string Server, string Namespace, string Deployment, string? Image) : Observation(At);

/// <summary>A LiveKit pod. A restart inside the pod keeps name and uid; after deletion or eviction there is another of both.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Uid">Its uid.</param>
/// <param name="Name">Its name.</param>
public sealed record PodSeen(DateTimeOffset At, string Uid, string Name) : Observation(At)
{
    /// <summary>The node it runs on; null while it is not scheduled.</summary>
    public string? Node { get; init; }

    /// <summary>Its phase; Running also while it crashes, is deleted or its node is dead.</summary>
    public string? Phase { get; init; }

    /// <summary>Whether it takes traffic.</summary>
    public bool Ready { get; init; }

    /// <summary>Restarts of its containers.</summary>
    public int Restarts { get; init; }

    /// <summary>Why it is not as it should be: CrashLoopBackOff, Unschedulable, Evicted; null when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Why a container ended last: OOMKilled, Error, Completed; null when none did.</summary>
    public string? LastEnd { get; init; }

    /// <summary>The exit code of that; LiveKit ends with 0 when its configuration is wrong.</summary>
    public int? LastExitCode { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether it is on its way out.</summary>
    public bool Deleting { get; init; }

    /// <summary>Whether it was evicted, by its node's pressure, by the API or with its node.</summary>
    public bool Evicted { get; init; }

    /// <summary>Whether it is gone.</summary>
    public bool Gone { get; init; }

    /// <summary>Cores that it may use; null: no limit.</summary>
    public double? CpuLimitCores { get; init; }

    /// <summary>Bytes of memory that it may use; null: no limit.</summary>
    public double? MemoryLimitBytes { get; init; }
}

/// <summary>LiveKit's Deployment.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Wanted">Replicas that are wanted.</param>
/// <param name="Ready">Replicas that are ready.</param>
/// <param name="Updated">Replicas of the newest template.</param>
public sealed record DeploymentSeen(DateTimeOffset At, int Wanted, int Ready, int Updated) : Observation(At);

/// <summary>The HorizontalPodAutoscaler of LiveKit's Deployment.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Least">Fewest replicas.</param>
/// <param name="Most">Most replicas.</param>
/// <param name="Current">Replicas there are, pending ones too.</param>
/// <param name="Wanted">Replicas it wants.</param>
/// <param name="Utilization">What it measured, in percent of what was requested; null while it has no metrics.</param>
/// <param name="Target">What it aims at, in percent.</param>
/// <param name="Trouble">Why it cannot scale; null when it can.</param>
public sealed record AutoscalerSeen(DateTimeOffset At, int Least, int Most, int Current, int Wanted, int? Utilization, int? Target,
    string? Trouble) : Observation(At);

/// <summary>A node of the cluster.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ready">Whether it is ready.</param>
/// <param name="Trouble">Pressures and cordons; null when there are none.</param>
/// <param name="AllocatableCores">Cores for pods.</param>
/// <param name="AllocatableBytes">Memory for pods.</param>
/// <param name="Gone">Whether it left the cluster.</param>
public sealed record NodeSeen(DateTimeOffset At, string Name, bool Ready, string? Trouble, double? AllocatableCores,
    double? AllocatableBytes, bool Gone) : Observation(At);

/// <summary>
/// An event of LiveKit's namespace: a warning, or a scaling. A repeated event is the same line again with a greater count.
/// </summary>
/// <param name="At">When it was seen.</param>
/// <param name="Uid">Its uid.</param>
/// <param name="HappenedAt">When it happened last.</param>
/// <param name="Type">Normal or Warning.</param>
/// <param name="Reason">Its reason, <c>FailedScheduling</c>.</param>
/// <param name="Subject">What it is about, <c>Pod livekit-abc</c>.</param>
/// <param name="Message">Its message.</param>
/// <param name="Count">How often it happened.</param>
public sealed record EventSeen(DateTimeOffset At, string Uid, DateTimeOffset HappenedAt, string Type, string Reason, string Subject,
    string Message, int Count) : Observation(At);

/// <summary>What a pod or a node used, by metrics.k8s.io.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="OfNode">Whether it is a node's.</param>
/// <param name="Name">The pod or node.</param>
/// <param name="SampledAt">When it was sampled.</param>
/// <param name="Cores">Cores in use.</param>
/// <param name="Bytes">Memory in use.</param>
public sealed record UsageSeen(DateTimeOffset At, bool OfNode, string Name, DateTimeOffset? SampledAt, double Cores, double Bytes)
    : Observation(At);

/// <summary>What LiveKit reported on its metrics port.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Pod">The pod, or the URL it was read from.</param>
/// <param name="Metrics">Its figures.</param>
public sealed record LiveKitSeen(DateTimeOffset At, string Pod, LiveKitMetrics Metrics) : Observation(At);

/// <summary>The rooms that LiveKit has, by its room service.</summary>
/// <param name="At">When they were listed.</param>
/// <param name="Rooms">Those of the run.</param>
/// <param name="OtherRooms">How many others have participants; files of 0.1.0 count empty ones and those of smoke joins too.</param>
/// <param name="OtherParticipants">Participants in those.</param>
public sealed record RoomsSeen(DateTimeOffset At, IReadOnlyList<RoomSeen> Rooms, int OtherRooms, int OtherParticipants) : Observation(At);

/// <summary>A room of the run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Participants">Participants in it.</param>
/// <param name="Publishers">How many of them publish.</param>
public sealed record RoomSeen(string Name, int Participants, int Publishers);

/// <summary>A source that does not answer or does not let us, from here on.</summary>
/// <param name="At">Since when.</param>
/// <param name="Source">The source, <c>nodes</c>.</param>
/// <param name="Why">Why.</param>
/// <param name="Needs">The rights it takes, <c>get,list,watch on nodes</c>; null when rights are not the trouble.</param>
public sealed record SourceLost(DateTimeOffset At, string Source, string Why, string? Needs) : Observation(At);

/// <summary>A source that answers again.</summary>
/// <param name="At">Since when.</param>
/// <param name="Source">The source.</param>
public sealed record SourceBack(DateTimeOffset At, string Source) : Observation(At);

/// <summary>What the observation cost the cluster.</summary>
/// <param name="At">When it was counted.</param>
/// <param name="Total">Requests to the API server and to LiveKit.</param>
/// <param name="MostInAMinute">Most of them in one minute.</param>
public sealed record RequestsMade(DateTimeOffset At, int Total, int MostInAMinute) : Observation(At);
