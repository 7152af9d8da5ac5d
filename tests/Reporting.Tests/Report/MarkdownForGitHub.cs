using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Markdig;
using Reporting.Raw.Manifest;
using Reporting.Rendering.Markdown;
using Reporting.Text;

namespace Reporting.Tests.Report;

/// <summary>
/// What becomes of the Markdown when it is rendered: pipe tables and bare links are what GitHub adds to CommonMark. Raw HTML is let
/// through, so that any would be seen.
/// </summary>
public sealed class MarkdownForGitHub
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseTaskLists()
        .UseFootnotes().UseMathematics().Build();

    [Theory, InlineData("healthy"), InlineData("failed"), InlineData("inconclusive")]
    public void Its_tables_are_tables_with_a_row_for_each_figure_threshold_and_LiveKit_pod(string fate)
    {
        var summary = WritersOfTheReport.Sample(fate);
        var tables = Rendered(MarkdownSummary.Write(summary)).QuerySelectorAll("table");

        tables.Select(table => table.QuerySelectorAll("tbody tr").Length)
            .ShouldBe([summary.KeyFigures.Count, summary.Thresholds.Count, summary.Cluster!.Placement!.Pods.Count]);
        tables[0].QuerySelectorAll("tbody tr").Select(row => row.Children[0].TextContent)
            .ShouldBe(summary.KeyFigures.Select(figure => figure.Label));
        tables[1].QuerySelectorAll("tbody tr").Select(row => row.Children[0].TextContent)
            .ShouldBe(summary.Thresholds.Select(threshold => threshold.Text));
        tables[2].QuerySelectorAll("tbody tr").Select(row => row.Children[0].TextContent)
            .ShouldBe(summary.Cluster.Placement.Pods.Select(pod => pod.Pod));
    }

    [Fact]
    public void It_begins_with_the_verdict_and_why()
    {
        var page = Rendered(MarkdownSummary.Write(Samples.Failed));

        page.Body!.FirstElementChild!.TextContent.ShouldBe("❌ Load test failed");
        page.QuerySelector("p strong")!.TextContent.ShouldBe(Samples.Failed.Judgement.Reason);
        page.QuerySelectorAll("li").Length.ShouldBe(
            Samples.Failed.Happenings.Count + Samples.Failed.Findings.Count + Samples.Failed.NotMeasured.Count);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(700)]
    [InlineData(3_900)]
    public void It_has_the_whole_sentence_of_the_verdict_and_of_the_advice(int length)
    {
        var sentence = $"{new string('a', length - 10)} the cause";
        var summary = Samples.Failed with { Judgement = Samples.Failed.Judgement with { Reason = sentence, Advice = sentence } };

        var text = MarkdownSummary.Write(summary);

        text.ShouldContain($"**{sentence}**");
        text.ShouldContain($"\n{sentence}\n");
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(300, 300)]
    [InlineData(40_000, 301)]
    public void A_program_that_is_quoted_at_length_does_not_take_the_place_of_the_sentence(int length, int kept) =>
        SanitizedText.Quoted(new string('x', length)).Length.ShouldBe(kept);

    [Fact]
    public void Text_of_others_stays_text()
    {
        var page = Rendered(MarkdownSummary.Write(HostileText.Hostile));

        ElementsOf(page).ShouldBe(["blockquote", "h2", "h3", "li", "p", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"]);
        page.All.SelectMany(element => element.Attributes).Select(attribute => attribute.Name).Distinct().ShouldBeEmpty();
        page.QuerySelector("td")!.TextContent.ShouldStartWith("<script>alert(1)</script>\"' onload=x {{ s.Run.RunId }} ]]>");
    }

    [Fact]
    public void So_it_does_in_that_of_a_capacity()
    {
        const string attack =
            "<script>alert(1)</script> | [l](http://evil.example) **b** `x` ![i](http://evil.example/i.png) ~~s~~ $m$\n# h \u202E";
        var report = CapacityForPeople.Knee with
        {
            Replay = new ReplayNotice(attack, attack),
            Thresholds = attack,
            Finding = CapacityForPeople.Knee.Finding with { Sentence = attack },
            Steps = [.. CapacityForPeople.Knee.Steps.Select(step => step with { Reason = attack })],
        };

        var page = Rendered(CapacityMarkdown.Write(report));

        ElementsOf(page).ShouldBe(["blockquote", "h2", "p", "strong", "table", "tbody", "td", "th", "thead", "tr"]);
        page.QuerySelectorAll("tbody tr").ShouldAllBe(row => row.Children.Length == 9);
        page.QuerySelectorAll("tbody tr").Length.ShouldBe(report.Steps.Count);
        page.Body!.TextContent.ShouldNotContain("\u202E");
    }

    private static IEnumerable<string> ElementsOf(IHtmlDocument page) =>
        page.Body!.QuerySelectorAll("*").Select(element => element.LocalName).Distinct().Order(StringComparer.Ordinal);

    private static IHtmlDocument Rendered(string markdown) => new HtmlParser().ParseDocument(Markdig.Markdown.ToHtml(markdown, Pipeline));
}
