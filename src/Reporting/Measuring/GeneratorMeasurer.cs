using Reporting.Raw.Samples;
using Reporting.Summary;

namespace Reporting.Measuring;

/// <summary>Whether a load generator kept up: what its kernel counted in the steady state.</summary>
internal static class GeneratorMeasurer
{
    /// <param name="all">All samples; null when none came home.</param>
    /// <param name="steady">Those of the steady state.</param>
    public static GeneratorFigures Measure(SampleSeries? all, IReadOnlyList<HostSample> steady)
    {
        if (all is null || steady.Count == 0)
            return new GeneratorFigures { HostsMeasured = 0 };

        return new GeneratorFigures
        {
            HostsMeasured = 1,
            CpuMeanRatio = Processors(steady).Share,
            CpuPeakRatio = Peaks.Of(steady, sample => sample.Cpu),
            StealPeakRatio = Peaks.Of(steady, sample => sample.Steal),
            CpuPressurePeakRatio = Peaks.Of(steady, sample => sample.CpuPressure),
            MemoryPeakRatio = steady.Max(sample => 1 - ((double?)sample.MemoryAvailableBytes / sample.MemoryBytes)),
            UdpReceiveBufferErrors = Sum(steady, sample => sample.ReceiveBufferErrors),
            UdpSendBufferErrors = Sum(steady, sample => sample.SendBufferErrors),
            SoftnetDrops = Sum(steady, sample => sample.SoftnetDrops),
            NicDrops = Sum(steady, sample => sample.Nics.Count == 0 ? null : sample.MediaNics.Sum(nic => nic.Drops)),
            TcpRetransmits = Sum(steady, sample => sample.TcpRetransmits),
            ReceivedBitsPerSecond = Rate(steady, nic => nic.ReceivedBytes),
            SentBitsPerSecond = Rate(steady, nic => nic.SentBytes),
            OpenFilesPeak = steady.SelectMany(sample => sample.Processes).Max(process => process.OpenFiles),
        };
    }

    /// <summary>Processor time of the samples that have it, in processor seconds: used, and in all.</summary>
    public static ProcessorTime Processors(IReadOnlyList<HostSample> samples)
    {
        var measured = samples.Where(sample => sample.Cpu is not null).ToList();
        return new ProcessorTime(
            measured.Sum(sample => sample.Cpu!.Value * sample.Seconds * Math.Max(1, sample.Cores.Count)),
            measured.Sum(sample => sample.Seconds * Math.Max(1, sample.Cores.Count)));
    }

    /// <summary>All hosts together: counters are sums, shares of time are sums over sums, peaks those of the worst host.</summary>
    public static GeneratorFigures Together(IReadOnlyList<HostMeasures> hosts)
    {
        // lk's own complaints need no sample.
        var saturated = hosts.Count(host => host.SaturatedBy is not null);
        var measured = hosts.Where(host => host.Generator.HostsMeasured > 0).ToList();
        if (measured.Count == 0)
            return new GeneratorFigures { HostsMeasured = 0, HostsSaturated = saturated > 0 ? saturated : null };

        var all = measured.Select(host => host.Generator).ToList();
        return new GeneratorFigures
        {
            HostsMeasured = measured.Count,
            HostsSaturated = saturated,
            CpuMeanRatio = measured.Aggregate(default(ProcessorTime), (sum, host) => sum + host.Processors).Share,
            CpuPeakRatio = all.Max(host => host.CpuPeakRatio),
            StealPeakRatio = all.Max(host => host.StealPeakRatio),
            CpuPressurePeakRatio = all.Max(host => host.CpuPressurePeakRatio),
            MemoryPeakRatio = all.Max(host => host.MemoryPeakRatio),
            UdpReceiveBufferErrors = Sum(all, host => host.UdpReceiveBufferErrors),
            UdpSendBufferErrors = Sum(all, host => host.UdpSendBufferErrors),
            SoftnetDrops = Sum(all, host => host.SoftnetDrops),
            NicDrops = Sum(all, host => host.NicDrops),
            TcpRetransmits = Sum(all, host => host.TcpRetransmits),
            ReceivedBitsPerSecond = Sum(all, host => host.ReceivedBitsPerSecond),
            SentBitsPerSecond = Sum(all, host => host.SentBitsPerSecond),
            OpenFilesPeak = all.Max(host => host.OpenFilesPeak),
        };
    }

    /// <summary>Bits a second in the samples that have an interface; null when none has.</summary>
    private static double? Rate(IReadOnlyList<HostSample> samples, Func<NicSample, long> bytes)
    {
        var measured = samples.Where(sample => sample.Nics.Count > 0).ToList();
        return measured.Count == 0 ? null : measured.Sum(sample => sample.MediaNics.Sum(bytes)) * 8 / measured.Sum(sample => sample.Seconds);
    }

    private static double? Sum(IReadOnlyList<GeneratorFigures> of, Func<GeneratorFigures, double?> value) => of.Any(item => value(item) is not null) ? of.Sum(value) : null;

    /// <summary>A sum is null when nothing of it was measured, not 0.</summary>
    private static long? Sum<T>(IReadOnlyList<T> of, Func<T, long?> value) => of.Any(item => value(item) is not null) ? of.Sum(value) : null;
}
