namespace Reporting.Rendering.Html;

/// <summary>How long participants waited, from the median to the slowest.</summary>
internal static class JoinTimeChart
{
    private static readonly string[] Names = ["p50", "p90", "p95", "p99", "longest"];

    public static Chart? Of(RunSummary summary)
    {
        var lines = new[] { Line("to join", summary.Fleet.JoinTimeSeconds),
            Line("to the first track", summary.Fleet.TimeToFirstTrackSeconds) }.OfType<ChartLine>().ToArray();
        return lines.Length == 0 ? null : new Chart
        {
            Kind = ChartKind.Bars,
            Title = "Waiting times",
            Note = "Half of the participants waited no longer than p50, all but one of a hundred no longer than p99.",
            Lines = lines,
            Names = Names,
            Table = ChartTables.Of("Percentile", Names, lines),
        };
    }

    private static ChartLine? Line(string name, Percentiles? spread) => spread is null
        ? null
        : new ChartLine(name, Unit.Seconds,
            [.. new[] { spread.P50, spread.P90, spread.P95, spread.P99, spread.Max }.Select(ChartTables.Finite)]);
}

/// <summary>Charts with names along the axis, as tables.</summary>
internal static class ChartTables
{
    public static ChartTable Of(string first, IReadOnlyList<string> names, IReadOnlyList<ChartLine> lines) => new(
        [first, .. lines.Select(line => line.Name)],
        [.. names.Take(ReportPage.MaxRows)
            .Select((name, index) => (IReadOnlyList<string>)[name, .. lines.Select(line => Format.Show(line.Values[index], line.Unit))])]);

    /// <summary>JSON has no other numbers.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
