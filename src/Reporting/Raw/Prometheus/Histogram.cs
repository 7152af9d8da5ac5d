namespace Reporting.Raw.Prometheus;

/// <summary>A histogram as counters: how many observations were at most so large. Several of them are merged bucket by bucket.</summary>
/// <param name="Bounds">Upper bounds of the buckets, rising; the last one may be infinite and is then left out.</param>
/// <param name="Counts">Observations up to each bound.</param>
/// <param name="Count">All observations.</param>
public sealed record Histogram(IReadOnlyList<double> Bounds, IReadOnlyList<double> Counts, double Count)
{
    /// <summary>The two together; a bound that only one of them has takes the other's count at its next lower bound.</summary>
    public Histogram Plus(Histogram other)
    {
        double[] bounds = [.. Bounds.Concat(other.Bounds).Distinct().Order()];
        return new Histogram(bounds, [.. bounds.Select(bound => UpTo(bound) + other.UpTo(bound))], Count + other.Count);
    }

    /// <summary>What was observed since an earlier state; all of it when the counters restarted in between.</summary>
    public Histogram Since(Histogram earlier) => earlier.Count > Count || !earlier.Bounds.SequenceEqual(Bounds)
        ? this
        : new Histogram(Bounds, [.. Counts.Zip(earlier.Counts, (now, before) => Math.Max(0, now - before))], Count - earlier.Count);

    /// <summary>
    /// A quantile, straight between the bounds of its bucket as Prometheus' histogram_quantile has it; the highest bound when it lies
    /// above all of them, null when nothing was observed.
    /// </summary>
    /// <param name="part">Which, 0.95.</param>
    public double? Quantile(double part)
    {
        if (Count <= 0 || Bounds.Count == 0)
            return null;

        var rank = part * Count;
        for (var index = 0; index < Bounds.Count; index++)
        {
            if (Counts[index] < rank)
                continue;

            var (lower, below) = index == 0 ? (0, 0) : (Bounds[index - 1], Counts[index - 1]);
            return Counts[index] > below ? lower + ((Bounds[index] - lower) * (rank - below) / (Counts[index] - below)) : Bounds[index];
        }

        return Bounds[^1];
    }

    private double UpTo(double bound)
    {
        var count = 0.0;
        for (var index = 0; index < Bounds.Count && Bounds[index] <= bound; index++)
            count = Counts[index];

        return count;
    }
}
