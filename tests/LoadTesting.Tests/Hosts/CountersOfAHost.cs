using System.Diagnostics;
using System.Text;
using LoadTesting.Hosts.Agent;
using Reporting.Raw.Samples;

namespace LoadTesting.Tests.Hosts;

/// <summary>What loadtest-host reads of a machine, which here is a folder, is what the reader of samples takes.</summary>
public sealed class CountersOfAHost : IDisposable
{
    private const string Udp = "Udp: InDatagrams InErrors OutDatagrams RcvbufErrors SndbufErrors\n";
    private const string Udp6 = "Ip6InReceives                   \t9\nUdp6InDatagrams                 \t";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("host");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public CountersOfAHost()
    {
        Write("home/loadtest-host", HostAgent.Text);
        Write("home/runs/run/lk-1.args", "room join\n");
        Write("home/runs/run/lk-1.pid", "42\n");
        Write("home/runs/run/logs/lk-1.stdout", "");
        Write("proc/42/stat", "42 (lk) S 1 1 1 0 -1 0 0 0 0 0 5 0\n");
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Are_of_IPv4_and_IPv6()
    {
        var before = await LookAsync(("proc/net/snmp", $"{Udp}Udp: 10 0 0 1 0\n"), ("proc/net/snmp6", $"{Udp6}5\nUdp6RcvbufErrors \t1\n"));
        var after = await LookAsync(("proc/net/snmp", $"{Udp}Udp: 17 0 0 2 0\n"), ("proc/net/snmp6", $"{Udp6}25\nUdp6RcvbufErrors \t3\n"));

        before.ShouldNotContain("Ip6");
        Sample(before, after).ShouldSatisfyAllConditions(
            sample => sample.UdpIn.ShouldBe(27), sample => sample.ReceiveBufferErrors.ShouldBe(3));
    }

    [Theory]
    [InlineData("0::/user.slice/session-2.scope\n", "sys/fs/cgroup/user.slice/session-2.scope/cpu.stat", 0.5)]
    [InlineData("0::/user.slice/session-2.scope\n", "sys/fs/cgroup/user.slice/cpu.stat", 0.5)]
    [InlineData("0::/\n", "sys/fs/cgroup/cpu.stat", 0.5)] // in a container
    [InlineData("4:memory:/\n1:cpu:/\n0::/\n", "sys/fs/cgroup/cpu/cpu.stat", 0.5)] // version 1
    [InlineData("0::/user.slice/session-2.scope\n", "sys/fs/cgroup/system.slice/cpu.stat", null)] // another's
    [InlineData(null, "sys/fs/cgroup/user.slice/cpu.stat", null)] // a kernel without cgroups
    public async Task Are_of_each_cgroup_that_lk_is_in(string? cgroup, string file, double? throttled)
    {
        if (cgroup is not null)
            Write("proc/42/cgroup", cgroup);

        var before = await LookAsync((file, "usage_usec 1\nnr_periods 10\nnr_throttled 1\n"));
        var after = await LookAsync((file, "usage_usec 2\nnr_periods 20\nnr_throttled 6\n"));

        Sample(before, after).Throttled.ShouldBe(throttled);
    }

    private static HostSample Sample(string before, string after)
    {
        using var both = new MemoryStream(Encoding.UTF8.GetBytes(before + after));
        return SampleReader.Read(both).Samples.ShouldHaveSingleItem();
    }

    /// <summary>The counters that the script gives, with these files as they are now.</summary>
    private async Task<string> LookAsync(params (string File, string Text)[] files)
    {
        foreach (var (file, text) in files)
            Write(file, text);

        var start = new ProcessStartInfo("bash", [PathOf("home/loadtest-host"), "watch", "run"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["LOADTEST_HOME"] = PathOf("home");
        start.Environment["HOST_ROOT"] = _root.FullName;
        using var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return HostWatch.Parse(Encoding.UTF8.GetBytes(answer)).Counters;
    }

    private string PathOf(string file) => Path.Combine(_root.FullName, file);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }
}
