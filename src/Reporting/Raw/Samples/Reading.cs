using System.Runtime.InteropServices;

namespace Reporting.Raw.Samples;

/// <summary>One reading of /proc: counters since boot and states of the moment, as far as they were there.</summary>
internal sealed class Reading(double at)
{
    public double At => at;

    public CpuTicks? Cpu { get; set; }

    public List<CpuTicks> Cores { get; } = [];

    public List<NicCounters> Nics { get; } = [];

    public List<ProcessCounters> Processes { get; } = [];

    /// <summary>The process that the next lines are about.</summary>
    public ProcessCounters? Process { get; set; }

    public long? MemoryKib { get; set; }

    public long? MemoryAvailableKib { get; set; }

    public double? Load1 { get; set; }

    /// <summary>Of IPv4.</summary>
    public UdpCounters Udp { get; } = new();

    /// <summary>Of IPv6; a kernel without it has none.</summary>
    public UdpCounters Udp6 { get; } = new();

    /// <summary>The cgroups that lk is in.</summary>
    public List<CgroupCounters> Cgroups { get; } = [];

    public long? TcpRetransmits { get; set; }

    public long? SoftnetDrops { get; set; }

    public long? Conntrack { get; set; }

    public long? ConntrackMax { get; set; }

    public long? TcpSockets { get; set; }

    public long? UdpSockets { get; set; }

    public long? CpuWaitMicroseconds { get; set; }

    public long? MemoryWaitMicroseconds { get; set; }

    public long? IoWaitMicroseconds { get; set; }
}

/// <summary>Datagrams since boot.</summary>
internal sealed class UdpCounters
{
    public long? In { get; set; }

    public long? Out { get; set; }

    public long? InErrors { get; set; }

    public long? ReceiveBufferErrors { get; set; }

    public long? SendBufferErrors { get; set; }
}

/// <summary>The processor quota of a cgroup: its periods in which something ran, and those in which it was stopped.</summary>
internal sealed class CgroupCounters(string path)
{
    public string Path => path;

    public long? Periods { get; set; }

    public long? Throttled { get; set; }
}

/// <summary>Processor time in clock ticks.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CpuTicks(long Total, long Idle, long Steal);

/// <summary>Counters of one interface since boot.</summary>
internal sealed record NicCounters(
    string Name, long ReceivedBytes, long SentBytes, long ReceivedPackets, long SentPackets, long Drops);

/// <summary>One lk process: its place in the plan and the contents of /proc/PID.</summary>
internal sealed class ProcessCounters(string name, long? pid, long? openFiles)
{
    public string Name => name;

    public long? Pid => pid;

    public long? OpenFiles => openFiles;

    public long? Ticks { get; set; }

    public long? Threads { get; set; }

    public long? ResidentKib { get; set; }
}
