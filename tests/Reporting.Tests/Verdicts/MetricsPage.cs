using System.Text.RegularExpressions;
using Reporting.Thresholds;

namespace Reporting.Tests.Verdicts;

/// <summary>docs/reference/metrics.md says what the code does.</summary>
public sealed partial class MetricsPage
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Golden.ProjectDirectory, "..", "..", "docs", "reference", "metrics.md"));

    [Fact]
    public void Names_every_metric_in_the_order_of_the_code_and_no_other()
    {
        Rows().Select(row => row.Groups["metric"].Value).ShouldBe(Metric.All.Select(metric => metric.Name));
    }

    [Fact]
    public void Gives_examples_that_are_thresholds_on_the_metric_they_stand_beside()
    {
        foreach (var row in Rows())
        {
            var threshold = Threshold.Parse(row.Groups["example"].Value, out var problems).ShouldHaveSingleItem();

            problems.ShouldBeEmpty();
            threshold.Metric.Name.ShouldBe(row.Groups["metric"].Value);
        }
    }

    // The first and the last cell of a row.
    private static IEnumerable<Match> Rows() => Row().Matches(Text);

    [GeneratedRegex(@"^\| `(?<metric>[a-z.-]+)` \|.*\| `(?<example>[^`]+)` \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
