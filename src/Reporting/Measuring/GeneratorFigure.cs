using Reporting.Raw.Samples;

namespace Reporting.Measuring;

/// <summary>
/// A figure of the load generators: what their kernels counted in the steady state. Everything about it is defined here and nowhere else.
/// To add one: a property of <see cref="GeneratorFigures"/> and a line in <see cref="All"/>.
/// </summary>
/// <param name="Label">What it is, in a few words.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Of">Its value among the figures.</param>
/// <param name="With">The figures with its value.</param>
/// <param name="Within">Its value of one host, from the samples.</param>
/// <param name="Across">Its value of all hosts, from those of each.</param>
internal sealed record GeneratorFigure(
    string Label,
    Unit Unit,
    Func<GeneratorFigures, double?> Of,
    Func<GeneratorFigures, double?, GeneratorFigures> With,
    Func<IReadOnlyList<HostSample>, double?> Within,
    Func<IReadOnlyList<HostMeasures>, Func<HostMeasures, double?>, double?> Across)
{
    public static readonly GeneratorFigure CpuPeak =
        Peak("Generator CPU", sample => sample.Cpu, figures => figures.CpuPeakRatio,
            (figures, value) => figures with { CpuPeakRatio = value });

    public static readonly GeneratorFigure Steal =
        Peak("Generator CPU steal", sample => sample.Steal, figures => figures.StealPeakRatio,
            (figures, value) => figures with { StealPeakRatio = value });

    public static readonly GeneratorFigure Pressure = Peak(
        "Generator CPU pressure", sample => sample.CpuPressure, figures => figures.CpuPressurePeakRatio, (figures, value) =>
            figures with { CpuPressurePeakRatio = value });

    public static readonly GeneratorFigure Memory = new(
        "Generator memory", Unit.Ratio, figures => figures.MemoryPeakRatio, (figures, value) => figures with { MemoryPeakRatio = value },
        samples => samples.Max(sample => 1 - ((double?)sample.MemoryAvailableBytes / sample.MemoryBytes)), Enumerable.Max);

    public static readonly GeneratorFigure ReceiveBufferErrors = Counter(
        "UDP receive buffer errors", sample => sample.ReceiveBufferErrors,
        figures => figures.UdpReceiveBufferErrors, (figures, value) => figures with { UdpReceiveBufferErrors = (long?)value });

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<GeneratorFigure> All { get; } =
    [
        new("Generator CPU, mean", Unit.Ratio, figures => figures.CpuMeanRatio, (figures, value) => figures with { CpuMeanRatio = value },
            samples => ProcessorTime.Of(samples).Share,
            (hosts, _) => hosts.Aggregate(default(ProcessorTime), (sum, host) => sum + host.Processors).Share),
        CpuPeak,
        Steal,
        Pressure,
        Memory,
        ReceiveBufferErrors,
        Counter("UDP send buffer errors", sample => sample.SendBufferErrors,
            figures => figures.UdpSendBufferErrors, (figures, value) => figures with { UdpSendBufferErrors = (long?)value }),
        Counter("Packets that no processor took in time", sample => sample.SoftnetDrops,
            figures => figures.SoftnetDrops, (figures, value) => figures with { SoftnetDrops = (long?)value }),
        Counter("Packets dropped by network interfaces", sample => Over(sample, nic => nic.Drops),
            figures => figures.NicDrops, (figures, value) => figures with { NicDrops = (long?)value }),
        Counter("TCP retransmissions", sample => sample.TcpRetransmits,
            figures => figures.TcpRetransmits, (figures, value) => figures with { TcpRetransmits = (long?)value }),
        Rate("Received over the network", nic => nic.ReceivedBytes,
            figures => figures.ReceivedBitsPerSecond, (figures, value) => figures with { ReceivedBitsPerSecond = value }),
        Rate("Sent over the network", nic => nic.SentBytes,
            figures => figures.SentBitsPerSecond, (figures, value) => figures with { SentBitsPerSecond = value }),
        new("Open files of one lk process, at most", Unit.Count, figures => figures.OpenFilesPeak,
            (figures, value) => figures with { OpenFilesPeak = (long?)value },
            samples => samples.SelectMany(sample => sample.Processes).Max(process => process.OpenFiles), Enumerable.Max),
    ];

    private static GeneratorFigure Peak(
        string label,
        Func<HostSample, double?> value,
        Func<GeneratorFigures, double?> of,
        Func<GeneratorFigures, double?, GeneratorFigures> with) =>
        new(label, Unit.Ratio, of, with, samples => Peaks.Of(samples, value), Enumerable.Max);

    private static GeneratorFigure Counter(
        string label,
        Func<HostSample, double?> value,
        Func<GeneratorFigures, double?> of,
        Func<GeneratorFigures, double?, GeneratorFigures> with) =>
        new(label, Unit.Count, of, with, samples => Sum(samples, value), Sum);

    private static GeneratorFigure Rate(
        string label,
        Func<NicSample, long> bytes,
        Func<GeneratorFigures, double?> of,
        Func<GeneratorFigures, double?, GeneratorFigures> with) =>
        new(label, Unit.BitsPerSecond, of, with, samples => 8 * Sum(samples, sample => Over(sample, bytes))
            / samples.Where(sample => sample.Nics.Count > 0).Sum(sample => sample.Seconds), Sum);

    private static long? Over(HostSample sample, Func<NicSample, long> count) =>
        sample.Nics.Count == 0 ? null : sample.MediaNics.Sum(count);

    /// <summary>A sum is null when nothing of it was measured, not 0.</summary>
    private static double? Sum<T>(IReadOnlyList<T> of, Func<T, double?> value) =>
        of.Any(item => value(item) is not null) ? of.Sum(value) : null;
}
