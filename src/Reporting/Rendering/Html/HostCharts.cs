using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Rendering.Html;

/// <summary>The machines of the fleet side by side: which one stands out.</summary>
internal static class HostCharts
{
    private static readonly double[] Delivered = [0.9, 1];

    private static readonly double[] Used = [1, 0];

    private static readonly double[] Lost = [0.03, 0];

    public static IEnumerable<Chart> Of(RunSummary summary)
    {
        var hosts = summary.Hosts;
        var names = hosts.Select(host => SanitizedText.OneLine(host.Name)).ToArray();
        ChartLine Line(string name, Unit unit, Func<HostSummary, double?> value, double[]? scale = null) =>
            new(name, unit, [.. hosts.Select(host => value(host) is { } known ? ChartTables.Finite(Math.Round(known, 6)) : null)]) { Scale = scale };

        return new[]
        {
            Chart(ChartKind.Cells, "Every machine at a glance", "A cell is a machine, in the plan's order; empty where nothing was measured.", names,
            [
                Line("audio delivery", Unit.Ratio, host => host.Media.AudioDeliveryRatio, Delivered),
                Line("video delivery", Unit.Ratio, host => host.Media.VideoDeliveryRatio, Delivered),
                Line("participants connected", Unit.Ratio, host => host.Media.ConnectedRatio, Delivered),
                Line("jitter buffer drops", Unit.Ratio, host => host.Media.LkPacketLossRatio, Lost),
                Line("CPU, peak", Unit.Ratio, host => host.Generator.CpuPeakRatio, Used),
                Line("memory, peak", Unit.Ratio, host => host.Generator.MemoryPeakRatio, Used),
            ]),
            Chart(ChartKind.Dots, "Generator health", "The worst ten seconds of each machine; above the line its own figures are in doubt.", names,
            [
                Line("CPU", Unit.Ratio, host => host.Generator.CpuPeakRatio),
                Line("stolen", Unit.Ratio, host => host.Generator.StealPeakRatio),
                Line("waiting for CPU", Unit.Ratio, host => host.Generator.CpuPressurePeakRatio),
                Line("memory", Unit.Ratio, host => host.Generator.MemoryPeakRatio),
            ]) is { } health ? health with { Limit = GeneratorFigures.BusyRatio } : null,
            Chart(ChartKind.Bars, "Start skew", "How long after the common start each machine began, on the controller’s clock.", names,
                [Line("start delay", Unit.Seconds, host => host.StartDelaySeconds)]),
        }.OfType<Chart>();
    }

    private static Chart? Chart(ChartKind kind, string title, string note, string[] names, ChartLine[] lines)
    {
        var measured = lines.Where(line => line.Values.Any(value => value is not null)).ToArray();
        return measured.Length == 0 ? null : new Chart
        {
            Kind = kind, Title = title, Note = note, Lines = measured, Names = names, Table = ChartTables.Of("Machine", names, measured),
        };
    }
}
