using Reporting.Raw.Lk;
using Reporting.Raw.Samples;

namespace Reporting.Measuring;

/// <summary>Whether a generator measured itself: what it ran out of in the steady state, and what lk itself complained of.</summary>
internal static class Saturation
{
    private const double MaxSteal = 0.10;
    private const double MaxMemory = 0.95;
    private const double MaxLost = 0.001;

    /// <summary>Everything that it ran out of; empty when it kept up.</summary>
    /// <param name="figures">Its figures of the steady state.</param>
    /// <param name="steady">The samples of the steady state.</param>
    /// <param name="loaded">The samples from the first join to the end.</param>
    /// <param name="processes">Its processes.</param>
    public static IEnumerable<GeneratorLimit> Of(GeneratorFigures figures, IReadOnlyList<HostSample> steady,
        IReadOnlyList<HostSample> loaded, IReadOnlyList<ProcessMeasures> processes)
    {
        string?[] causes =
        [
            Larger(figures.CpuPeakRatio, Peaks.Of(loaded, sample => sample.Cpu)) is >= GeneratorFigures.BusyRatio and var cpu
                ? Invariant($"its processors were {cpu:0 %} busy for {Peaks.Seconds:0} s")
                : null,
            Larger(figures.StealPeakRatio, Peaks.Of(loaded, sample => sample.Steal)) is >= MaxSteal and var steal
                ? Invariant($"the hypervisor took {steal:0 %} of its processors away for {Peaks.Seconds:0} s")
                : null,
            figures.MemoryPeakRatio is >= MaxMemory and var memory ? Invariant($"its memory was {memory:0 %} full") : null,
            Lost(figures.UdpReceiveBufferErrors, steady.Sum(sample => sample.UdpIn)) is { } received
                ? Invariant($"its kernel threw {received:0.0 %} of the datagrams away, because receive buffers were full")
                : null,
            Lost(figures.UdpSendBufferErrors, steady.Sum(sample => sample.UdpOut)) is { } sent
                ? Invariant($"its kernel did not send {sent:0.0 %} of the datagrams, because send buffers were full")
                : null,
            Lost(figures.SoftnetDrops, steady.Sum(sample => sample.Nics.Sum(nic => nic.ReceivedPackets))) is { } dropped
                ? Invariant($"its processors did not take {dropped:0.0 %} of the packets in time")
                : null,
        ];
        return causes.OfType<string>().Select(cause => new GeneratorLimit(cause, ErrorCause.SmallerLoad))
            .Concat(processes.SelectMany(process => process.Complaints).Distinct().Select(ErrorCause.Of).OfType<ErrorCause>()
                .Where(cause => cause.IsLimit).Select(cause => new GeneratorLimit(cause.Meaning, cause.NextStep)))
            .Distinct();
    }

    private static double? Larger(double? one, double? other) => one > other || other is null ? one : other;

    /// <summary>The share that was lost of what came or was sent; null when it is too small to matter or was not measured.</summary>
    private static double? Lost(long? lost, long? rest) =>
        lost > 0 && (double)lost / (lost + rest) is >= MaxLost and var share ? share : null;
}
