namespace Reporting.Measuring;

/// <summary>The whole fleet over time, a value a second, for charts.</summary>
internal static class Curves
{
    /// <summary>Two days: nothing longer is drawn second by second.</summary>
    private const int MaxSeconds = 2 * 86_400;

    public static IReadOnlyList<TimeSeries> Of(RunManifest manifest, IReadOnlyList<HostMeasures> hosts)
    {
        var events = hosts.SelectMany(host => host.Joins.Concat(host.Subscriptions));
        var seconds = hosts.SelectMany(host => host.Seconds).Select(second => second.At).Concat(events)
            .Select(at => (long)Math.Floor(at)).ToHashSet();
        if (seconds.Count == 0)
            return [];

        var (from, to) = (manifest.StartAt?.ToUnixTimeSeconds() ?? seconds.Min(), seconds.Max());
        if (to < from || to - from > MaxSeconds)
            return [];

        var count = (int)(to - from + 1);
        var start = DateTimeOffset.FromUnixTimeSeconds(from);
        TimeSeries Series(string name, Unit unit, Func<HostSecond, double?> value, Func<double, double, double> both) =>
            new(name, null, unit, start, 1, Together(hosts, from, count, value, both));

        return
        [
            Series("received", Unit.BitsPerSecond, second => second.ReceivedBits, (one, other) => one + other),
            Series("sent", Unit.BitsPerSecond, second => second.SentBits, (one, other) => one + other),
            Series("generator-cpu", Unit.Ratio, second => second.Cpu, Math.Max),
            Cumulative("participants", hosts.SelectMany(host => host.Joins), start, count),
            Cumulative("tracks", hosts.SelectMany(host => host.Subscriptions), start, count),
        ];
    }

    /// <summary>A value of all hosts for each second; null where none has one.</summary>
    private static double?[] Together(IReadOnlyList<HostMeasures> hosts, long from, int count, Func<HostSecond, double?> value,
        Func<double, double, double> both)
    {
        var values = new double?[count];
        foreach (var second in hosts.SelectMany(host => host.Seconds))
        {
            var at = (long)Math.Floor(second.At) - from;
            if (at >= 0 && value(second) is { } one)
                values[at] = values[at] is { } other ? both(other, one) : one;
        }

        return values;
    }

    /// <summary>How many had happened by the end of each second.</summary>
    private static TimeSeries Cumulative(string name, IEnumerable<double> events, DateTimeOffset start, int count)
    {
        var sorted = events.Order().ToList();
        var values = new double?[count];
        var happened = 0;
        for (var second = 0; second < count; second++)
        {
            while (happened < sorted.Count && sorted[happened] < start.ToUnixTimeSeconds() + second + 1)
                happened++;
            values[second] = happened;
        }

        return new TimeSeries(name, null, Unit.Count, start, 1, values);
    }
}
