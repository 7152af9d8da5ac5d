using Reporting.Judging;
using Reporting.Measuring;

namespace Reporting.Rendering.Html;

/// <summary>The summary as one HTML file that opens offline and asks nothing of anyone.</summary>
public static class ReportPage
{
    /// <summary>The name of its file.</summary>
    public const string FileName = "final-report.html";

    /// <summary>Rows of a table that the page shows; the rest is in summary-stats.json.</summary>
    public const int MaxRows = 1_000;

    private static readonly PageTemplate NotRunPage = new("verdict.html", "load.html", "record.html");

    private static readonly PageTemplate Page =
        new("verdict.html", "figures.html", "load.html", "findings.html", "published.html", "charts.html", "media.html", "cluster.html",
            "tables.html", "record.html");

    /// <summary>The text of final-report.html.</summary>
    public static string Write(RunSummary summary) => (summary.Run.NotRun is null ? Page : NotRunPage).Render(
        $"{Phrases.Outcome(summary)}: load test {summary.Run.RunId}",
        summary.Run.NotRun is null ? Chart.All(summary) : [],
        new Dictionary<string, object?>
        {
            ["s"] = summary,
            ["has"] = (string metric) => Metrics.Of(summary.Load).Any(known => known.Name == metric),
            ["figures"] = summary.KeyFigures.Take(6).Select(figure => FigureCard.Of(figure, summary.Thresholds)).ToArray(),
            ["cluster_cards"] = ClusterCards(summary),
            ["missing"] = summary.NotMeasured.Concat(ClusterCards(summary)
                .Where(card => card.Value.Contains(Format.NotMeasured, StringComparison.Ordinal))
                .Select(card => new Unmeasured(card.Label, "LiveKit and its cluster did not report it."))).ToArray(),
            ["generator_cards"] =
                GeneratorFigure.All.Select(figure => new Card(figure.Label, Format.Show(figure.Of(summary.Generators), figure.Unit)))
                .ToArray(),
            ["published"] = summary.Published,
            ["roles"] = summary.Load.Roles(),
            ["media"] = summary.Load.Media(),
            ["parameters"] = summary.Parameters.ToArray(),
            ["total_seconds"] = summary.Phases.Sum(phase => phase.Seconds),
        });

    private static IReadOnlyList<Card> ClusterCards(RunSummary summary) => summary.Cluster is { } cluster ? Card.All(cluster) : [];
}

/// <summary>A key figure with the thresholds on it.</summary>
internal sealed record FigureCard(KeyFigure Figure, IReadOnlyList<ThresholdResult> Thresholds, string State)
{
    public static FigureCard Of(KeyFigure figure, IReadOnlyList<ThresholdResult> thresholds)
    {
        var mine = thresholds.Where(threshold => threshold.Metric == figure.Metric).ToArray();
        return new FigureCard(figure, mine, mine.Length == 0 ? "" : mine.Max(threshold => threshold.Outcome).ToString());
    }
}
