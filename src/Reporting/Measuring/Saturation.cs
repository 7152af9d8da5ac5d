using Reporting.Raw.Samples;

namespace Reporting.Measuring;

/// <summary>Whether a generator measured itself: what it ran out of in the steady state, and what lk itself complained of.</summary>
internal static class Saturation
{
    private const double MaxSteal = 0.10;
    private const double MaxMemory = 0.95;
    private const double MaxLost = 0.001;

    // Go prints the texts of EMFILE, ENFILE, ENOBUFS, EADDRNOTAVAIL and EAGAIN (errno(3)) as the C library has them, and those of its own
    // resolver and runtime.
    private static readonly (string Text, GeneratorLimit Limit)[] Complaints =
    [
        ("too many open files", new("lk had no file descriptor left", "Raise the hard limit of open files (nofile) of its user.")),
        ("no buffer space available", new("its kernel had no buffer left to send from", GeneratorLimit.SmallerLoad)),
        ("cannot assign requested address",
            new("it had no local port left", "Widen net.ipv4.ip_local_port_range there, or use more VMs.")),
        ("resource temporarily unavailable", NoThread),
        ("failed to create new OS thread", NoThread),
        ("cannot allocate memory", new("it had no memory left", GeneratorLimit.SmallerLoad)),
        ("server misbehaving", NoName),
        ("temporary failure in name resolution", NoName),
        ("no such host", NoName),
    ];

    private static GeneratorLimit NoThread => new("lk could not start another thread",
        "Raise the limit of processes (nproc, TasksMax, kernel.threads-max) there.");

    private static GeneratorLimit NoName => new("it could not resolve LiveKit's name", "Check the name servers of that VM.");

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
        return causes.OfType<string>().Select(cause => new GeneratorLimit(cause, GeneratorLimit.SmallerLoad))
            .Concat(Complaints.Where(complaint => processes.Any(process =>
                    process.Complaints.Any(line => line.Contains(complaint.Text, StringComparison.OrdinalIgnoreCase))))
                .Select(complaint => complaint.Limit))
            .Distinct();
    }

    private static double? Larger(double? one, double? other) => one > other || other is null ? one : other;

    /// <summary>The share that was lost of what came or was sent; null when it is too small to matter or was not measured.</summary>
    private static double? Lost(long? lost, long? rest) =>
        lost > 0 && (double)lost / (lost + rest) is >= MaxLost and var share ? share : null;
}
