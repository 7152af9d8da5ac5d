namespace Reporting.Summary;

/// <summary>
/// How the machines that generate the load fared in the steady state. Counters are sums over the hosts that were measured;
/// peaks are those of the worst host.
/// </summary>
public sealed record GeneratorFigures
{
    /// <summary>A load generator whose processors are this busy for ten seconds is the bottleneck itself.</summary>
    public const double BusyRatio = 0.8;

    /// <summary>Hosts whose samples were downloaded.</summary>
    public required int HostsMeasured { get; init; }

    /// <summary>Hosts that were the bottleneck themselves; null when no host could be judged.</summary>
    public int? HostsSaturated { get; init; }

    /// <summary>Processor time used over processor time there was.</summary>
    public double? CpuMeanRatio { get; init; }

    /// <summary>The same in the busiest ten seconds.</summary>
    public double? CpuPeakRatio { get; init; }

    /// <summary>Processor time taken away by the hypervisor, in the worst ten seconds.</summary>
    public double? StealPeakRatio { get; init; }

    /// <summary>Part of the time in which a task waited for a processor, in the worst ten seconds.</summary>
    public double? CpuPressurePeakRatio { get; init; }

    /// <summary>Memory in use over memory there is, at its worst.</summary>
    public double? MemoryPeakRatio { get; init; }

    /// <summary>UDP datagrams that the kernel dropped because a receive buffer was full.</summary>
    public long? UdpReceiveBufferErrors { get; init; }

    /// <summary>UDP datagrams the kernel did not send because a send buffer was full.</summary>
    public long? UdpSendBufferErrors { get; init; }

    /// <summary>Packets that the kernel dropped because a processor did not take them in time.</summary>
    public long? SoftnetDrops { get; init; }

    /// <summary>Packets that the network interfaces dropped.</summary>
    public long? NicDrops { get; init; }

    /// <summary>TCP segments that were sent again.</summary>
    public long? TcpRetransmits { get; init; }

    /// <summary>What came in over the network interfaces, in bits per second.</summary>
    public double? ReceivedBitsPerSecond { get; init; }

    /// <summary>What went out over the network interfaces, in bits per second.</summary>
    public double? SentBitsPerSecond { get; init; }

    /// <summary>Most file descriptors that one <c>lk</c> process had open.</summary>
    public long? OpenFilesPeak { get; init; }
}

/// <summary>One host.</summary>
public sealed record HostSummary
{
    /// <summary>Its short name, <c>vm-01</c>: the folder of its results.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the server in the cloud.</summary>
    public required string Server { get; init; }

    /// <summary>How its part of the run ended.</summary>
    public required HostOutcome Outcome { get; init; }

    /// <summary>Why, in one sentence; null when there is nothing to explain.</summary>
    public string? Reason { get; init; }

    /// <summary>How much later than the common start its first process began, in seconds, on the controller's clock.</summary>
    public double? StartDelaySeconds { get; init; }

    /// <summary>That delay is right to within this many seconds.</summary>
    public double? StartUncertaintySeconds { get; init; }

    /// <summary>Why this host was the bottleneck itself; null when it was not, or when it could not be judged.</summary>
    public string? SaturatedBy { get; init; }

    /// <summary>Files that should be there and are not, relative to the host's folder.</summary>
    public IReadOnlyList<string> MissingFiles { get; init; } = [];

    /// <summary>What its participants got.</summary>
    public required MediaFigures Media { get; init; }

    /// <summary>How the machine fared.</summary>
    public required GeneratorFigures Generator { get; init; }
}

/// <summary>One <c>lk</c> process.</summary>
public sealed record ProcessSummary
{
    /// <summary>The host that ran it.</summary>
    public required string Host { get; init; }

    /// <summary>Its name on that host, <c>lk-1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The room it joined; null when lk chose it.</summary>
    public required string? Room { get; init; }

    /// <summary>When it was started, on the controller's clock.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When all its participants had joined.</summary>
    public DateTimeOffset? SteadyFrom { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its exit code; null when it is not known.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What is wrong with how it ended or with what it wrote, in one sentence; null when nothing is.</summary>
    public string? Trouble { get; init; }

    /// <summary>Lines of its output that this library does not know; null when there is no output.</summary>
    public int? UnknownLines { get; init; }

    /// <summary>What its participants got.</summary>
    public required MediaFigures Media { get; init; }
}

/// <summary>One room, with the participants of all processes that joined it.</summary>
/// <param name="Room">Its name.</param>
/// <param name="Hosts">The hosts whose processes joined it.</param>
/// <param name="Media">What its participants got.</param>
public sealed record RoomSummary(string Room, IReadOnlyList<string> Hosts, MediaFigures Media);

/// <summary>A fact in which the hosts are not alike.</summary>
/// <param name="Fact">Its name: <c>kernel</c>, a setting.</param>
/// <param name="Values">Its values, the most frequent first.</param>
public sealed record HostDifference(string Fact, IReadOnlyList<FactValue> Values);

/// <summary>A value of a fact and who has it.</summary>
/// <param name="Value">The value; null when these hosts do not know.</param>
/// <param name="Hosts">Names of the hosts.</param>
public sealed record FactValue(string? Value, IReadOnlyList<string> Hosts);
