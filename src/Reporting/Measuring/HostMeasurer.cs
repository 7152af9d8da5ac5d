using Reporting.Raw.Hosts;
using Reporting.Raw.Samples;

namespace Reporting.Measuring;

/// <summary>Measures one host: its processes, then the machine in their steady state.</summary>
internal static class HostMeasurer
{
    /// <summary>A host that is busy is looked at a few seconds late.</summary>
    private const double MaxDelaySeconds = 5;

    public static HostMeasures Measure(HostRecording host, IReadOnlyList<ProcessMeasures> processes)
    {
        var offset = host.Run?.ClockOffsetSeconds ?? 0;
        var samples = Steady(host.Samples, processes);
        var generator = GeneratorMeasurer.Measure(samples);
        var loaded = Loaded(host.Samples, processes);
        List<GeneratorLimit> limits =
            [.. Saturation.Of(generator, host, samples, loaded, processes), .. GeneratorLimits.Of(loaded, host.Facts, offset)];
        return new HostMeasures
        {
            Name = host.Name,
            Run = host.Run,
            Facts = host.Facts,
            Dropped = host.Dropped,
            Processes = processes,
            Generator = generator,
            Processors = ProcessorTime.Of(samples),
            UnsampledSeconds = Unsampled(samples, processes),
            SaturatedBy = limits.Count == 0 ? null : string.Join("; ", limits.Select(limit => limit.What)),
            DoubtsMediaAlone = limits.Count > 0 && limits.TrueForAll(limit => limit.OfMedia),
            TracksInDoubt = limits.Count > 0 && limits.TrueForAll(limit => limit.Tracks is not null)
                ? limits.Sum(limit => limit.Tracks) : null,
            Remedy = limits.Count == 0 ? null : limits[^1].Remedy,
            MediaDelaySeconds = processes.Max(process => process.MediaAt - process.SteadyAt),
            Stalls = processes.Max(process => process.MediaAt) is { } from ? Stalls(samples, from, offset) : null,
            Seconds = [.. (host.Samples?.Samples ?? []).Select(sample => Second(sample, offset))],
            Joins = [.. processes.SelectMany(process => process.Joins).Select(at => at - offset)],
            Subscriptions = [.. processes.SelectMany(process => process.Subscriptions).Select(at => at - offset)],
        };
    }

    /// <summary>Samples of the time in which every process of the host held its load.</summary>
    private static List<HostSample> Steady(SampleSeries? series, IReadOnlyList<ProcessMeasures> processes)
    {
        var from = processes.Max(process => process.SteadyAt);
        var to = SteadyTo(processes);
        return [.. (series?.Samples ?? []).Where(sample => sample.At - sample.Seconds >= from && (to is null || sample.At <= to))];
    }

    /// <summary>The stalls after media had begun.</summary>
    private static IReadOnlyList<HostStall> Stalls(List<HostSample> samples, double from, double offset)
    {
        var media = new MediaFlow();
        samples.FindAll(sample => sample.At - sample.Seconds >= from).ForEach(media.Take);
        return [.. media.Stalls.Select(stall => stall with { From = stall.From - offset, To = stall.To - offset })];
    }

    private static double? Unsampled(List<HostSample> samples, IReadOnlyList<ProcessMeasures> processes) =>
        samples is [.., var last] && SteadyTo(processes) - last.At is { } left && left > last.Seconds + MaxDelaySeconds ? left : null;

    /// <summary>Samples from the first join to the end.</summary>
    private static List<HostSample> Loaded(SampleSeries? series, IReadOnlyList<ProcessMeasures> processes)
    {
        var from = processes.Min(process => process.Joins.Count > 0 ? process.Joins.Min() : Starts.EpochSeconds(process.Run?.StartedAt));
        var to = processes.Max(process => process.EndedAt ?? Starts.EpochSeconds(process.Run?.EndedAt) ?? process.LastLineAt);
        return [.. (series?.Samples ?? []).Where(sample => sample.At >= from && (to is null || sample.At <= to))];
    }

    private static double? SteadyTo(IReadOnlyList<ProcessMeasures> processes) =>
        processes.Min(process => process.EndedAt ?? process.LastLineAt);

    private static HostSecond Second(HostSample sample, double offset) => new(
        sample.At - offset, sample.BitsPerSecond(nic => nic.ReceivedBytes), sample.BitsPerSecond(nic => nic.SentBytes), sample.Cpu);
}
