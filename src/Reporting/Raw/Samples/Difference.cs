namespace Reporting.Raw.Samples;

/// <summary>What happened between two readings of the same machine.</summary>
internal static class Difference
{
    /// <summary>Clock ticks of /proc a second (USER_HZ), 100 on every architecture that lk is built for.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Bytes a second of 800 Gigabit Ethernet (IEEE 802.3df-2024), the fastest link there is.</summary>
    private const double FastestLinkBytes = 100e9;

    public static HostSample Between(Reading before, Reading after)
    {
        var seconds = after.At - before.At;
        return new HostSample
        {
            At = after.At,
            Seconds = seconds,
            Cpu = Busy(before.Cpu, after.Cpu),
            Cores = Cores(before, after),
            Steal = Share(after.Cpu?.Steal - before.Cpu?.Steal, after.Cpu?.Total - before.Cpu?.Total),
            MemoryBytes = after.MemoryKib * 1024,
            MemoryAvailableBytes = after.MemoryAvailableKib * 1024,
            Load1 = after.Load1,
            Nics = Nics(before, after),
            UdpIn = Udp(before, after, udp => udp.In),
            UdpOut = Udp(before, after, udp => udp.Out),
            UdpInErrors = Udp(before, after, udp => udp.InErrors),
            ReceiveBufferErrors = Udp(before, after, udp => udp.ReceiveBufferErrors),
            SendBufferErrors = Udp(before, after, udp => udp.SendBufferErrors),
            TcpRetransmits = Rise(before.TcpRetransmits, after.TcpRetransmits),
            SoftnetDrops = Rise(before.SoftnetDrops, after.SoftnetDrops),
            Conntrack = after.Conntrack,
            ConntrackMax = after.ConntrackMax,
            TcpSockets = after.TcpSockets,
            UdpSockets = after.UdpSockets,
            CpuPressure = Waited(before.CpuWaitMicroseconds, after.CpuWaitMicroseconds, seconds),
            MemoryPressure = Waited(before.MemoryWaitMicroseconds, after.MemoryWaitMicroseconds, seconds),
            IoPressure = Waited(before.IoWaitMicroseconds, after.IoWaitMicroseconds, seconds),
            Throttled = after.Cgroups.Max(cgroup => Throttled(before.Cgroups.Find(was => was.Path == cgroup.Path), cgroup)),
            Processes = [.. after.Processes.Select(process => Process(before, process, seconds))],
        };
    }

    private static double? Busy(CpuTicks? before, CpuTicks? after)
    {
        var total = after?.Total - before?.Total;
        return Share(total - (after?.Idle - before?.Idle), total);
    }

    private static List<double> Cores(Reading before, Reading after)
    {
        var cores = new List<double>(after.Cores.Count);
        for (var i = 0; i < Math.Min(before.Cores.Count, after.Cores.Count); i++)
        {
            if (Busy(before.Cores[i], after.Cores[i]) is { } busy)
                cores.Add(busy);
        }

        return cores;
    }

    // The kernel's idle counters may go back by a tick (proc(5)), so a share can leave 0 to 1 by that much.
    private static double? Share(long? part, long? whole) =>
        part is { } some && whole is { } all && all > 0 ? Math.Clamp((double)some / all, 0, 1) : null;

    private static double? Waited(long? before, long? after, double seconds) =>
        Rise(before, after) is { } microseconds ? Math.Clamp(microseconds / 1e6 / seconds, 0, 1) : null;

    /// <summary>Of IPv4 and, where a kernel has it, of IPv6.</summary>
    private static long? Udp(Reading before, Reading after, Func<UdpCounters, long?> counter) =>
        Rise(counter(before.Udp), counter(after.Udp))
        + (counter(after.Udp6) is null ? 0 : Rise(counter(before.Udp6), counter(after.Udp6)));

    private static double? Throttled(CgroupCounters? before, CgroupCounters after) =>
        Share(Rise(before?.Throttled, after.Throttled), Rise(before?.Periods, after.Periods));

    private static long? Rise(long? before, long? after) => after >= before ? after - before : null;

    // A counter that goes back, or rises faster than any link carries, tells of none: the others may have been set back with it.
    private static List<NicSample> Nics(Reading before, Reading after)
    {
        var nics = new List<NicSample>(after.Nics.Count);
        foreach (var nic in after.Nics)
        {
            if (before.Nics.Find(other => other.Name == nic.Name) is not { } was)
                continue;

            var sample = Sample(was, nic);
            if (!IsPossible(sample, after.At - before.At))
                return [];

            nics.Add(sample);
        }

        return nics;
    }

    private static NicSample Sample(NicCounters was, NicCounters nic) => new(nic.Name, nic.ReceivedBytes - was.ReceivedBytes,
        nic.SentBytes - was.SentBytes, nic.ReceivedPackets - was.ReceivedPackets, nic.SentPackets - was.SentPackets, nic.Drops - was.Drops);

    private static bool IsPossible(NicSample sample, double seconds) =>
        sample is { ReceivedBytes: >= 0, SentBytes: >= 0, ReceivedPackets: >= 0, SentPackets: >= 0, Drops: >= 0 }
        && Math.Max(sample.ReceivedBytes, sample.SentBytes) <= FastestLinkBytes * seconds;

    private static ProcessSample Process(Reading before, ProcessCounters process, double seconds)
    {
        var was = before.Processes.Find(other => other.Name == process.Name);
        return new ProcessSample(
            process.Name, Rise(was?.Ticks, process.Ticks) / TicksPerSecond / seconds, process.ResidentKib * 1024, process.Threads,
            process.OpenFiles);
    }
}
