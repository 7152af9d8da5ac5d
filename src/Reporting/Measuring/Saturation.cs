using Reporting.Raw.Samples;

namespace Reporting.Measuring;

/// <summary>Whether a generator measured itself: what it ran out of in the steady state, and what lk itself complained of.</summary>
internal static class Saturation
{
    private const double MaxSteal = 0.10;
    private const double MaxMemory = 0.95;
    private const double MaxLost = 0.001;

    // Go prints the texts of EMFILE, ENFILE and ENOBUFS (errno(3)) as the C library has them.
    private static readonly (string Text, string Means)[] Complaints =
    [
        ("too many open files", "lk had no file descriptor left"),
        ("no buffer space available", "its kernel had no buffer left to send from"),
    ];

    /// <summary>Everything that it ran out of, in words; null when it kept up.</summary>
    public static string? Of(GeneratorFigures figures, IReadOnlyList<HostSample> steady, IReadOnlyList<ProcessMeasures> processes)
    {
        string?[] causes =
        [
            figures.CpuPeakRatio is >= GeneratorFigures.BusyRatio and var cpu
                ? Invariant($"its processors were {cpu:0 %} busy for {Peaks.Seconds:0} s")
                : null,
            figures.StealPeakRatio is >= MaxSteal and var steal
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
            .. Complaints.Where(
                complaint => processes.Any(
                process => process.Complaints.Any(line => line.Contains(complaint.Text, StringComparison.Ordinal))))
                .Select(complaint => complaint.Means),
        ];
        var reasons = causes.OfType<string>().ToList();
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }

    /// <summary>The share that was lost of what came or was sent; null when it is too small to matter or was not measured.</summary>
    private static double? Lost(long? lost, long? rest) =>
        lost > 0 && (double)lost / (lost + rest) is >= MaxLost and var share ? share : null;
}
