using System.Globalization;
using Reporting.Samples;
using Reporting.Summary;

namespace Reporting.Measurements;

/// <summary>Whether a load generator kept up: what its kernel counted in the steady state.</summary>
internal static class GeneratorMeasurer
{
    /// <summary>A peak is the mean of so many seconds: a single second may be a clean-up of memory.</summary>
    private const double PeakSeconds = 10;

    private const double MostCpu = 0.90;
    private const double MostSteal = 0.10;
    private const double MostMemory = 0.95;
    private const double MostReceiveBufferErrors = 0.001;

    /// <summary>The interfaces that media comes over: loopback only where nothing else carries anything.</summary>
    public static IReadOnlyList<NicSample> Nics(HostSample sample)
    {
        var real = sample.Nics.Where(nic => nic.Name != "lo").ToList();
        return real.Exists(nic => nic.ReceivedBytes > 0) ? real : sample.Nics;
    }

    /// <param name="all">All samples; null when none came home.</param>
    /// <param name="steady">Those of the steady state.</param>
    public static GeneratorFigures Measure(SampleSeries? all, IReadOnlyList<HostSample> steady)
    {
        if (all is null || steady.Count == 0)
            return new GeneratorFigures { HostsMeasured = 0 };

        var seconds = steady.Sum(sample => sample.Seconds);
        return new GeneratorFigures
        {
            HostsMeasured = 1,
            CpuMeanRatio = steady.Sum(sample => sample.Cpu * sample.Seconds) / seconds,
            CpuPeakRatio = Peak(steady, sample => sample.Cpu),
            StealPeakRatio = Peak(steady, sample => sample.Steal),
            CpuPressurePeakRatio = Peak(steady, sample => sample.CpuPressure),
            MemoryPeakRatio = steady.Max(sample => 1 - ((double?)sample.MemoryAvailableBytes / sample.MemoryBytes)),
            UdpReceiveBufferErrors = Sum(steady, sample => sample.ReceiveBufferErrors),
            UdpSendBufferErrors = Sum(steady, sample => sample.SendBufferErrors),
            SoftnetDrops = Sum(steady, sample => sample.SoftnetDrops),
            NicDrops = Sum(steady, sample => Nics(sample).Sum(nic => nic.Drops)),
            TcpRetransmits = Sum(steady, sample => sample.TcpRetransmits),
            ReceivedBitsPerSecond = steady.Sum(sample => Nics(sample).Sum(nic => nic.ReceivedBytes)) * 8 / seconds,
            SentBitsPerSecond = steady.Sum(sample => Nics(sample).Sum(nic => nic.SentBytes)) * 8 / seconds,
            OpenFilesPeak = steady.SelectMany(sample => sample.Processes).Max(process => process.OpenFiles),
        };
    }

    /// <summary>Why the host was the bottleneck itself; null when it was not.</summary>
    public static string? SaturatedBy(GeneratorFigures figures, IReadOnlyList<HostSample> steady)
    {
        var datagrams = Sum(steady, sample => sample.UdpIn);
        var share = (double?)figures.UdpReceiveBufferErrors / (datagrams + figures.UdpReceiveBufferErrors);
        return figures switch
        {
            { CpuPeakRatio: >= MostCpu and var cpu } => Text($"its processors were {cpu:0 %} busy for {PeakSeconds:0} s"),
            { StealPeakRatio: >= MostSteal and var steal } => Text($"the hypervisor took {steal:0 %} of its processors away for {PeakSeconds:0} s"),
            { MemoryPeakRatio: >= MostMemory and var memory } => Text($"its memory was {memory:0 %} full"),
            _ when share >= MostReceiveBufferErrors => Text($"its kernel threw {share:0.0 %} of the datagrams away, because receive buffers were full"),
            _ => null,
        };
    }

    /// <summary>All hosts together: counters are sums, shares of time are sums over sums, peaks those of the worst host.</summary>
    public static GeneratorFigures Together(IReadOnlyList<HostMeasures> hosts)
    {
        var measured = hosts.Where(host => host.Generator.HostsMeasured > 0).ToList();
        if (measured.Count == 0)
            return new GeneratorFigures { HostsMeasured = 0 };

        var all = measured.Select(host => host.Generator).ToList();
        return new GeneratorFigures
        {
            HostsMeasured = measured.Count,
            HostsSaturated = measured.Count(host => host.SaturatedBy is not null),

            // Hosts of a fleet have the same number of processors, and are measured over the same time.
            CpuMeanRatio = all.Sum(host => host.CpuMeanRatio) / all.Count(host => host.CpuMeanRatio is not null),
            CpuPeakRatio = all.Max(host => host.CpuPeakRatio),
            StealPeakRatio = all.Max(host => host.StealPeakRatio),
            CpuPressurePeakRatio = all.Max(host => host.CpuPressurePeakRatio),
            MemoryPeakRatio = all.Max(host => host.MemoryPeakRatio),
            UdpReceiveBufferErrors = Sum(all, host => host.UdpReceiveBufferErrors),
            UdpSendBufferErrors = Sum(all, host => host.UdpSendBufferErrors),
            SoftnetDrops = Sum(all, host => host.SoftnetDrops),
            NicDrops = Sum(all, host => host.NicDrops),
            TcpRetransmits = Sum(all, host => host.TcpRetransmits),
            ReceivedBitsPerSecond = all.Sum(host => host.ReceivedBitsPerSecond),
            SentBitsPerSecond = all.Sum(host => host.SentBitsPerSecond),
            OpenFilesPeak = all.Max(host => host.OpenFilesPeak),
        };
    }

    /// <summary>The highest mean over any ten seconds; over all of it when it is shorter; null when nothing was measured.</summary>
    private static double? Peak(IReadOnlyList<HostSample> samples, Func<HostSample, double?> value)
    {
        double? peak = null;
        var (first, sum, seconds) = (0, 0.0, 0.0);
        for (var last = 0; last < samples.Count; last++)
        {
            if (value(samples[last]) is not { } next)
                return null;

            sum += next * samples[last].Seconds;
            seconds += samples[last].Seconds;
            for (; seconds - samples[first].Seconds >= PeakSeconds; first++)
            {
                sum -= value(samples[first])!.Value * samples[first].Seconds;
                seconds -= samples[first].Seconds;
            }

            if (seconds >= PeakSeconds || last == samples.Count - 1)
                peak = Math.Max(peak ?? 0, sum / seconds);
        }

        return peak;
    }

    /// <summary>A sum is null when nothing of it was measured, not 0.</summary>
    private static long? Sum<T>(IReadOnlyList<T> of, Func<T, long?> value) => of.Any(item => value(item) is not null) ? of.Sum(value) : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
