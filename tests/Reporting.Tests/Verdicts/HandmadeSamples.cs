using System.Globalization;
using System.Text;

namespace Reporting.Tests.Verdicts;

/// <summary>What a machine did in one second.</summary>
internal sealed record Second
{
    public double Cpu { get; init; } = 0.2;

    public double Steal { get; init; }

    public long ReceivedBytes { get; init; } = 100_000;

    public long Datagrams { get; init; } = 1000;

    public long ReceiveBufferErrors { get; init; }

    public long SendBufferErrors { get; init; }

    /// <summary>The same of IPv6; null on a machine without it.</summary>
    public (long Datagrams, long ReceiveBufferErrors, long SendBufferErrors)? Ipv6 { get; init; }

    /// <summary>The share of it in which some program waited for a processor; null on a kernel that does not tell.</summary>
    public double? CpuPressure { get; init; }

    /// <summary>Of ten periods of a processor quota, those in which it stopped lk; null without a quota.</summary>
    public int? Throttled { get; init; }

    /// <summary>Of a thousand packets.</summary>
    public long SoftnetDrops { get; init; }

    /// <summary>Whether the reading at the end of the second has /proc/stat.</summary>
    public bool HasStat { get; init; } = true;

    public double MemoryUsed { get; init; } = 0.25;

    /// <summary>As many seconds as asked for, told apart by their number.</summary>
    public static IReadOnlyList<Second> Each(int count, Func<int, Second> second) => [.. Enumerable.Range(0, count).Select(second)];
}

/// <summary>Readings of /proc, one a second, of which the first sample ends at second 1 after lk began.</summary>
internal static class HandmadeSamples
{
    private const int Ticks = 1000;
    private const int MemoryKib = 1_000_000;

    public static byte[] Text(IReadOnlyList<Second> seconds, int cores = 1, double epoch = HandmadeLk.Epoch, int openFiles = 20)
    {
        var (busy, steal, idle, bytes, datagrams, errors, unsent, drops) = (0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
        var (datagrams6, errors6, unsent6, waited, throttled) = (0L, 0L, 0L, 0L, 0L);
        var text = new StringBuilder();
        Append(seconds[0], 0);
        for (var i = 0; i < seconds.Count; i++)
        {
            var second = seconds[i];
            busy += (long)Math.Round((second.Cpu - second.Steal) * Ticks);
            steal += (long)Math.Round(second.Steal * Ticks);
            idle += Ticks - (long)Math.Round(second.Cpu * Ticks);
            bytes += second.ReceivedBytes;
            datagrams += second.Datagrams;
            errors += second.ReceiveBufferErrors;
            unsent += second.SendBufferErrors;
            drops += second.SoftnetDrops;
            datagrams6 += second.Ipv6?.Datagrams ?? 0;
            errors6 += second.Ipv6?.ReceiveBufferErrors ?? 0;
            unsent6 += second.Ipv6?.SendBufferErrors ?? 0;
            waited += (long)((second.CpuPressure ?? 0) * 1_000_000);
            throttled += second.Throttled ?? 0;
            Append(second, i + 1);
        }

        return Encoding.ASCII.GetBytes(text.ToString());

        void Append(Second second, int at)
        {
            AppendAll(second, at);
            if (second.Ipv6 is not null)
                text.Append(CultureInfo.InvariantCulture,
                    $"==> proc/net/snmp6 <==\nUdp6InDatagrams  \t{datagrams6}\nUdp6OutDatagrams \t{at}\n"
                    + $"Udp6RcvbufErrors \t{errors6}\nUdp6SndbufErrors \t{unsent6}\n");
            if (second.CpuPressure is not null)
                text.Append(CultureInfo.InvariantCulture, $"==> proc/pressure/cpu <==\nsome avg10=0 avg60=0 avg300=0 total={waited}\n");
            if (second.Throttled is not null)
                text.Append(CultureInfo.InvariantCulture,
                    $"==> sys/fs/cgroup/lk/cpu.stat <==\nusage_usec 1\nnr_periods {at * 10}\nnr_throttled {throttled}\n"
                    + $"==> sys/fs/cgroup/cpu.stat <==\nusage_usec 1\nnr_periods 0\nnr_throttled 0\n");
        }

        void AppendAll(Second second, int at) => text.Append(CultureInfo.InvariantCulture, $"""
            === {epoch + at:F3}
            --- lk-1 4242 {openFiles}
            ==> proc/{(second.HasStat ? "stat" : "nothing")} <==
            {string.Join('\n', Enumerable.Range(-1, cores + 1).Select(core => string.Create(CultureInfo.InvariantCulture, $"cpu{(core < 0 ? "" : core)} {busy} 0 0 {idle} 0 0 0 {steal} 0 0")))}
            ==> proc/net/softnet_stat <==
            {at * 1000:x8} {drops:x8}
            ==> proc/meminfo <==
            MemTotal: {MemoryKib} kB
            MemAvailable: {MemoryKib * (1 - second.MemoryUsed):F0} kB
            ==> proc/net/dev <==
              eth0: {bytes} {at * 1000} 0 0 0 0 0 0 0 0 0 0 0 0 0 0
            ==> proc/net/snmp <==
            Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors
            Udp: {datagrams} 0 0 {at * 1000} {errors} {unsent}

            """);
    }
}
