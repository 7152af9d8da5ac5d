using Reporting.Raw.Samples;

namespace Reporting.Measuring;

/// <summary>
/// Finds the times in which next to nothing arrived at a host: the only trace of an outage in a run that lk itself calls healthy.
/// </summary>
internal static class Stalls
{
    /// <summary>Less than this part of what usually arrives in a second is next to nothing.</summary>
    private const double NextToNothing = 0.1;

    /// <summary>Shorter than this is jitter, or a second cut in two.</summary>
    private const double LeastSeconds = 2;

    /// <summary>A host that gets less than this in a good second has no media to lose.</summary>
    private const double LeastBitsPerSecond = 20_000;

    /// <summary>The stalls among samples that follow each other.</summary>
    public static IReadOnlyList<HostStall> Of(IReadOnlyList<HostSample> samples)
    {
        var rates = samples.Select(Rate).ToList();

        // Not the median: media may be away for most of the time.
        var usual = Distribution.Of(rates).Percentile(0.9) ?? 0;
        if (usual < LeastBitsPerSecond)
            return [];

        var stalls = new List<HostStall>();
        HostStall? stall = null;
        for (var i = 0; i < samples.Count; i++)
        {
            if (rates[i] < usual * NextToNothing)
                stall = new HostStall(stall?.From ?? samples[i].At - samples[i].Seconds, samples[i].At);
            else
                Close();
        }

        Close();
        return stalls;

        void Close()
        {
            if (stall is { } ended && ended.To - ended.From >= LeastSeconds)
                stalls.Add(ended);
            stall = null;
        }
    }

    private static double Rate(HostSample sample) => GeneratorMeasurer.Nics(sample).Sum(nic => nic.ReceivedBytes) * 8 / sample.Seconds;
}
