using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Html;

/// <summary>Figures of the fleet over time, with ramp, steady state and stalls marked.</summary>
internal static class TimeCharts
{
    private const int MaxPoints = 720;

    private const int TableRows = 12;

    private static readonly (string Title, string Note, string[] Names)[] Wanted =
    [
        ("Participants in the rooms", "Climbs while participants join, and should stay level in the steady state.", ["participants"]),
        ("Tracks subscribed", "Follows the participants; a gap between the two is time without media.", ["tracks"]),
        ("Network traffic of all machines", "A dip in what is received is media that did not arrive.", ["received", "sent"]),
        ("Processors of the busiest machine", "Above the line a machine measures itself rather than LiveKit.", ["generator-cpu"]),
    ];

    public static IEnumerable<Chart> Of(RunSummary summary) =>
        Wanted.Select(wanted => Of(wanted.Title, wanted.Note, wanted.Names, summary)).OfType<Chart>();

    private static Chart? Of(string title, string note, string[] names, RunSummary summary)
    {
        var series = names
            .SelectMany(name => summary.Series.Where(one => one.Host is null && one.Name == name).Take(1))
            .Select(one => one with { Values = [.. one.Values.Select(Finite)] })
            .Where(one => one.StepSeconds is > 0 and < 86_400 && one.Values.Count(value => value is not null) > 1)
            .ToArray();
        return series.Length == 0 ? null : new Chart
        {
            Kind = ChartKind.Time,
            Title = title,
            Note = note,
            Lines = [.. series.Select(Line)],
            Limit = names is ["generator-cpu"] ? MachineCharts.BusyCpu : null,
            Spans = Spans(summary, series[0].Start, End(series[0])),
            Table = Table(series),
        };
    }

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

    /// <summary>Of points that share a pixel the lowest and the highest: neither a stall of a second nor a peak is lost, however long the run was.</summary>
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
        return gap >= 0 ? [chunk[gap]] : new[] { chunk.MinBy(index => values[index]), chunk.MaxBy(index => values[index]) }.Distinct().Order();
    }

    private static double? Rounded(double? value, Unit unit) => value is { } known ? Math.Round(known, unit == Unit.Ratio ? 4 : 0) : null;

    private static ChartTable Table(TimeSeries[] series)
    {
        var (from, to) = (series.Min(one => one.Start), series.Max(End));
        var instants = Enumerable.Range(0, TableRows).Select(row => from + (to - from) * row / (TableRows - 1));
        return new ChartTable(
            ["UTC", .. series.Select(one => one.Name)],
            [.. instants.Select(instant => (IReadOnlyList<string>)[$"{instant.UtcDateTime:HH:mm:ss}", .. series.Select(one => Figures.Show(At(one, instant), one.Unit))])]);
    }

    private static double? At(TimeSeries series, DateTimeOffset instant)
    {
        var index = (int)Math.Round((instant - series.Start).TotalSeconds / series.StepSeconds);
        return index >= 0 && index < series.Values.Count ? series.Values[index] : null;
    }
}
