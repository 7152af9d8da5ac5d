namespace Reporting.Measuring;

/// <summary>
/// Single values, kept all: percentiles are taken from the values of everything that is looked at together, never from other
/// percentiles.
/// </summary>
internal sealed class Distribution
{
    private readonly double[] _sorted;

    private Distribution(double[] sorted) => _sorted = sorted;

    public int Count => _sorted.Length;

    public double? Max => Count == 0 ? null : _sorted[^1];

    public static Distribution Of(IEnumerable<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return new Distribution(sorted);
    }

    /// <summary>
    /// The smallest value that at least this share of all values does not exceed (nearest rank); null when there is none.
    /// </summary>
    public double? Percentile(double share) =>
        Count == 0 ? null : _sorted[Math.Clamp((int)Math.Ceiling(share * Count) - 1, 0, Count - 1)];

    /// <summary>The largest value that at least this share of all values reaches; null when there is none.</summary>
    public double? Reached(double share) => Count == 0 ? null : _sorted[Count - Math.Clamp((int)Math.Ceiling(share * Count), 1, Count)];
}
