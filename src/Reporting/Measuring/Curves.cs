namespace Reporting.Measuring;

/// <summary>The whole fleet over time, a value a second, for charts.</summary>
internal static class Curves
{
    /// <summary>Two days: nothing longer is drawn second by second.</summary>
    private const int MaxSeconds = 2 * 86_400;

    public static IReadOnlyList<TimeSeries> Of(RunManifest manifest, IReadOnlyList<HostMeasures> hosts)
    {
        var seconds = hosts.SelectMany(host => host.Seconds).ToLookup(second => (long)Math.Floor(second.At));
        var events = hosts.SelectMany(host => host.Joins.Concat(host.Subscriptions)).ToList();
        if (seconds.Count == 0 && events.Count == 0)
            return [];

        var from = manifest.StartAt?.ToUnixTimeSeconds() ?? seconds.Select(second => second.Key).Concat(events.Select(at => (long)at))
            .Min();
        var to = seconds.Select(second => second.Key).Concat(events.Select(at => (long)at)).Max();
        if (to < from || to - from > MaxSeconds)
            return [];

        var count = (int)(to - from + 1);
        var start = DateTimeOffset.FromUnixTimeSeconds(from);
        TimeSeries Series(string name, Unit unit, Func<long, double?> value) =>
            new(name, null, unit, start, 1, [.. Enumerable.Range(0, count).Select(second => value(from + second))]);

        return
        [
            Series("received", Unit.BitsPerSecond, second => Sum(seconds[second], host => host.ReceivedBits)),
            Series("sent", Unit.BitsPerSecond, second => Sum(seconds[second], host => host.SentBits)),
            Series("generator-cpu", Unit.Ratio, second => seconds[second].Max(host => host.Cpu)),
            Cumulative("participants", hosts.SelectMany(host => host.Joins), start, count),
            Cumulative("tracks", hosts.SelectMany(host => host.Subscriptions), start, count),
        ];
    }

    private static double? Sum(IEnumerable<HostSecond> hosts, Func<HostSecond, double?> value)
    {
        double? sum = null;
        foreach (var host in hosts)
            sum = value(host) is { } some ? (sum ?? 0) + some : sum;

        return sum;
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
