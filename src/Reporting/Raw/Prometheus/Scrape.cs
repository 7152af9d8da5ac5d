namespace Reporting.Raw.Prometheus;

/// <summary>One value of one scrape.</summary>
/// <param name="Name">The metric's name, with its suffix.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">The value; may be infinite or not a number.</param>
public sealed record Sample(string Name, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value)
{
    /// <summary>The value of a label; null when it has none of that name.</summary>
    public string? Label(string name)
    {
        foreach (var (key, value) in Labels)
        {
            if (key == name)
                return value;
        }

        return null;
    }
}

/// <summary>The samples of one scrape.</summary>
/// <param name="Samples">In the order in which they came.</param>
/// <param name="Damaged">Lines that are none of the format.</param>
public sealed record Scrape(IReadOnlyList<Sample> Samples, int Damaged)
{
    private readonly ILookup<string, Sample> _byName = Samples.ToLookup(sample => sample.Name);

    /// <summary>The sum of all samples of a name that carry a label; null when there is none.</summary>
    public double? Sum(string name, params ReadOnlySpan<(string Label, string Value)> labels)
    {
        double? sum = null;
        foreach (var sample in _byName[name])
        {
            if (double.IsFinite(sample.Value) && Carries(sample, labels))
                sum = (sum ?? 0) + sample.Value;
        }

        return sum;
    }

    /// <summary>The values that a label has, sorted.</summary>
    public IReadOnlyList<string> Values(string name, string label) =>
        [.. _byName[name].Select(sample => sample.Label(label)).OfType<string>().Distinct()
            .Order(StringComparer.Ordinal)];

    /// <summary>All series of a histogram, merged by bucket; null when there is none.</summary>
    /// <param name="name">Its name, without a suffix.</param>
    /// <param name="scale">What a bound is multiplied by.</param>
    public Histogram? Histogram(string name, double scale)
    {
        var buckets = _byName[$"{name}_bucket"]
            .Where(sample => sample.Label("le") is not null)
            .GroupBy(sample => Number(sample.Label("le")))
            .OrderBy(bucket => bucket.Key)
            .Select(bucket => (Bound: bucket.Key, Count: bucket.Sum(sample => sample.Value)))
            .ToList();
        if (buckets.Count == 0)
            return null;

        var bounded = buckets.Where(bucket => double.IsFinite(bucket.Bound)).ToList();
        return new Histogram([.. bounded.Select(bucket => bucket.Bound * scale)], [.. bounded.Select(bucket => bucket.Count)],
            Sum($"{name}_count") ?? buckets[^1].Count);
    }

    /// <summary>A number as the format writes it: also <c>+Inf</c>, <c>-Inf</c> and <c>NaN</c>.</summary>
    internal static double Number(ReadOnlySpan<char> text) => text switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN,
    };

    private static bool Carries(Sample sample, ReadOnlySpan<(string Label, string Value)> labels)
    {
        foreach (var (label, value) in labels)
        {
            if (sample.Label(label) != value)
                return false;
        }

        return true;
    }
}
