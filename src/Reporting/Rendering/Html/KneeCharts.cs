namespace Reporting.Rendering.Html;

/// <summary>What the steps of a search for the capacity measured, over the number of participants: where it bends is the knee.</summary>
internal static class KneeCharts
{
    public static IReadOnlyList<Chart> Of(CapacityReport report) =>
    [
        .. new[]
        {
            Chart(report, "Time to join, p95", "Bends upwards where LiveKit has more to do than it can.", "join-time", Unit.Seconds,
                step => step.JoinTimeP95Seconds),
            Chart(report, "Audio that arrived of what was due", "Bends downwards where LiveKit cannot send what it should.",
                "audio-delivery", Unit.Ratio, step => step.AudioDeliveryRatio),
        }.OfType<Chart>(),
    ];

    private static Chart? Chart(CapacityReport report, string title, string note, string metric, Unit unit,
        Func<CapacityStep, double?> value)
    {
        var steps = report.Steps.Where(step => value(step) is { } known && double.IsFinite(known)).OrderBy(step => step.Participants)
            .ToList();
        var limit = report.Steps.SelectMany(step => step.Thresholds)
            .FirstOrDefault(threshold => threshold.Metric == metric && threshold.Limit is { } known && double.IsFinite(known));
        return steps.Count == 0 ? null : new Chart
        {
            Kind = ChartKind.Steps,
            Title = title,
            Note = note,
            Lines =
            [
                .. steps.GroupBy(step => step.Outcome).OrderBy(outcome => outcome.Key).Select(outcome =>
                    new ChartLine(Phrases.For(outcome.Key), unit,
                        [.. outcome.Select(value)]) { Participants = [.. outcome.Select(step => step.Participants)] }),
            ],
            Limit = limit?.Limit,
            LimitName = limit is null ? null : SanitizedText.OneLine(limit.Text),
            Table = new ChartTable(
                ["Participants", title, "Outcome"],
                [.. steps.Select(step =>
                    (IReadOnlyList<string>)[Format.Show(step.Participants, Unit.Count), Format.Show(value(step), unit),
                    Phrases.For(step.Outcome)])]),
        };
    }
}
