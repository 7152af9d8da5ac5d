namespace Reporting.Rendering.Html;

/// <summary>Figures of the fleet and of the cluster over time, with ramp, steady state and stalls marked.</summary>
internal static class TimeCharts
{
    private const int MaxPoints = 720;

    private const int TableRows = 12;

    private const int MaxMarks = 50;

    private static readonly WantedChart[] Wanted =
    [
        new("Participants in the rooms",
            "Climbs while participants join, and should stay level in the steady state. LiveKit’s own counts should follow; its metrics "
            + "count the rooms of others too.",
            [("participants", "by lk"), ("livekit.participants", "by LiveKit’s metrics"),
                ("rooms.participants", "by LiveKit’s list of rooms")]),
        new("Tracks subscribed", "Follows the participants; a gap between the two is time without media.", [("tracks", "tracks")]),
        new("Network traffic of all load generators", "A dip in what is received is media that did not arrive.",
            [("received", "received"), ("sent", "sent")]),
        new("Processors of the busiest load generator", "Above the line a load generator measures itself rather than LiveKit.",
            [("generator-cpu", "generator-cpu")]) { Limit = GeneratorFigures.BusyRatio },
        new("LiveKit’s pods", "Pods that are wanted and not ready carry no participants. A gap is time without observations.",
            [("pods.ready", "ready"), ("pods.wanted", "wanted")]) { OfCluster = true },
        new("Cores used by LiveKit’s pods", "All pods together. Level while participants join means that LiveKit is at its limit.",
            [("pods.cores", "cores")]) { OfCluster = true },
        new("Memory used by LiveKit’s pods", "All pods together; a drop is a pod that ended.",
            [("pods.memory", "memory")]) { OfCluster = true },
    ];

    public static IEnumerable<Chart> Of(RunSummary summary) => Wanted.Select(wanted => Of(wanted, summary)).OfType<Chart>();

    private static Chart? Of(WantedChart wanted, RunSummary summary)
    {
        var series = Drawn(wanted, summary.Series);
        if (series.Length == 0)
            return null;

        var names = series.Select(one => one.Name).ToList();
        var earlier = summary.Comparison is { } comparison
            ? Drawn(wanted, comparison.Series).Where(one => names.Contains(one.Name)).ToArray()
            : [];
        ChartLine Earlier(TimeSeries one) => Line(Named(one)) with { Beside = names.IndexOf(one.Name) };
        TimeSeries Named(TimeSeries one) => one with { Name = $"{one.Name}, baseline" };

        var marks = wanted.OfCluster && summary.Cluster is { } cluster ? Marks(cluster).Take(MaxMarks).ToArray() : [];
        return new Chart
        {
            Kind = ChartKind.Time,
            Title = wanted.Title,
            Note = wanted.Note,
            Lines = [.. series.Select(Line), .. earlier.Select(Earlier)],
            Limit = wanted.Limit,
            Spans = Spans(summary, series[0].Start, End(series[0])),
            Marks = marks,
            Table = Table([.. series, .. earlier.Select(Named)], marks),
        };
    }

    private static TimeSeries[] Drawn(WantedChart wanted, IReadOnlyList<TimeSeries> all) =>
    [
        .. wanted.Series
            .SelectMany(each => all.Where(one => one.Host is null && one.Name == each.Name).Take(1)
                .Select(one => one with { Name = each.Label }))
            .Select(one => one with { Values = [.. one.Values.Select(Finite)] })
            .Where(one => one.StepSeconds is > 0 and < 86_400 && one.Values.Count(value => value is not null) > 1),
    ];

    private static IOrderedEnumerable<ChartMark> Marks(ClusterSummary cluster) => cluster.Scalings
        .Select(scaling => new ChartMark(Invariant($"{scaling.From} to {scaling.To} pods"), scaling.At.ToUnixTimeMilliseconds()))
        .Concat(cluster.RestartsSeen.Select(restart => new ChartMark("restart", restart.At.ToUnixTimeMilliseconds())))
        .OrderBy(mark => mark.At);

    private static double? Finite(double? value) => value is { } known && double.IsFinite(known) ? value : null;

    private static DateTimeOffset End(TimeSeries series) => series.Start.AddSeconds(series.StepSeconds * (series.Values.Count - 1));

    private static List<ChartSpan> Spans(RunSummary summary, DateTimeOffset start, DateTimeOffset end)
    {
        var (ramp, steady) = (summary.Run.StartAt ?? start, summary.Run.SteadyFrom ?? end);
        var spans = new List<ChartSpan>();
        void Add(string name, DateTimeOffset from, DateTimeOffset to)
        {
            if (to > from)
                spans.Add(new ChartSpan(name, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds()));
        }

        Add("ramp", ramp, steady);
        Add("steady", steady, summary.Run.SteadyTo ?? summary.Run.EndedAt ?? end);
        foreach (var stall in summary.Stalls.Take(ReportPage.MaxRows))
            Add("stall", stall.StartedAt, stall.StartedAt.AddSeconds(stall.Seconds));
        return spans;
    }

    /// <summary>
    /// Of points that share a pixel the lowest and the highest: neither a stall of a second nor a peak is lost, however long the run was.
    /// </summary>
    private static ChartLine Line(TimeSeries series)
    {
        var stride = Math.Max(1, (2 * series.Values.Count + MaxPoints - 1) / MaxPoints);
        var kept = Enumerable.Range(0, series.Values.Count).Chunk(stride).SelectMany(chunk => Extremes(chunk, series.Values)).ToList();
        return new ChartLine(series.Name, series.Unit, [.. kept.Select(index => Rounded(series.Values[index], series.Unit))])
        {
            Times = [.. kept.Select(index => series.Start.AddSeconds(index * series.StepSeconds).ToUnixTimeMilliseconds())],
        };
    }

    private static IEnumerable<int> Extremes(int[] chunk, IReadOnlyList<double?> values)
    {
        var gap = Array.FindIndex(chunk, index => values[index] is null);
        return gap >= 0
            ? [chunk[gap]]
            : new[] { chunk.MinBy(index => values[index]), chunk.MaxBy(index => values[index]) }.Distinct().Order();
    }

    private static double? Rounded(double? value, Unit unit) =>
        value is { } known ? Math.Round(known, unit switch { Unit.Ratio => 4, Unit.Count => 3, _ => 0 }) : null;

    private static ChartTable Table(TimeSeries[] series, IReadOnlyList<ChartMark> marks)
    {
        var (from, to) = (series.Min(one => one.Start), series.Max(End));
        var instants = Enumerable.Range(0, TableRows).Select(row => (At: from + (to - from) * row / (TableRows - 1), What: ""))
            .Concat(marks.Select(mark => (At: DateTimeOffset.FromUnixTimeMilliseconds(mark.At), What: $" {mark.Name}")))
            .OrderBy(instant => instant.At);
        return new ChartTable(
            ["UTC", .. series.Select(one => one.Name)],
            [.. instants.Select(
                instant => (IReadOnlyList<string>)[Invariant($"{instant.At.UtcDateTime:HH:mm:ss}{instant.What}"),
                .. series.Select(one => Format.Show(At(one, instant.At), one.Unit))])]);
    }

    private static double? At(TimeSeries series, DateTimeOffset instant)
    {
        var index = (int)Math.Round((instant - series.Start).TotalSeconds / series.StepSeconds);
        return index >= 0 && index < series.Values.Count ? series.Values[index] : null;
    }

    /// <summary>A chart to be, when there is anything to draw on it.</summary>
    private sealed record WantedChart(string Title, string Note, (string Name, string Label)[] Series)
    {
        public double? Limit { get; init; }

        /// <summary>Whether what happened to the pods is marked.</summary>
        public bool OfCluster { get; init; }
    }
}
