using Reporting.Judging;

namespace Reporting.Rendering.Csv;

/// <summary>
/// Every measurement as a tidy table for pandas, R or a spreadsheet: one observation a row (RFC 4180). An empty value was not measured.
/// </summary>
public static class MeasurementsCsv
{
    /// <summary>The columns.</summary>
    public const string Header = "run_id,scope,place,metric,statistic,unit,at,value";

    private static readonly string[] Scopes = ["vm", "room", "process"];

    /// <summary>The text of measurements.csv.</summary>
    public static string Write(RunSummary summary)
    {
        var text = new StringBuilder(Header).Append("\r\n");
        var run = Cell(summary.Run.RunId);
        foreach (var metric in Metrics.Of(summary.Load))
        {
            Row(text, [run, "run", "", metric.Name, Statistic(metric), UnitName(metric.Unit), ""], metric.Of(summary));
            Spread(text, [run, "run", "", metric.Name], metric.Spread?.Invoke(summary.Fleet));
            foreach (var scope in Scopes)
            {
                foreach (var place in metric.In(scope, summary) ?? [])
                    Row(text, [run, scope, Cell(place.Where), metric.Name, Statistic(metric), UnitName(metric.Unit), ""], place.Value);
            }
        }

        foreach (var pod in summary.Cluster?.Placement?.Pods ?? [])
        {
            Row(text, [run, "pod", Cell(pod.Pod), "livekit.participants", "value", "count", ""], pod.Participants);
            Row(text, [run, "pod", Cell(pod.Pod), "livekit.rooms", "value", "count", ""], pod.Rooms);
        }

        foreach (var series in summary.Series)
        {
            for (var index = 0; index < series.Values.Count; index++)
            {
                var at = Invariant($"{series.Start.AddSeconds(index * series.StepSeconds).UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}");
                Row(text, [run, series.Host is null ? "run" : "vm", Cell(series.Host), series.Name, "second", UnitName(series.Unit), at],
                    series.Values[index]);
            }
        }

        return text.ToString();
    }

    private static void Spread(StringBuilder text, string[] key, Percentiles? spread)
    {
        if (spread is null)
            return;

        Row(text, [.. key, "n", "count", ""], spread.N);
        foreach (var (statistic, value) in (ReadOnlySpan<(string, double)>)[("p50", spread.P50), ("p90", spread.P90), ("p99", spread.P99),
            ("max", spread.Max)])
            Row(text, [.. key, statistic, "seconds", ""], value);
    }

    private static string Statistic(Metric metric) => metric.Spread is null ? "value" : "p95";

    private static void Row(StringBuilder text, ReadOnlySpan<string> key, double? value)
    {
        text.AppendJoin(',', key).Append(',');
        if (value is { } number && double.IsFinite(number))
            text.Append(CultureInfo.InvariantCulture, $"{number:R}");
        text.Append("\r\n");
    }

    private static string UnitName(Unit unit) => unit switch
    {
        Unit.Ratio => "ratio",
        Unit.Seconds => "seconds",
        Unit.BitsPerSecond => "bits_per_second",
        Unit.PacketsPerSecond => "packets_per_second",
        Unit.Bytes => "bytes",
        _ => "count",
    };

    // A spreadsheet takes what begins with one of these for a formula.
    private static string Cell(string? text)
    {
        var cell = SanitizedText.OneLine(text);
        if (cell.Length > 0 && "=+-@".Contains(cell[0], StringComparison.Ordinal))
            cell = $"'{cell}";
        return cell.AsSpan().IndexOfAny(',', '"', '\r') >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }
}
