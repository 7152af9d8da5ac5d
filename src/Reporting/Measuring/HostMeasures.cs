using System.Runtime.InteropServices;
using Reporting.Raw.Hosts;
using Reporting.Raw.Samples;

namespace Reporting.Measuring;

/// <summary>What was measured on one host. Instants are in epoch seconds on the controller's clock.</summary>
internal sealed record HostMeasures
{
    public required string Name { get; init; }

    public HostRun? Run { get; init; }

    /// <summary>Its clock less the controller's, in seconds; 0 where that is not known.</summary>
    public double ClockOffset => Run?.ClockOffsetSeconds ?? 0;

    public IReadOnlyDictionary<string, string> Facts { get; init; } = HostFacts.None;

    /// <summary>Files that were downloaded and are not there any more.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    public required IReadOnlyList<ProcessMeasures> Processes { get; init; }

    public required GeneratorFigures Generator { get; init; }

    /// <summary>Processor time in the steady state.</summary>
    public ProcessorTime Processors { get; init; }

    /// <summary>
    /// Seconds of the steady state that went on when its last sample had been taken; null when samples were taken to its end, or not at
    /// all.
    /// </summary>
    public double? UnsampledSeconds { get; init; }

    /// <summary>Why it was the bottleneck itself; null when it was not.</summary>
    public string? SaturatedBy { get; init; }

    /// <summary>Whether that hurt what it received and nothing else: joins that were refused are certain.</summary>
    public bool DoubtsMediaAlone { get; init; }

    /// <summary>How many tracks that hurt and no others; null when it hurt more, or nothing.</summary>
    public int? TracksInDoubt { get; init; }

    /// <summary>What to do about that, a sentence.</summary>
    public string? Remedy { get; init; }

    /// <summary>How long after all joins its media began; null where none is due or none began.</summary>
    public double? MediaDelaySeconds { get; init; }

    /// <summary>Times without media; null where none was due, or its publishers bear no witness.</summary>
    public IReadOnlyList<HostStall>? Stalls { get; init; }

    public IReadOnlyList<HostSecond> Seconds { get; init; } = [];

    /// <summary>When each participant was first seen in its room.</summary>
    public IReadOnlyList<double> Joins { get; init; } = [];

    /// <summary>When each track was subscribed.</summary>
    public IReadOnlyList<double> Subscriptions { get; init; } = [];
}

/// <summary>A second of a host, for charts.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HostSecond(double At, double? ReceivedBits, double? SentBits, double? Cpu);

/// <summary>Processor time in processor seconds: used, and in all.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProcessorTime(double Used, double All)
{
    /// <summary>That of the samples that have it.</summary>
    public static ProcessorTime Of(IReadOnlyList<HostSample> samples)
    {
        var measured = samples.Where(sample => sample.Cpu is not null)
            .Select(sample => (sample.Cpu, All: sample.Seconds * Math.Max(1, sample.Cores.Count))).ToList();
        return new ProcessorTime(measured.Sum(sample => sample.Cpu!.Value * sample.All), measured.Sum(sample => sample.All));
    }

    /// <summary>Used over all; null when nothing was measured.</summary>
    public double? Share => All > 0 ? Used / All : null;

    public static ProcessorTime operator +(ProcessorTime one, ProcessorTime other) => new(one.Used + other.Used, one.All + other.All);
}
