using System.Runtime.InteropServices;

namespace Reporting.Raw.Samples;

/// <summary>
/// A machine between two readings of /proc, about a second apart. Counters are differences; a counter that a kernel lacks, or
/// that went backwards, is null.
/// </summary>
public sealed record HostSample
{
    /// <summary>End of the interval, in epoch seconds on the machine's clock.</summary>
    public required double At { get; init; }

    /// <summary>Length of the interval in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Middle of the interval: an interval belongs to the time in which its middle lies.</summary>
    public double Middle => At - (Seconds / 2);

    /// <summary>Share of all processors' time that was not idle, stolen time included: 0 to 1.</summary>
    public double? Cpu { get; init; }

    /// <summary>The same of each processor.</summary>
    public IReadOnlyList<double> Cores { get; init; } = [];

    /// <summary>Share of all processors' time that the hypervisor gave to others while this machine wanted it.</summary>
    public double? Steal { get; init; }

    /// <summary>Memory in all, in bytes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Memory that programs can still have without swapping (MemAvailable), in bytes.</summary>
    public long? MemoryAvailableBytes { get; init; }

    /// <summary>Average number of runnable tasks over the last minute.</summary>
    public double? Load1 { get; init; }

    /// <summary>Network interfaces.</summary>
    public IReadOnlyList<NicSample> Nics { get; init; } = [];

    /// <summary>Those that media comes over: the loopback only where no other carries anything.</summary>
    public IEnumerable<NicSample> MediaNics =>
        Nics.Any(nic => nic is { Name: not "lo", ReceivedBytes: > 0 }) ? Nics.Where(nic => nic.Name != "lo") : Nics;

    /// <summary>Bits a second over them; null when no interface was seen.</summary>
    /// <param name="bytes">Received or sent ones.</param>
    public double? BitsPerSecond(Func<NicSample, long> bytes) => Nics.Count == 0 ? null : MediaNics.Sum(bytes) * 8 / Seconds;

    /// <summary>UDP datagrams delivered to programs.</summary>
    public long? UdpIn { get; init; }

    /// <summary>UDP datagrams that programs sent.</summary>
    public long? UdpOut { get; init; }

    /// <summary>UDP datagrams that could not be delivered, for any reason.</summary>
    public long? UdpInErrors { get; init; }

    /// <summary>UDP datagrams that were dropped because a receive buffer was full.</summary>
    public long? ReceiveBufferErrors { get; init; }

    /// <summary>UDP datagrams not sent because a send buffer was full (ENOBUFS).</summary>
    public long? SendBufferErrors { get; init; }

    /// <summary>TCP segments sent again.</summary>
    public long? TcpRetransmits { get; init; }

    /// <summary>Packets that a processor's backlog had no room for (softnet_stat).</summary>
    public long? SoftnetDrops { get; init; }

    /// <summary>Tracked connections.</summary>
    public long? Conntrack { get; init; }

    /// <summary>The most connections that can be tracked.</summary>
    public long? ConntrackMax { get; init; }

    /// <summary>TCP sockets in use.</summary>
    public long? TcpSockets { get; init; }

    /// <summary>UDP sockets in use.</summary>
    public long? UdpSockets { get; init; }

    /// <summary>Share of the interval in which some task waited for a processor (PSI).</summary>
    public double? CpuPressure { get; init; }

    /// <summary>Share of the interval in which some task waited for memory (PSI).</summary>
    public double? MemoryPressure { get; init; }

    /// <summary>Share of the interval in which some task waited for a disk (PSI).</summary>
    public double? IoPressure { get; init; }

    /// <summary>
    /// Share of the periods of a processor quota in which lk was stopped, of the tightest one; null where there is no quota (cgroup).
    /// </summary>
    public double? Throttled { get; init; }

    /// <summary>The lk processes.</summary>
    public IReadOnlyList<ProcessSample> Processes { get; init; } = [];
}

/// <summary>One network interface over the interval.</summary>
/// <param name="Name">Its name, <c>eth0</c>.</param>
/// <param name="ReceivedBytes">Bytes received.</param>
/// <param name="SentBytes">Bytes sent.</param>
/// <param name="ReceivedPackets">Packets received.</param>
/// <param name="SentPackets">Packets sent.</param>
/// <param name="Drops">Packets dropped in either direction.</param>
public sealed record NicSample(
    string Name, long ReceivedBytes, long SentBytes, long ReceivedPackets, long SentPackets, long Drops);

/// <summary>One lk process over the interval.</summary>
/// <param name="Name">Its name in the plan, <c>lk-1</c>.</param>
/// <param name="Cores">Processors' worth of time that it used; null in its first interval.</param>
/// <param name="ResidentBytes">Memory that it holds.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="OpenFiles">Its open descriptors.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ProcessSample(string Name, double? Cores, long? ResidentBytes, long? Threads, long? OpenFiles);

/// <summary>All samples of one machine.</summary>
/// <param name="Samples">In the order of the readings.</param>
/// <param name="Readings">Readings found.</param>
/// <param name="Damaged">Readings without a time, or earlier than the one before.</param>
/// <param name="Whole">Whether all of the file was read: it is within bounds.</param>
public sealed record SampleSeries(IReadOnlyList<HostSample> Samples, int Readings, int Damaged, bool Whole);
