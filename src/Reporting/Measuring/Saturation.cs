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
    private const double MaxUnused = 0.2;

    /// <summary>Everything that it ran out of; empty when it kept up.</summary>
    /// <param name="figures">Its figures of the steady state.</param>
    /// <param name="host">What was read of it.</param>
    /// <param name="steady">The samples of the steady state.</param>
    /// <param name="loaded">The samples from the first join to the end.</param>
    /// <param name="processes">Its processes.</param>
    public static IEnumerable<GeneratorLimit> Of(GeneratorFigures figures, HostRecording host, IReadOnlyList<HostSample> steady,
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
        ];
        string?[] ofMedia =
        [
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
        var (used, share) = Used(host.Samples?.Samples ?? [], loaded, processes);
        return causes.OfType<string>().Select(cause => new GeneratorLimit(cause, ErrorCause.SmallerLoad))
            .Concat(ofMedia.Append(share >= MaxUnused ? used : null).OfType<string>()
                .Select(cause => new GeneratorLimit(cause, ErrorCause.SmallerLoad) { OfMedia = true }))
            .Concat(Errors([.. processes.SelectMany(process => process.Complaints), .. host.Errors], share < MaxUnused ? used : null,
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

    /// <summary>
    /// What lk counted of what the host had received, and which share of it was left unused, where lk lacks that. Some of what a host
    /// receives is RTCP, and behind a time without media lk drops what it cannot order.
    /// </summary>
    private static (string? Text, double Share) Used(
        IReadOnlyList<HostSample> all, IReadOnlyList<HostSample> loaded, IReadOnlyList<ProcessMeasures> processes)
    {
        var media = new MediaFlow();
        foreach (var sample in loaded)
            media.Take(sample);
        var received = all.Sum(sample => sample.UdpIn) ?? 0;
        var counted = processes.Sum(process => process.PacketsCounted);
        var unused = received - counted - processes.Sum(process => process.PacketsHeldBack);
        return unused > 0 && processes.Sum(process => process.PacketsMissing) * 2 >= unused
            ? (Invariant($"lk counted {counted:#,0} packets of the {received:#,0} datagrams that had arrived"),
                media.Stalls.Count > 0 ? 0 : unused / received)
            : (null, 0);
    }

    private static double? Larger(double? one, double? other) => one > other || other is null ? one : other;

    /// <summary>The share that was lost of what came or was sent; null when it is too small to matter or was not measured.</summary>
    private static double? Lost(long? lost, long? rest) =>
        lost > 0 && (double)lost / (lost + rest) is >= MaxLost and var share ? share : null;
}
