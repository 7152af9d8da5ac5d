using System.Text;
using Reporting.Raw.Samples;

namespace Reporting.Tests.Samples;

public sealed class ReadingsOfProc
{
    public static TheoryData<string> Hosts => ["50-participants", "320-participants-saturated"];

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Give_the_processor_load_that_sysstat_saw(string host)
    {
        var capture = new HostCapture(host);
        var sar = capture.Sar("sar-cpu.csv", "%idle").Where(row => row.Key == "-1").ToList();
        var iowait = capture.Sar("sar-cpu.csv", "%iowait").Where(row => row.Key == "-1").ToList();

        foreach (var sample in Whole(capture))
        {
            var idle = Mean(sar, sample) + Mean(iowait, sample);
            sample.Cpu!.Value.ShouldBe(1 - (idle / 100), tolerance: 0.04);
            sample.Cores.Count.ShouldBe(2);
            sample.Cores.Average().ShouldBe(sample.Cpu.Value, tolerance: 0.01);
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Give_the_traffic_that_sysstat_saw(string host)
    {
        var capture = new HostCapture(host);
        var kilobytes = capture.Sar("sar-net-dev.csv", "rxkB/s").Where(row => row.Key == "eth0").ToList();
        var packets = capture.Sar("sar-net-dev.csv", "txpck/s").Where(row => row.Key == "eth0").ToList();

        foreach (var sample in Whole(capture))
        {
            var eth0 = sample.Nics.ShouldHaveSingleItem();
            (eth0.ReceivedBytes / sample.Seconds / 1024).ShouldBe(Mean(kilobytes, sample), tolerance: Mean(kilobytes, sample) * 0.08);
            (eth0.SentPackets / sample.Seconds).ShouldBe(Mean(packets, sample), tolerance: Mean(packets, sample) * 0.08);
        }
    }

    [Fact]
    public void Give_every_figure_of_the_recorded_host()
    {
        var sample = Whole(HostCapture.Healthy)[2];

        // Worked out by hand from during02-234413 and during03-234423.
        sample.Seconds.ShouldBe(10);
        sample.Cpu!.Value.ShouldBe((279 + 195 + 46) / 1932.0, tolerance: 1e-9);
        sample.Steal.ShouldBe(0);
        sample.MemoryBytes.ShouldBe(24_682_416L * 1024);
        sample.UdpSockets.ShouldBe(300);
        sample.TcpSockets.ShouldBe(50);
        sample.SoftnetDrops.ShouldBe(0);
        sample.ReceiveBufferErrors.ShouldBe(0);
        sample.CpuPressure!.Value.ShouldBe(0.225692, tolerance: 1e-9);
        sample.ConntrackMax.ShouldBeNull();
        var lk = sample.Processes.ShouldHaveSingleItem();
        lk.Name.ShouldBe("lk-1");
        lk.Cores!.Value.ShouldBe(0.251, tolerance: 1e-9);
        lk.OpenFiles.ShouldBe(655);
    }

    [Fact]
    public void Without_a_file_leave_its_figures_out()
    {
        var sample = Read("=== 1\n==> /proc/loadavg <==\n0.5 0 0 1/2 3\n\n"
            + "=== 2\n==> /proc/loadavg <==\n0.7 0 0 1/2 3\n").Samples.ShouldHaveSingleItem();

        sample.Load1.ShouldBe(0.7);
        sample.Cpu.ShouldBeNull();
        sample.UdpIn.ShouldBeNull();
        sample.CpuPressure.ShouldBeNull();
        sample.Nics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("proc/self/stat")]
    [InlineData("proc/7/stat")]
    [InlineData("proc/42/task/42/stat")]
    public void Take_no_other_process_for_lk(string other)
    {
        string Text(int at, int ticks) =>
            $"=== {at}\n--- lk-1 42 5\n==> proc/42/stat <==\n42 (lk) S 1 1 1 0 -1 0 0 0 0 0 {ticks} 0\n==> {other} <==\n9 (sh) S 1 1 1 0 "
            + $"-1 0 0 0 0 0 {at * 999} 0\n";

        Read(Text(1, 100) + Text(2, 150)).Samples.ShouldHaveSingleItem().Processes.ShouldHaveSingleItem().Cores.ShouldBe(0.5);
    }

    [Fact]
    public void Leave_out_what_went_backwards()
    {
        var sample = Read(Udp(1, 100) + Udp(2, 90)).Samples.ShouldHaveSingleItem();

        sample.UdpIn.ShouldBeNull();
    }

    [Theory]
    [InlineData(999, 10, 0)] // bytes went back
    [InlineData(2000, 9, 0)] // packets went back
    [InlineData(1000 + 100_000_000_001, 11, 0)] // more than any link carries in a second
    [InlineData(1000 + 99_000_000_000, 11, 2)]
    public void Leave_out_the_traffic_where_a_counter_of_an_interface_was_set_anew(long bytes, long packets, int interfaces) =>
        Read(Nics(1, 1000, 10) + Nics(2, bytes, packets)).Samples.ShouldHaveSingleItem().Nics.Count.ShouldBe(interfaces);

    [Fact]
    public void Without_a_time_or_before_the_last_one_are_counted_as_damaged()
    {
        var series = Read(Udp(1, 100) + "=== x\n" + Udp(1, 105) + Udp(3, 120));

        series.Readings.ShouldBe(4);
        series.Damaged.ShouldBe(2);
        series.Samples.ShouldHaveSingleItem().UdpIn.ShouldBe(20);
    }

    [Fact]
    public void With_impossible_numbers_are_read_as_far_as_they_go()
    {
        var series = Read("=== 1\n==> /proc/stat <==\ncpu  99999999999999999999 x -5\ncpu0\n==> /proc/net/dev <==\neth0: 1 2\n"
            + Udp(2, 1));

        series.Samples.ShouldHaveSingleItem().Cpu.ShouldBeNull();
        series.Whole.ShouldBeTrue();
    }

    [Fact]
    public void Count_datagrams_of_IPv4_and_IPv6_together()
    {
        var sample = Read(Udp(1, 100) + Udp6(5, 1, 2) + Udp(2, 110) + Udp6(25, 4, 8)).Samples.ShouldHaveSingleItem();

        sample.UdpIn.ShouldBe(10 + 20);
        sample.ReceiveBufferErrors.ShouldBeNull(); // Udp has no such column
        sample.UdpInErrors.ShouldBe(3);
    }

    [Theory]
    [InlineData(5, 4, null)] // went backwards
    [InlineData(5, 5, 10)]
    [InlineData(null, null, 10)] // no IPv6 on this machine
    [InlineData(null, 5, null)] // switched on in between
    [InlineData(5, null, 10)]
    public void Leave_IPv6_out_only_where_a_machine_has_none(int? before, int? after, int? datagrams)
    {
        string Also(int? count) => count is { } some ? Udp6(some, 0, 0) : "";

        Read(Udp(1, 100) + Also(before) + Udp(2, 110) + Also(after)).Samples.ShouldHaveSingleItem().UdpIn.ShouldBe(datagrams);
    }

    [Theory]
    [InlineData(10, 20, 3, 8, 0.5)]
    [InlineData(10, 20, 3, 3, 0.0)]
    [InlineData(10, 10, 3, 3, null)] // nothing ran
    [InlineData(0, 0, 0, 0, null)] // no quota
    public void Give_the_share_of_the_periods_in_which_a_quota_stopped_lk(int periods, int later, int throttled, int more, double? share)
    {
        string Cgroups(int count, int stopped) => $"""
            ==> sys/fs/cgroup/cpu.stat <==
            usage_usec 26351871
            user_usec 20177183
            system_usec 6174688
            ==> sys/fs/cgroup/user.slice/cpu.stat <==
            usage_usec 5351871
            user_usec 3177183
            system_usec 2174688
            nr_periods {count}
            nr_throttled {stopped}
            throttled_usec 1874563
            ==> sys/fs/cgroup/user.slice/session-2.scope/cpu.stat <==
            usage_usec 5351871
            nr_periods 0
            nr_throttled 0
            throttled_usec 0

            """;

        Read($"=== 1\n{Cgroups(periods, throttled)}=== 2\n{Cgroups(later, more)}").Samples.ShouldHaveSingleItem().Throttled.ShouldBe(share);
    }

    private static string Udp6(int datagrams, int errors, int buffers) =>
        $"==> proc/net/snmp6 <==\n\n\nUdp6InDatagrams                 \t{datagrams}\nUdp6NoPorts                     \t7\n"
        + $"Udp6InErrors                    \t{errors}\nUdp6OutDatagrams                \t0\nUdp6RcvbufErrors                \t{buffers}\n"
        + "Udp6SndbufErrors                \t0\nUdpLite6InDatagrams             \t999\n";

    private static string Udp(int at, int datagrams) =>
        $"=== {at}\n==> /proc/net/snmp <==\nUdp: InDatagrams InErrors\nUdp: {datagrams} 0\n\n";

    private static string Nics(int at, long bytes, long packets) =>
        $"=== {at}\n==> proc/net/dev <==\n  eth1: 7 1 0 0 0 0 0 0 7 1 0 0 0 0 0 0\n"
        + $"  eth0: {bytes} {packets} 0 0 0 0 0 0 500 5 0 0 0 0 0 0\n\n";

    private static SampleSeries Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return SampleReader.Read(stream);
    }

    // The intervals between two copies made during the run: 10 s each.
    private static List<HostSample> Whole(HostCapture capture)
    {
        using var stream = new MemoryStream(capture.SamplesTxt(only: folder => folder.StartsWith("during", StringComparison.Ordinal)));
        return [.. SampleReader.Read(stream).Samples];
    }

    private static double Mean(IEnumerable<(DateTimeOffset At, string Key, double Value)> rows, HostSample sample) => rows
        .Where(row => row.At.ToUnixTimeSeconds() > sample.At - sample.Seconds && row.At.ToUnixTimeSeconds() <= sample.At)
        .Average(row => row.Value);
}
