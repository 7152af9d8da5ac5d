using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>A generator's health and stalls of its media, of seconds whose every number is known. Seconds 2 to 61 are steady.</summary>
public sealed class GeneratorByHand : IDisposable
{
    private const string Thresholds = "connected>=99%, audio-delivery>=95%";

    private readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Theory]
    [InlineData(30, 40, 1.0, 1.0)] // ten seconds
    [InlineData(30, 35, 1.0, 0.6)] // five of ten: the other five are at 0.2
    [InlineData(30, 31, 1.0, 0.28)] // one
    [InlineData(52, 62, 0.8, 0.8)] // the last ten
    [InlineData(0, 2, 1.0, 0.2)] // the ramp does not count
    [InlineData(62, 80, 1.0, 0.2)] // nor does the end
    public void A_peak_is_the_highest_mean_of_ten_seconds_of_the_steady_state(int from, int to, double cpu, double peak)
    {
        var summary = Summary(second => new Second { Cpu = second >= from && second < to ? cpu : 0.2 });

        summary.Generators.CpuPeakRatio!.Value.ShouldBe(peak, 1e-9);
    }

    [Fact]
    public void A_mean_is_over_all_of_the_steady_state_and_nothing_else()
    {
        // 30 of 60 seconds at 0.4, the others and the ramp at 0.2 and 1.
        var summary = Summary(second => new Second { Cpu = second < 2 ? 1 : second < 32 ? 0.4 : 0.2 });

        summary.Generators.CpuMeanRatio!.Value.ShouldBe(0.3, 1e-9);
    }

    [Fact]
    public void A_peak_survives_samples_without_a_value()
    {
        var summary = Summary(second => new Second { Cpu = second is >= 30 and < 45 ? 0.7 : 0.2, HasStat = second is not 10 and not 37 });

        // A reading without /proc/stat takes the value of the seconds before and after it.
        summary.Generators.CpuPeakRatio!.Value.ShouldBe(0.7, 1e-9);
        summary.Generators.CpuMeanRatio!.Value.ShouldBe(((13 * 0.7) + (43 * 0.2)) / 56, 1e-9);
    }

    [Theory]
    [InlineData(32, true)] // 30 of 60 seconds have a value
    [InlineData(31, false)]
    public void A_peak_of_less_than_half_of_the_time_is_none(int from, bool measured)
    {
        Summary(second => new Second { HasStat = second < from }).Generators.CpuPeakRatio.HasValue.ShouldBe(measured);
    }

    [Fact]
    public void A_mean_of_the_fleet_is_processor_time_over_processor_time()
    {
        foreach (var (host, cores, cpu) in (ReadOnlySpan<(string, int, double)>)[("vm-01", 1, 0.7), ("vm-02", 4, 0.2)])
        {
            new HandmadeLk(host, Received.Audio(0, 2, 3000)).AddTo(_results);
            _results.Write($"{host}/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, _ => new Second { Cpu = cpu }), cores));
        }

        _results.Summarize(Thresholds).Generators.CpuMeanRatio!.Value.ShouldBe((0.7 + (4 * 0.2)) / 5, 1e-9);
    }

    public static TheoryData<string, string> Bottlenecks { get; } = new()
    {
        { "cpu", "its processors were 95 % busy for 10 s" },
        { "steal", "the hypervisor took 12 % of its processors away for 10 s" },
        { "memory", "its memory was 97 % full" },
        { "buffers", "its kernel threw 1.0 % of the datagrams away, because receive buffers were full" },
        { "sending", "its kernel did not send 0.5 % of the datagrams, because send buffers were full" },
        { "softnet", "its processors did not take 0.2 % of the packets in time" },
        { "buffers6", "its kernel threw 1.0 % of the datagrams away, because receive buffers were full" },
        { "sending6", "its kernel did not send 0.5 % of the datagrams, because send buffers were full" },
        { "pressure", "its programs waited for a processor 85 % of the time for 10 s" },
        { "quota", "a processor quota stopped lk in 30 % of its periods for 10 s" },
        { "cpu and pressure", "its processors were 95 % busy for 10 s" },
        { "two", "its processors were 81 % busy for 10 s; its memory was 97 % full" },
    };

    [Theory]
    [MemberData(nameof(Bottlenecks))]
    public void A_bottleneck_is_named_and_makes_good_and_bad_figures_inconclusive(string of, string reason)
    {
        var bad = new Second();
        bad = of switch
        {
            "cpu" => bad with { Cpu = 0.95 },
            "steal" => bad with { Steal = 0.12 },
            "memory" => bad with { MemoryUsed = 0.97 },
            "sending" => bad with { SendBufferErrors = 5 },
            "softnet" => bad with { SoftnetDrops = 2 },
            "buffers6" => bad with { Ipv6 = (980, 20, 0) },
            "sending6" => bad with { Ipv6 = (0, 0, 5) },
            "pressure" => bad with { CpuPressure = 0.85 },
            "quota" => bad with { Throttled = 3 },
            "cpu and pressure" => bad with { Cpu = 0.95, CpuPressure = 0.99 },
            "two" => bad with { Cpu = 0.81, MemoryUsed = 0.97 },
            _ => bad with { Datagrams = 990, ReceiveBufferErrors = 10 },
        };

        var good = Summary(_ => bad);

        good.Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
        good.Judgement.Reason.ShouldBe($"1 of 1 load generator was the bottleneck itself: vm-01, {reason}.");
        good.Judgement.Advice.ShouldNotBeNull();
        good.Judgement.StillHolds.ShouldNotBeNull();
        Summary(_ => bad, packets: 10).Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Theory]
    [InlineData(0.79, 0, 0, 0.25)]
    [InlineData(0.2, 0.09, 0, 0.25)]
    [InlineData(0.2, 0, 0, 0.94)]
    [InlineData(0.2, 0, 9, 0.25)] // 9 of 10,009 datagrams
    public void Below_the_limits_it_is_none(double cpu, double steal, int errors, double memory)
    {
        var summary = Summary(
            _ => new Second { Cpu = cpu, Steal = steal, Datagrams = 10_000, ReceiveBufferErrors = errors, MemoryUsed = memory });

        summary.Hosts.ShouldHaveSingleItem().SaturatedBy.ShouldBeNull();
        summary.Judgement.Verdict.ShouldBe(Verdict.Passed, summary.Judgement.Reason);
    }

    [Fact]
    public void Below_the_limits_of_waiting_of_a_quota_and_of_IPv6_it_is_none()
    {
        var summary = Summary(second => new Second
        {
            CpuPressure = second is >= 30 and < 35 ? 1 : 0.5,
            Throttled = second is >= 30 and < 34 ? 5 : 0,
            Datagrams = 10_000,
            Ipv6 = (10_000, 9, 0),
        });

        summary.Hosts.ShouldHaveSingleItem().SaturatedBy.ShouldBeNull();
        summary.Generators.UdpReceiveBufferErrors.ShouldBe(9 * 60);
    }

    [Fact]
    public void A_threshold_about_generators_that_does_not_hold_makes_a_run_inconclusive_and_not_failed()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        _results.Write("vm-01/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, _ => new Second { Cpu = 0.75 })));

        var summary = _results.Summarize("generator-cpu<70%");

        summary.Thresholds.ShouldHaveSingleItem().Outcome.ShouldBe(ThresholdOutcome.Failed);
        summary.Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Theory]
    [InlineData(20, 30, 10)]
    [InlineData(20, 22, 2)]
    [InlineData(55, 80, 7)] // to the end of the steady state
    public void Seconds_in_which_next_to_nothing_arrives_are_a_stall(int from, int to, double seconds)
    {
        var summary = Summary(second => new Second { ReceivedBytes = second >= from && second < to ? 9_000 : 100_000 });

        var stall = summary.Stalls.ShouldHaveSingleItem();
        stall.StartedAt.ShouldBe(DateTimeOffset.UnixEpoch.AddSeconds(HandmadeLk.Epoch + from));
        stall.Seconds.ShouldBe(seconds, 1e-6);
        summary.Judgement.Verdict.ShouldBe(Verdict.Failed);
    }

    [Theory]
    [InlineData(20, 21, 0)] // a single second
    [InlineData(20, 30, 11_000)] // more than a tenth of what usually comes
    [InlineData(0, 2, 0)] // the ramp
    public void Less_than_that_is_none(int from, int to, long bytes)
    {
        Summary(second => new Second { ReceivedBytes = second >= from && second < to ? bytes : 100_000 }).Stalls.ShouldBeEmpty();
    }

    [Fact]
    public void A_host_that_gets_no_media_worth_the_name_has_none_to_lose()
    {
        Summary(second => new Second { ReceivedBytes = second is >= 20 and < 30 ? 0 : 2_000 }).Stalls.ShouldBeEmpty();
    }

    [Fact]
    public void Stalls_of_several_hosts_that_overlap_are_one_of_the_fleet()
    {
        foreach (var (host, from, to) in (ReadOnlySpan<(string, int, int)>)[("vm-01", 20, 25), ("vm-02", 23, 30), ("vm-03", 40, 45)])
        {
            new HandmadeLk(host, Received.Audio(0, 2, 3000)).AddTo(_results);
            _results.Write($"{host}/metrics/samples.txt",
                HandmadeSamples.Text(
                Second.Each(80, second => new Second { ReceivedBytes = second >= from && second < to ? 0 : 100_000 })));
        }

        var stalls = _results.Summarize(Thresholds).Stalls;

        stalls.Select(stall => (Math.Round(stall.Seconds), stall.Hosts, stall.Where))
            .ShouldBe([(10.0, 2, "vm-01, vm-02"), (5.0, 1, "vm-03")]);
    }

    [Theory]
    [InlineData(65_521, false)] // thirteen more are a participant's
    [InlineData(65_523, true)]
    [InlineData(65_535, true)]
    public void Lk_at_its_limit_of_open_files_is_the_bottleneck_from_the_first_join_on(int openFiles, bool saturated)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        _results.Write("vm-01/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, _ => new Second()), openFiles: openFiles));

        var summary = _results.Summarize(Thresholds);

        (summary.Hosts.Single().SaturatedBy is not null).ShouldBe(saturated, summary.Judgement.Reason);
        if (saturated)
        {
            summary.Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
            summary.Judgement.Reason.ShouldContain("of its 65,535 file descriptors");
            summary.Judgement.Advice!.ShouldContain("nofile");
        }
    }

    [Theory]
    [InlineData("100 100", 100, true)]
    [InlineData("100 200", 100, false)]
    [InlineData("1048576 1048576", 1_000, false)]
    public void The_limit_of_open_files_is_the_machines_where_that_is_lower(string limit, int openFiles, bool saturated)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        _results.Write("vm-01/facts.json", System.Text.Encoding.UTF8.GetBytes($$"""{ "openFiles": "{{limit}}" }"""));
        _results.Write("vm-01/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, _ => new Second()), openFiles: openFiles));

        (_results.Summarize(Thresholds).Hosts.Single().SaturatedBy is not null).ShouldBe(saturated);
    }

    [Theory]
    [InlineData(20, 1.0, true)]
    [InlineData(20, 0.7, false)]
    [InlineData(5, 1.0, false)] // shorter than ten seconds
    public void Processors_that_are_busy_while_participants_join_are_the_bottleneck(int until, double cpu, bool saturated)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 25, 1850)) { SteadyAt = 25 }.AddTo(_results);
        _results.Write("vm-01/metrics/samples.txt",
            HandmadeSamples.Text(Second.Each(80, second => new Second { Cpu = second < until ? cpu : 0.2 })));

        (_results.Summarize(Thresholds).Hosts.Single().SaturatedBy is not null).ShouldBe(saturated);
    }

    /// <summary>Joins that hang leave no line: what the generator did is judged until lk was ended.</summary>
    [Fact]
    public void Processors_that_are_busy_while_lk_is_silent_until_its_end_are_the_bottleneck()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)) { ExitCode = 137 }.AddTo(_results);
        foreach (var file in (string[])["vm-01/logs/lk-1.stdout", "vm-01/logs/lk-1.stdout.times"])
            File.WriteAllLines(_results.PathOf(file), File.ReadAllLines(_results.PathOf(file))[..2]);
        _results.Write("vm-01/metrics/samples.txt",
            HandmadeSamples.Text(Second.Each(80, second => new Second { Cpu = second is > 20 and < 50 ? 1 : 0.2 })));

        _results.Summarize(Thresholds).Hosts.Single().SaturatedBy.ShouldBe("its processors were 100 % busy for 10 s");
    }

    private static RunSummary Summary(Func<int, Second> second, long packets = 3000)
    {
        using var results = new ResultsFolder();
        new HandmadeLk("vm-01", Received.Audio(0, 2, packets)).AddTo(results);
        results.Write("vm-01/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, second)));
        return results.Summarize(Thresholds);
    }
}
