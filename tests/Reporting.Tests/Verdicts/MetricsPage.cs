using System.Text;
using System.Text.RegularExpressions;
using Reporting.Judging;
using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Tests.Verdicts;

/// <summary>The tables of docs/reference/metrics.md are what the code says; UPDATE_GOLDEN=1 writes them.</summary>
public sealed partial class MetricsPage
{
    private static readonly string Page = Path.Combine(Golden.ProjectDirectory, "..", "..", "docs", "reference", "metrics.md");
    private static readonly string[] Aggregates = ["min", "p50", "p90", "p95", "p99", "max"];
    private static readonly string[] Scopes = ["vm", "room", "process", "subscriber"];

    [Fact]
    public void Has_every_metric_with_the_aggregates_and_scopes_that_the_parser_takes() =>
        WithTable(File.ReadAllText(Page), "metric", Judging.Metrics.All.Select(Row)).ShouldBeAsIn(Page);

    [Fact]
    public void Has_every_unit_that_the_parser_takes() =>
        WithTable(File.ReadAllText(Page), "unit",
            Written.Select(unit => $"| {Word(unit.Key)} | {string.Join(", ", unit.Value.Select(value => $"`{value}`"))} |"))
            .ShouldBeAsIn(Page);

    [Fact]
    public void Has_units_and_examples_that_are_read()
    {
        foreach (var metric in Judging.Metrics.All)
        {
            IsRead(metric.Example).ShouldBeTrue(metric.Example);
            Threshold.Parse(metric.Example, out _).Single().Metric.ShouldBe(metric);
            Written[metric.Unit].ShouldAllBe(value => IsRead($"{metric.Name}<{value}"));
        }
    }

    [Fact]
    public void Writes_no_threshold_that_is_not_read()
    {
        var spans = CodeSpan().Matches(File.ReadAllText(Page)).Select(span => span.Groups["text"].Value)
            .Where(text => Judging.Metrics.All.Any(metric => text.Contains(metric.Name, StringComparison.Ordinal)));
        var thresholds = spans.Where(text => text.IndexOfAny(['<', '>', '=']) > 0).ToList();

        thresholds.Count.ShouldBeGreaterThan(Judging.Metrics.All.Count);
        thresholds.ShouldAllBe(text => IsRead(text));
    }

    /// <summary>How values of each unit are written.</summary>
    private static Dictionary<Unit, string[]> Written { get; } = new()
    {
        [Unit.Ratio] = ["95%", "0.95"],
        [Unit.Seconds] = ["3s", "500ms"],
        [Unit.BitsPerSecond] = ["800bps", "500kbps", "2mbps", "1gbps"],
        [Unit.Count] = ["0"],
    };

    private static string Row(Metric metric)
    {
        var aggregates = Aggregates.Where(aggregate => IsRead($"{aggregate}({metric.Name})<{Written[metric.Unit][0]}"));
        var scopes = Scopes.Where(scope => IsRead($"{metric.Name}({scope})<{Written[metric.Unit][0]}"));
        return $"| `{metric.Name}` | {Word(metric.Unit)} | {metric.Meaning} | {metric.Source} | {string.Join(" ", aggregates)} | "
            + $"{string.Join(" ", scopes)} | `{metric.Example}` |";
    }

    private static string Word(Unit unit) => unit switch
    {
        Unit.Ratio => "share",
        Unit.Seconds => "time",
        Unit.BitsPerSecond => "rate",
        _ => "count",
    };

    private static bool IsRead(string thresholds)
    {
        _ = Threshold.Parse(thresholds, out var problems);
        return problems.Count == 0;
    }

    /// <summary>The page with other rows in the table whose first column has that name.</summary>
    private static string WithTable(string page, string column, IEnumerable<string> rows)
    {
        var lines = page.Split('\n').ToList();
        var first = lines.FindIndex(line => line.StartsWith($"| {column} |", StringComparison.Ordinal)) + 2;
        var end = lines.FindIndex(first, line => !line.StartsWith('|'));
        lines.RemoveRange(first, end - first);
        lines.InsertRange(first, rows);
        return new StringBuilder().AppendJoin('\n', lines).ToString();
    }

    [GeneratedRegex("`(?<text>[^`\n]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeSpan();
}
