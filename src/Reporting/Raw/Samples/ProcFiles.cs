namespace Reporting.Raw.Samples;

/// <summary>
/// Takes the files of /proc and of cgroups apart, a line at a time, into a <see cref="Reading"/>. Formats: proc(5), kernel's
/// Documentation/accounting/psi.rst and Documentation/admin-guide/cgroup-v2.rst.
/// </summary>
internal sealed class ProcFiles
{
    private const int MaxCores = 1024;
    private const int MaxNics = 256;

    private readonly Dictionary<string, string> _names = [];
    private byte[] _header = [];

    public void Line(ProcFile file, ReadOnlySpan<byte> line, Reading into)
    {
        switch (file)
        {
            case ProcFile.Stat:
                Stat(line, into);
                break;
            case ProcFile.MemInfo:
                into.MemoryKib = After(line, "MemTotal:"u8) ?? into.MemoryKib;
                into.MemoryAvailableKib = After(line, "MemAvailable:"u8) ?? into.MemoryAvailableKib;
                break;
            case ProcFile.LoadAverage:
                into.Load1 = new ProcWords(line).Fraction();
                break;
            case ProcFile.NetDev:
                NetDev(line, into);
                break;
            case ProcFile.Snmp:
                Snmp(line, into);
                break;
            case ProcFile.Snmp6 when line.StartsWith("Udp6"u8):
                var words = new ProcWords(line[4..]);
                Udp(words.Next(), words.Count(), into.Udp6);
                break;
            case ProcFile.SockStat:
                into.TcpSockets = After(line, "TCP: inuse"u8) ?? into.TcpSockets;
                into.UdpSockets = After(line, "UDP: inuse"u8) ?? into.UdpSockets;
                break;
            case ProcFile.SoftnetStat:
                Softnet(line, into);
                break;
            default:
                OneValue(file, line, into);
                break;
        }
    }

    private static void OneValue(ProcFile file, ReadOnlySpan<byte> line, Reading into)
    {
        switch (file)
        {
            case ProcFile.CpuPressure:
                into.CpuWaitMicroseconds = Waited(line) ?? into.CpuWaitMicroseconds;
                break;
            case ProcFile.MemoryPressure:
                into.MemoryWaitMicroseconds = Waited(line) ?? into.MemoryWaitMicroseconds;
                break;
            case ProcFile.IoPressure:
                into.IoWaitMicroseconds = Waited(line) ?? into.IoWaitMicroseconds;
                break;
            case ProcFile.ConntrackCount:
                into.Conntrack = ProcWords.Number(line.Trim((byte)' ')) ?? into.Conntrack;
                break;
            case ProcFile.ConntrackMax:
                into.ConntrackMax = ProcWords.Number(line.Trim((byte)' ')) ?? into.ConntrackMax;
                break;
            default:
                OfLk(file, line, into);
                break;
        }
    }

    private static void OfLk(ProcFile file, ReadOnlySpan<byte> line, Reading into)
    {
        switch (file)
        {
            case ProcFile.ProcessStat when into.Process is { } process:
                ProcessStat(line, process);
                break;
            case ProcFile.ProcessStatus when into.Process is { } process:
                process.ResidentKib = After(line, "VmRSS:"u8) ?? process.ResidentKib;
                process.Threads = After(line, "Threads:"u8) ?? process.Threads;
                break;
            case ProcFile.CgroupCpu when into.Cgroups is [.., var cgroup]:
                cgroup.Periods = After(line, "nr_periods "u8) ?? cgroup.Periods;
                cgroup.Throttled = After(line, "nr_throttled "u8) ?? cgroup.Throttled;
                break;
        }
    }

    // cpu  user nice system idle iowait irq softirq steal guest guest_nice: guests are counted in user and nice already.
    private static void Stat(ReadOnlySpan<byte> line, Reading into)
    {
        if (!line.StartsWith("cpu"u8))
            return;

        var words = new ProcWords(line);
        var all = words.Next().Length == 3;
        Span<long> ticks = stackalloc long[8];
        for (var i = 0; i < ticks.Length; i++)
            ticks[i] = words.Count() ?? 0;

        var total = 0L;
        foreach (var some in ticks)
            total = unchecked(total + some);

        var cpu = new CpuTicks(total, unchecked(ticks[3] + ticks[4]), ticks[7]);
        if (all)
            into.Cpu = cpu;
        else if (into.Cores.Count < MaxCores)
            into.Cores.Add(cpu);
    }

    private void NetDev(ReadOnlySpan<byte> line, Reading into)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0 || into.Nics.Count == MaxNics)
            return;

        var name = Name(line[..colon].Trim((byte)' '));
        var words = new ProcWords(line[(colon + 1)..]);
        Span<long> counters = stackalloc long[12];
        for (var i = 0; i < counters.Length; i++)
        {
            if (words.Count() is not { } counter)
                return;

            counters[i] = counter;
        }

        if (name != "lo")
            into.Nics.Add(new NicCounters(name, counters[0], counters[8], counters[1], counters[9], unchecked(counters[3] + counters[11])));
    }

    // Two lines a protocol: names, then values.
    private void Snmp(ReadOnlySpan<byte> line, Reading into)
    {
        if (!line.StartsWith("Udp: "u8) && !line.StartsWith("Tcp: "u8))
            return;

        if (line.Length > 5 && char.IsAsciiLetter((char)line[5]))
        {
            _header = line.ToArray();
            return;
        }

        var names = new ProcWords(_header);
        var values = new ProcWords(line);
        var udp = line[0] == (byte)'U';
        while (!values.End)
        {
            var name = names.Next();
            var value = values.Count();
            if (udp)
                Udp(name, value, into.Udp);
            else if (name.SequenceEqual("RetransSegs"u8))
                into.TcpRetransmits = value;
        }
    }

    private static void Udp(ReadOnlySpan<byte> name, long? value, UdpCounters into)
    {
        if (name.SequenceEqual("InDatagrams"u8))
            into.In = value;
        else if (name.SequenceEqual("OutDatagrams"u8))
            into.Out = value;
        else if (name.SequenceEqual("InErrors"u8))
            into.InErrors = value;
        else if (name.SequenceEqual("RcvbufErrors"u8))
            into.ReceiveBufferErrors = value;
        else if (name.SequenceEqual("SndbufErrors"u8))
            into.SendBufferErrors = value;
    }

    // A line a processor: processed, dropped, times squeezed …, in hexadecimal.
    private static void Softnet(ReadOnlySpan<byte> line, Reading into)
    {
        var words = new ProcWords(line);
        words.Skip(1);
        if (words.Hexadecimal() is { } dropped)
            into.SoftnetDrops = unchecked((into.SoftnetDrops ?? 0) + dropped);
    }

    // The second field is the program's name in brackets and may hold anything, brackets too. Of the fields after it,
    // the 12th and 13th are ticks in user and system mode.
    private static void ProcessStat(ReadOnlySpan<byte> line, ProcessCounters process)
    {
        var words = new ProcWords(line[(line.LastIndexOf((byte)')') + 1)..]);
        words.Skip(11);
        process.Ticks = words.Count() + words.Count();
    }

    private static long? Waited(ReadOnlySpan<byte> line)
    {
        var total = line.IndexOf("total="u8);
        return line.StartsWith("some "u8) && total > 0 ? ProcWords.Number(line[(total + 6)..]) : null;
    }

    private static long? After(ReadOnlySpan<byte> line, ReadOnlySpan<byte> prefix) =>
        line.StartsWith(prefix) ? new ProcWords(line[prefix.Length..]).Count() : null;

    private string Name(ReadOnlySpan<byte> bytes)
    {
        var name = Encoding.UTF8.GetString(bytes);
        return _names.TryAdd(name, name) ? name : _names[name];
    }
}

/// <summary>The files that are read.</summary>
internal enum ProcFile
{
    Other,
    Stat,
    MemInfo,
    LoadAverage,
    NetDev,
    Snmp,
    Snmp6,
    SockStat,
    SoftnetStat,
    CpuPressure,
    MemoryPressure,
    IoPressure,
    ConntrackCount,
    ConntrackMax,
    ProcessStat,
    ProcessStatus,
    CgroupCpu,
}
