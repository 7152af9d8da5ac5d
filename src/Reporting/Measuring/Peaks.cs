using Reporting.Raw.Samples;

namespace Reporting.Measuring;

/// <summary>A peak is a mean of ten seconds: a single second may be a clean-up of memory.</summary>
internal static class Peaks
{
    /// <summary>How long a peak lasts.</summary>
    public const double Seconds = 10;

    /// <summary>A peak over less than this part of the time does not represent the rest.</summary>
    private const double MinMeasured = 0.5;

    /// <summary>
    /// The highest mean over any ten measured seconds, over all of them when they are fewer. Samples without a value are
    /// left out; null when they are more than half of the time.
    /// </summary>
    public static double? Of(IReadOnlyList<HostSample> samples, Func<HostSample, double?> value)
    {
        var measured = samples.Where(sample => value(sample) is not null).Select(sample => (Value: value(sample)!.Value, sample.Seconds))
            .ToList();
        if (measured.Count == 0 || measured.Sum(sample => sample.Seconds) < MinMeasured * samples.Sum(sample => sample.Seconds))
            return null;

        double? peak = null;
        var (first, sum, seconds) = (0, 0.0, 0.0);
        for (var last = 0; last < measured.Count; last++)
        {
            sum += measured[last].Value * measured[last].Seconds;
            seconds += measured[last].Seconds;
            for (; seconds - measured[first].Seconds >= Seconds; first++)
            {
                sum -= measured[first].Value * measured[first].Seconds;
                seconds -= measured[first].Seconds;
            }

            if (seconds >= Seconds || last == measured.Count - 1)
                peak = Math.Max(peak ?? 0, sum / seconds);
        }

        return peak;
    }
}
