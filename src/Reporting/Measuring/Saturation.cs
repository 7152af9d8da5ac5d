using Reporting.Raw.Lk;
using Reporting.Raw.Samples;

namespace Reporting.Measuring;

/// <summary>Whether a generator measured itself: what it ran out of in the steady state, and what lk itself complained of.</summary>
internal static class Saturation
{
    private const double MaxSteal = 0.10;
    private const double MaxMemory = 0.95;
    private const double MaxLost = 0.001;

    /// <summary>A recorded machine that kept up had 0.25, one that did not 0.97: by then something waits nearly always.</summary>
    private const double MaxPressure = 0.80;

    /// <summary>Media is sent every 20 ms; a period of a quota is 100 ms.</summary>
    private const double MaxThrottled = 0.25;

    /// <summary>Everything that it ran out of; empty when it kept up.</summary>
    /// <param name="figures">Its figures of the steady state.</param>
    /// <param name="steady">The samples of the steady state.</param>
    /// <param name="loaded">The samples from the first join to the end.</param>
    /// <param name="processes">Its processes.</param>
    public static IEnumerable<GeneratorLimit> Of(GeneratorFigures figures, IReadOnlyList<HostSample> steady,
        IReadOnlyList<HostSample> loaded, IReadOnlyList<ProcessMeasures> processes)
    {
        var cpu = Larger(figures.CpuPeakRatio, Peaks.Of(loaded, sample => sample.Cpu));
        GeneratorLimit?[] limits =
        [
            Reached(cpu, GeneratorFigures.BusyRatio, share => Invariant($"its processors were {share:0 %} busy for {Peaks.Seconds:0} s")),
            cpu >= GeneratorFigures.BusyRatio ? null : Reached(
                Larger(figures.CpuPressurePeakRatio, Peaks.Of(loaded, sample => sample.CpuPressure)), MaxPressure,
                share => Invariant($"its programs waited for a processor {share:0 %} of the time for {Peaks.Seconds:0} s")),
            Reached(Larger(figures.StealPeakRatio, Peaks.Of(loaded, sample => sample.Steal)), MaxSteal,
                share => Invariant($"the hypervisor took {share:0 %} of its processors away for {Peaks.Seconds:0} s")),
            Reached(figures.MemoryPeakRatio, MaxMemory, share => Invariant($"its memory was {share:0 %} full")),
            Reached(Lost(figures.UdpReceiveBufferErrors, steady.Sum(sample => sample.UdpIn)), MaxLost,
                share => Invariant($"its kernel threw {share:0.0 %} of the datagrams away, because receive buffers were full")),
            Reached(Lost(figures.UdpSendBufferErrors, steady.Sum(sample => sample.UdpOut)), MaxLost,
                share => Invariant($"its kernel did not send {share:0.0 %} of the datagrams, because send buffers were full")),
            Reached(Lost(figures.SoftnetDrops, steady.Sum(sample => sample.Nics.Sum(nic => nic.ReceivedPackets))), MaxLost,
                share => Invariant($"its processors did not take {share:0.0 %} of the packets in time")),
            Reached(Peaks.Of(loaded, sample => sample.Throttled), MaxThrottled,
                share => Invariant($"a processor quota stopped lk in {share:0 %} of its periods for {Peaks.Seconds:0} s"),
                "Raise the processor quota of lk there (cpu.max of its cgroup), or use more VMs."),
        ];
        return limits.OfType<GeneratorLimit>()
            .Concat(processes.SelectMany(process => process.Complaints).Distinct().Select(ErrorCause.Of).OfType<ErrorCause>()
                .Where(cause => cause.IsLimit).Select(cause => new GeneratorLimit(cause.Meaning, cause.NextStep)))
            .Distinct();
    }

    private static GeneratorLimit? Reached(
        double? share, double limit, Func<double, string> what, string remedy = ErrorCause.SmallerLoad) =>
        share >= limit ? new GeneratorLimit(what(share.Value), remedy) : null;

    private static double? Larger(double? one, double? other) => one > other || other is null ? one : other;

    /// <summary>The share that was lost of what came or was sent; null when nothing was, or it was not measured.</summary>
    private static double? Lost(long? lost, long? rest) => lost > 0 ? (double)lost / (lost + rest) : null;
}
