using System.Runtime.InteropServices;
using System.Text;
using Reporting.Summary;

namespace Reporting.Html;

/// <summary>A chart of one or two figures of the fleet over time, laid out in a box of 720 by 180.</summary>
internal sealed record Chart
{
    public const int Width = 720;

    public const int Height = 180;

    private const int MaxPoints = 360;

    private const int TableRows = 12;

    private static readonly (string Title, string[] Names)[] Wanted =
    [
        ("Network traffic of all machines", ["received", "sent"]),
        ("Processors of the machines in use", ["generator-cpu"]),
        ("Participants in the rooms", ["participants"]),
        ("Tracks subscribed", ["tracks"]),
    ];

    public required string Title { get; init; }

    public required IReadOnlyList<ChartLine> Lines { get; init; }

    public required Unit Unit { get; init; }

    public required double Top { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required ChartSpan Steady { get; init; }

    /// <summary>Times when media stopped arriving.</summary>
    public required IReadOnlyList<ChartSpan> Stalls { get; init; }

    /// <summary>The same as a table, for readers who do not see charts: a few instants, evenly spaced.</summary>
    public required IReadOnlyList<ChartRow> Rows { get; init; }

    public static IReadOnlyList<Chart> All(RunSummary summary) =>
        [.. Wanted.Select(wanted => Of(wanted.Title, wanted.Names, summary)).OfType<Chart>()];

    private static Chart? Of(string title, string[] names, RunSummary summary)
    {
        var series = names
            .SelectMany(name => summary.Series.Where(one => one.Host is null && one.Name == name).Take(1))
            .Select(one => one with { Values = [.. one.Values.Select(Finite)] })
            .Where(one => one.StepSeconds is > 0 and < 86_400 && one.Values.Count(value => value is not null) > 1)
            .ToArray();
        if (series.Length == 0)
            return null;

        var axis = new Axis(
            series.Min(one => one.Start),
            series.Max(one => one.Start.AddSeconds(one.StepSeconds * (one.Values.Count - 1))),
            RoundUp(series.Max(one => one.Values.Max() ?? 0), series[0].Unit));
        return new Chart
        {
            Title = title,
            Unit = series[0].Unit,
            Lines = [.. series.Select((one, index) => new ChartLine(one.Name, $"line-{index + 1}", Path(one, axis)))],
            Top = axis.Top,
            From = axis.From,
            To = axis.To,
            Steady = axis.Span(summary.Run.SteadyFrom ?? axis.To, summary.Run.SteadyTo ?? summary.Run.EndedAt ?? axis.To),
            Stalls = [.. summary.Stalls.Select(stall => axis.Span(stall.StartedAt, stall.StartedAt.AddSeconds(stall.Seconds)))],
            Rows = Table(series, axis),
        };
    }

    private static double? Finite(double? value) => value is { } known && double.IsFinite(known) ? value : null;

    private static string Path(TimeSeries series, Axis axis)
    {
        var path = new StringBuilder();
        var pen = 'M';
        var stride = (series.Values.Count + MaxPoints - 1) / MaxPoints;
        for (var index = 0; index < series.Values.Count; index += stride)
        {
            // The lowest of the points that share a pixel: a stall of a second is seen however long the run was.
            var value = Lowest(series.Values, index, stride);
            if (value is { } known)
                path.Append($"{pen}{axis.X(series.Start.AddSeconds(index * series.StepSeconds)):0.#} {axis.Y(known):0.#}");

            pen = value is null ? 'M' : 'L';
        }

        return path.ToString();
    }

    private static double? Lowest(IReadOnlyList<double?> values, int from, int count)
    {
        double? lowest = values[from];
        for (var index = from + 1; index < Math.Min(from + count, values.Count) && lowest is not null; index++)
            lowest = values[index] is { } value ? Math.Min(value, lowest.Value) : null;

        return lowest;
    }

    private static ChartRow[] Table(TimeSeries[] series, Axis axis) =>
    [
        .. Enumerable.Range(0, TableRows).Select(row =>
        {
            var instant = axis.From + (axis.To - axis.From) * row / (TableRows - 1);
            return new ChartRow(instant, [.. series.Select(one => At(one, instant))]);
        }),
    ];

    private static double? At(TimeSeries series, DateTimeOffset instant)
    {
        var index = (int)Math.Round((instant - series.Start).TotalSeconds / series.StepSeconds);
        return index >= 0 && index < series.Values.Count ? series.Values[index] : null;
    }

    // A ratio's axis ends at 100 %, so that two runs' charts can be compared by eye; others at the next 1, 2 or 5.
    private static double RoundUp(double largest, Unit unit)
    {
        if (unit == Unit.Ratio && largest <= 1 || largest <= 0)
            return 1;

        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(largest)));
        return new[] { 1.0, 2, 5, 10 }.First(step => step * magnitude >= largest * 0.999_999) * magnitude;
    }

    private sealed record Axis(DateTimeOffset From, DateTimeOffset To, double Top)
    {
        public double X(DateTimeOffset instant) => Width * Math.Clamp((instant - From) / (To - From), 0, 1);

        public ChartSpan Span(DateTimeOffset from, DateTimeOffset to) => new(X(from), Math.Max(0, X(to) - X(from)));

        public double Y(double value) => Height - Height * Math.Clamp(value / Top, 0, 1);
    }
}

/// <summary>A line of a chart: its name, its class in the style sheet, and its path.</summary>
internal sealed record ChartLine(string Name, string Class, string Path);

/// <summary>The values of all lines of a chart at one instant.</summary>
internal sealed record ChartRow(DateTimeOffset Instant, IReadOnlyList<double?> Values);

/// <summary>A span of time on a chart.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChartSpan(double X, double Width);
