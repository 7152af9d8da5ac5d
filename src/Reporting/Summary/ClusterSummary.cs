namespace Reporting.Summary;

/// <summary>What the cluster under test did during the run, by Kubernetes and by LiveKit itself.</summary>
public sealed record ClusterSummary
{
    /// <summary>The API server; null when Kubernetes was not observed.</summary>
    public string? Server { get; init; }

    /// <summary>LiveKit's namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>LiveKit's Deployment.</summary>
    public string? Deployment { get; init; }

    /// <summary>The image of its pods; the tag is LiveKit's version.</summary>
    public string? Image { get; init; }

    /// <summary>When the first observation was made.</summary>
    public required DateTimeOffset ObservedFrom { get; init; }

    /// <summary>When the last one was.</summary>
    public required DateTimeOffset ObservedTo { get; init; }

    /// <summary>Requests that the observation cost the cluster; null when its end is missing.</summary>
    public int? Requests { get; init; }

    /// <summary>Most of them in one minute.</summary>
    public int? MostRequestsInAMinute { get; init; }

    /// <summary>Pods that were ready at the start; null when pods were not observed, as are the three that follow.</summary>
    public int? ReadyAtStart { get; init; }

    /// <summary>Most pods that were ready at once.</summary>
    public int? ReadyMost { get; init; }

    /// <summary>Pods that were ready at the end.</summary>
    public int? ReadyAtEnd { get; init; }

    /// <summary>Restarts of containers, counted pod by pod.</summary>
    public int? Restarts { get; init; }

    /// <summary>Pods that were evicted.</summary>
    public int? Evictions { get; init; }

    /// <summary>Each LiveKit pod, in the order of its creation.</summary>
    public IReadOnlyList<ClusterPod> Pods { get; init; } = [];

    /// <summary>The load per pod; null when the pods' metrics were not read, or no pod had participants.</summary>
    public Placement? Placement { get; init; }

    /// <summary>Each change of the number of pods that were wanted.</summary>
    public IReadOnlyList<Scaling> Scalings { get; init; } = [];

    /// <summary>When a pod was seen to have restarted, the earliest first.</summary>
    public IReadOnlyList<PodRestart> RestartsSeen { get; init; } = [];

    /// <summary>The nodes that carried LiveKit, and those in trouble.</summary>
    public IReadOnlyList<ClusterNode> Nodes { get; init; } = [];

    /// <summary>Warnings of LiveKit's namespace.</summary>
    public IReadOnlyList<ClusterWarning> Warnings { get; init; } = [];

    /// <summary>What LiveKit measured of itself; null when its metrics were not read.</summary>
    public LiveKitFigures? LiveKit { get; init; }

    /// <summary>The run's rooms as LiveKit counted them.</summary>
    public IReadOnlyList<ClusterRoom> Rooms { get; init; } = [];

    /// <summary>Most rooms of others at once; null when rooms were not listed.</summary>
    public int? OtherRooms { get; init; }

    /// <summary>Most participants in rooms of others at once.</summary>
    public int? OtherParticipants { get; init; }

    /// <summary>Sources that did not answer, for a time or at all.</summary>
    public IReadOnlyList<ObservationGap> Gaps { get; init; } = [];
}

/// <summary>A pod whose container had restarted.</summary>
/// <param name="At">When that was seen.</param>
/// <param name="Pod">The pod.</param>
/// <param name="Why">Why it had ended, <c>OOMKilled</c>; null when Kubernetes gave no reason.</param>
public sealed record PodRestart(DateTimeOffset At, string Pod, string? Why);

/// <summary>A LiveKit pod.</summary>
public sealed record ClusterPod
{
    /// <summary>From this share of a limit on a pod is at it: what it uses is a mean of some seconds.</summary>
    public const double AtLimit = 0.95;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The node it ran on; null when it found none.</summary>
    public string? Node { get; init; }

    /// <summary>When it was first seen ready; null when it never was.</summary>
    public DateTimeOffset? ReadyFrom { get; init; }

    /// <summary>When it was gone; null when it was there to the end.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>Restarts during the run.</summary>
    public required int Restarts { get; init; }

    /// <summary>Why it ended last, <c>OOMKilled (exit code 137)</c>; null when it did not.</summary>
    public string? LastEnd { get; init; }

    /// <summary>What was wrong with it last, <c>Unschedulable</c>; null when nothing was.</summary>
    public string? Trouble { get; init; }

    /// <summary>Whether it was evicted.</summary>
    public required bool Evicted { get; init; }

    /// <summary>Most cores it used; null when that was not measured.</summary>
    public double? CoresMost { get; init; }

    /// <summary>Cores it may use; null without a limit.</summary>
    public double? CoresLimit { get; init; }

    /// <summary>Most bytes of memory it used; null when that was not measured.</summary>
    public double? MemoryMostBytes { get; init; }

    /// <summary>Bytes it may use; null without a limit.</summary>
    public double? MemoryLimitBytes { get; init; }

    /// <summary>Most rooms on it at once; null when its metrics were not read.</summary>
    public int? RoomsMost { get; init; }

    /// <summary>Most participants on it at once; null when its metrics were not read.</summary>
    public int? ParticipantsMost { get; init; }
}

/// <summary>A change of the number of pods.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="From">Pods wanted before.</param>
/// <param name="To">Pods wanted from then on.</param>
/// <param name="Why">The autoscaler's reason; null when it gave none.</param>
public sealed record Scaling(DateTimeOffset At, int From, int To, string? Why);

/// <summary>A node of the cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="AlwaysReady">Whether it was ready each time it was seen.</param>
/// <param name="Trouble">Pressures and cordons that were seen; null when there were none.</param>
/// <param name="CoresMost">Most cores in use; null when that was not measured.</param>
/// <param name="AllocatableCores">Cores for pods.</param>
/// <param name="MemoryMostBytes">Most memory in use; null when that was not measured.</param>
/// <param name="AllocatableBytes">Memory for pods.</param>
public sealed record ClusterNode(string Name, bool AlwaysReady, string? Trouble, double? CoresMost, double? AllocatableCores,
    double? MemoryMostBytes, double? AllocatableBytes);

/// <summary>A warning that Kubernetes gave.</summary>
/// <param name="At">When it happened last.</param>
/// <param name="Reason">Its reason.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Message">Its message.</param>
/// <param name="Count">How often it happened.</param>
public sealed record ClusterWarning(DateTimeOffset At, string Reason, string Subject, string Message, int Count);

/// <summary>A room of the run as LiveKit counted it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ParticipantsMost">Most participants in it at once.</param>
/// <param name="PublishersMost">Most of them that published.</param>
public sealed record ClusterRoom(string Name, int ParticipantsMost, int PublishersMost);

/// <summary>What LiveKit measured during the run, all pods together. Counters are increments; a restart of a pod resets them.</summary>
public sealed record LiveKitFigures
{
    /// <summary>Pods or URLs that were read.</summary>
    public required int Pods { get; init; }

    /// <summary>Most rooms at once.</summary>
    public double? RoomsMost { get; init; }

    /// <summary>Most participants at once.</summary>
    public double? ParticipantsMost { get; init; }

    /// <summary>Most tracks published at once.</summary>
    public double? TracksPublishedMost { get; init; }

    /// <summary>Most tracks subscribed at once.</summary>
    public double? TracksSubscribedMost { get; init; }

    /// <summary>Most bits received in a second.</summary>
    public double? ReceivedBitsPerSecondMost { get; init; }

    /// <summary>Most bits sent in a second.</summary>
    public double? SentBitsPerSecondMost { get; init; }

    /// <summary>Most packets received in a second.</summary>
    public double? ReceivedPacketsPerSecondMost { get; init; }

    /// <summary>Most packets sent in a second.</summary>
    public double? SentPacketsPerSecondMost { get; init; }

    /// <summary>Packets lost on the way to LiveKit, of all that were sent to it.</summary>
    public double? IncomingLossRatio { get; init; }

    /// <summary>Packets lost on the way from LiveKit, of all that it sent, by what subscribers report.</summary>
    public double? OutgoingLossRatio { get; init; }

    /// <summary>Requests for lost packets, both ways.</summary>
    public double? Nacks { get; init; }

    /// <summary>Requests for key frames, both ways.</summary>
    public double? Plis { get; init; }

    /// <summary>95th percentile of the round trip, in seconds, of the merged histogram.</summary>
    public double? RttP95Seconds { get; init; }

    /// <summary>95th percentile of the jitter, in seconds.</summary>
    public double? JitterP95Seconds { get; init; }

    /// <summary>95th percentile of the time a packet took through LiveKit, in seconds.</summary>
    public double? ForwardLatencyP95Seconds { get; init; }

    /// <summary>95th percentile of the time a session took to start, in seconds.</summary>
    public double? SessionStartP95Seconds { get; init; }

    /// <summary>Participants that reached each state of joining, as this version names them.</summary>
    public IReadOnlyDictionary<string, double> Joins { get; init; } = new Dictionary<string, double>();
}

/// <summary>A time in which a source gave nothing.</summary>
/// <param name="Source">The source, <c>nodes</c>.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when; null: to the end.</param>
/// <param name="Why">Why.</param>
/// <param name="Needs">The rights it takes; null when rights were not the trouble.</param>
public sealed record ObservationGap(string Source, DateTimeOffset From, DateTimeOffset? To, string Why, string? Needs);
