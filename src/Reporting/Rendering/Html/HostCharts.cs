using Reporting.Judging;
using Reporting.Measuring;

namespace Reporting.Rendering.Html;

/// <summary>The load generators side by side, to see which one differs.</summary>
internal static class HostCharts
{
    private static readonly double[] Delivered = [0.9, 1];

    private static readonly double[] Used = [1, 0];

    private static readonly (string Metric, double[] Scale)[] AtAGlance =
    [
        ("audio-delivery", Delivered), ("video-delivery", Delivered), ("connected", Delivered), ("packet-loss", [0.03, 0]),
        ("generator-cpu", Used), ("generator-memory", Used),
    ];

    private static readonly GeneratorFigure[] Health =
        [GeneratorFigure.CpuPeak, GeneratorFigure.Steal, GeneratorFigure.Pressure, GeneratorFigure.Memory];

    public static IEnumerable<Chart> Of(RunSummary summary)
    {
        var names = summary.Hosts.Select(host => SanitizedText.OneLine(host.Name)).ToArray();
        return new[]
        {
            Chart(ChartKind.Cells, "Every load generator at a glance",
                "A cell is a VM, in the plan's order; empty where nothing was measured.", names,
                [.. AtAGlance.Select(of => (Metric: Metrics.Find(of.Metric)!, of.Scale))
                    .Select(of => Line(of.Metric.Label, of.Metric.Unit,
                        of.Metric.In("vm", summary)!.Select(place => place.Value)) with { Scale = of.Scale })]),
            Chart(ChartKind.Dots, "Generator health", "The worst ten seconds of each VM; above the line its own figures are in doubt.",
                names,
                [.. Health.Select(figure => Line(figure.Label, figure.Unit, summary.Hosts.Select(host => figure.Of(host.Generator))))])
                is { } health ? health with { Limit = GeneratorFigures.BusyRatio } : null,
            Chart(ChartKind.Bars, "Start skew", "How long after the common start each VM began, on the controller’s clock.", names,
                [Line("Start delay", Unit.Seconds, summary.Hosts.Select(host => host.StartDelaySeconds))]),
        }.OfType<Chart>();
    }

    private static ChartLine Line(string name, Unit unit, IEnumerable<double?> values) =>
        new(name, unit, [.. values.Select(value => value is { } known ? ChartTables.Finite(Math.Round(known, 6)) : null)]);

    private static Chart? Chart(ChartKind kind, string title, string note, string[] names, ChartLine[] lines)
    {
        var measured = lines.Where(line => line.Values.Any(value => value is not null)).ToArray();
        return measured.Length == 0 ? null : new Chart
        {
            Kind = kind, Title = title, Note = note, Lines = measured, Names = names,
            Table = ChartTables.Of("Load generator", names, measured),
        };
    }
}
