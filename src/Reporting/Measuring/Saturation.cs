using Reporting.Raw.Hosts;
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
    /// <param name="host">What was read of it.</param>
    /// <param name="steady">The samples of the steady state.</param>
    /// <param name="loaded">The samples from the first join to the end.</param>
    /// <param name="processes">Its processes.</param>
    public static IEnumerable<GeneratorLimit> Of(GeneratorFigures figures, HostRecording host, IReadOnlyList<HostSample> steady,
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
            OfMedia(Lost(figures.UdpReceiveBufferErrors, steady.Sum(sample => sample.UdpIn)),
                share => Invariant($"its kernel threw {share:0.0 %} of the datagrams away, because receive buffers were full")),
            OfMedia(Lost(figures.UdpSendBufferErrors, steady.Sum(sample => sample.UdpOut)),
                share => Invariant($"its kernel did not send {share:0.0 %} of the datagrams, because send buffers were full")),
            OfMedia(Lost(figures.SoftnetDrops, steady.Sum(sample => sample.Nics.Sum(nic => nic.ReceivedPackets))),
                share => Invariant($"its processors did not take {share:0.0 %} of the packets in time")),
            Reached(Peaks.Of(loaded, sample => sample.Throttled), MaxThrottled,
                share => Invariant($"a processor quota stopped lk in {share:0 %} of its periods for {Peaks.Seconds:0} s"),
                "Raise the processor quota of lk there (cpu.max of its cgroup), or use more VMs."),
        ];
        return limits.OfType<GeneratorLimit>()
            .Concat(Errors([.. processes.SelectMany(process => process.Complaints), .. host.Errors], Used(host, processes),
                host.Run?.ClockOffsetSeconds ?? 0));
    }

    /// <summary>Errors that only a generator can cause.</summary>
    private static IEnumerable<GeneratorLimit> Errors(IReadOnlyList<LkError> errors, string? used, double offset) => errors
        .Select(error => (Error: error, Cause: ErrorCause.Of(error.Text)))
        .Where(entry => entry.Cause is { IsLimit: true })
        .GroupBy(entry => entry.Cause!.Meaning)
        .Select(same => (Cause: same.First().Cause!, Count: same.Sum(entry => entry.Error.Count),
            From: same.Min(entry => entry.Error.From)))
        .Select(same => (same.Cause, same.Count, What: $"{same.Cause.Meaning} ({Format.Counted(same.Count, "time")}"
            + (same.From is { } from ? $" from {Format.Second(Starts.Instant(from - offset)!.Value)})" : ")")))
        .Select(same => !ReferenceEquals(same.Cause, ErrorCause.Panic) ? new GeneratorLimit(same.What, same.Cause.NextStep)
            : new GeneratorLimit(used is null ? same.What : $"{same.What}, and {used}", same.Cause.NextStep)
            {
                OfMedia = true, Tracks = same.Count,
            });

    /// <summary>What lk counted of what the host had received, where it lacks the rest; some of what a host receives is RTCP.</summary>
    private static string? Used(HostRecording host, IReadOnlyList<ProcessMeasures> processes)
    {
        var received = host.Samples?.Samples.Sum(sample => sample.UdpIn) ?? 0;
        var counted = processes.Sum(process => process.PacketsCounted);
        var unused = received - counted - processes.Sum(process => process.PacketsHeldBack);
        return unused > 0 && processes.Sum(process => process.PacketsMissing) * 2 >= unused
            ? Invariant($"lk counted {counted:#,0} packets of the {received:#,0} datagrams that had arrived")
            : null;
    }

    private static GeneratorLimit? Reached(
        double? share, double limit, Func<double, string> what, string remedy = ErrorCause.SmallerLoad) =>
        share >= limit ? new GeneratorLimit(what(share.Value), remedy) : null;

    /// <summary>One that spoils what was received and sent, and no join.</summary>
    private static GeneratorLimit? OfMedia(double? share, Func<double, string> what) =>
        Reached(share, MaxLost, what) is { } limit ? limit with { OfMedia = true } : null;

    private static double? Larger(double? one, double? other) => one > other || other is null ? one : other;

    /// <summary>The share that was lost of what came or was sent; null when nothing was, or it was not measured.</summary>
    private static double? Lost(long? lost, long? rest) => lost > 0 ? (double)lost / (lost + rest) : null;
}
