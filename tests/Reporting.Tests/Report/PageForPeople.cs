using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Reporting.Judging;
using Reporting.Rendering.Html;
using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Tests.Report;

public sealed class PageForPeople
{
    [Theory]
    [InlineData("healthy", "Passed", "All 4 thresholds were measured and held.")]
    [InlineData("failed", "Failed", "Media stopped arriving on all 10 machines 3 min into the steady state and did not come back.")]
    [InlineData("inconclusive", "Inconclusive",
        "2 of 10 machines could not keep up, so their figures measure the machines and not LiveKit.")]
    public void Says_the_verdict_and_why_before_anything_else(string fate, string verdict, string reason)
    {
        var page = Page(WritersOfTheReport.Sample(fate));

        page.QuerySelector("main section h1")!.TextContent.ShouldBe(verdict);
        page.QuerySelector("main section .reason")!.TextContent.ShouldBe(reason);
        page.Title.ShouldBe($"{verdict}: load test 20261124-041522-k3fq");
    }

    /// <summary>What a card does not have is missing as a metric is: the page does not contradict itself.</summary>
    [Fact]
    public void Lists_each_figure_without_a_value_as_not_measured()
    {
        var cluster = Samples.Healthy.Cluster! with { LiveKit = new LiveKitFigures { Pods = 1, RoomsMost = 1 } };

        var page = Page(Samples.Healthy with { Cluster = cluster, NotMeasured = [] });

        var missing = page.QuerySelector("section[aria-labelledby=missing]")!;
        missing.TextContent.ShouldNotContain("Every figure on this page was measured");
        missing.QuerySelectorAll("dt").Select(label => label.TextContent).ShouldContain("Forward latency, p95");
    }

    [Fact]
    public void Warns_of_a_replay_above_the_verdict()
    {
        Page(Samples.Inconclusive).QuerySelector("main")!.FirstElementChild!.ClassName.ShouldBe("replay");
        Page(Samples.Healthy).QuerySelector(".replay").ShouldBeNull();
    }

    [Fact]
    public void Puts_each_threshold_beside_the_figure_it_is_about()
    {
        var card = Page(Samples.Failed).QuerySelectorAll(".figures li")[0];

        card.ClassName.ShouldBe("Failed");
        card.QuerySelector(".value")!.TextContent.ShouldBe("61.13 %");
        card.QuerySelector(".threshold")!.TextContent.ShouldBe("failed: should be at least 95 %");
    }

    [Fact]
    public void Has_a_card_for_every_figure_of_the_load_generators()
    {
        var figures = typeof(GeneratorFigures).GetProperties()
            .Where(property => Nullable.GetUnderlyingType(property.PropertyType) is not null
            && property.Name != nameof(GeneratorFigures.HostsSaturated)).ToList();
        var full = new GeneratorFigures { HostsMeasured = 1 };
        foreach (var figure in figures)
            figure.SetValue(full,
                Convert.ChangeType(0.5 + figures.IndexOf(figure), Nullable.GetUnderlyingType(figure.PropertyType)!,
                CultureInfo.InvariantCulture));

        Cards(full).ShouldNotContain("not measured");
        foreach (var figure in figures)
        {
            var without = full with { };
            figure.SetValue(without, null);
            Cards(without).Zip(Cards(full)).Where(pair => pair.First != pair.Second)
                .ShouldHaveSingleItem(figure.Name).First.ShouldBe("not measured");
        }

        static List<string> Cards(GeneratorFigures generators) =>
            [.. Page(Samples.Healthy with { Generators = generators }).QuerySelectorAll("#generators ~ dl dd")
                .Select(card => card.TextContent)];
    }

    [Fact]
    public void Calls_a_figure_by_the_same_name_everywhere()
    {
        var page = Page(Samples.Healthy);

        foreach (var name in new[] { "audio-delivery", "packet-loss" })
        {
            var label = Metrics.Find(name)!.Label;
            page.QuerySelectorAll("#media ~ dl dt").ShouldContain(term => term.TextContent == label);
            page.QuerySelectorAll("th").Count(head => head.TextContent == label)
                .ShouldBe(4, label); // a chart's table, hosts, rooms, processes
        }
    }

    [Fact]
    public void Never_shows_a_number_for_what_was_not_measured()
    {
        var page = Page(Samples.Inconclusive);

        page.QuerySelectorAll(".figures li")[4].QuerySelector(".value")!.TextContent.ShouldBe("not measured");
        page.QuerySelectorAll("section[aria-labelledby=media] dd").ShouldAllBe(value => value.TextContent.StartsWith("not measured"));
        var lost = page.QuerySelectorAll("section[aria-labelledby=each-generator] tbody tr")[8];
        lost.QuerySelectorAll("td.number").ShouldAllBe(cell => cell.TextContent == "not measured");
        lost.TextContent.ShouldContain("It was not heard of again after it was armed.");
    }

    [Fact]
    public void Shows_the_first_thousand_rows_and_says_that_there_are_more()
    {
        var text = ReportPage.Write(Samples.WithHosts(1_500));
        var page = new HtmlParser().ParseDocument(text);

        page.QuerySelectorAll("section[aria-labelledby=each-generator] tbody tr").Length.ShouldBe(ReportPage.MaxRows);
        page.QuerySelector("section[aria-labelledby=each-generator]")!.TextContent.ShouldContain("500 more in summary-stats.json.");
        text.Length.ShouldBeLessThan(5_000_000);
    }

    [Fact]
    public void Leads_from_each_machine_and_process_to_its_raw_files_where_there_are_any()
    {
        var page = Page(Samples.Inconclusive);

        Links(page, "each-generator").ShouldBe([.. Enumerable.Range(1, 8).Select(number => $"vm-{number:00}/")]);
        Links(page, "processes")[0].ShouldBe("vm-01/logs/lk-1.stdout");
    }

    [Theory, InlineData("javascript:alert(1)"), InlineData("../../etc"), InlineData("//evil.example"), InlineData("vm-01\n")]
    public void Leads_nowhere_else(string name)
    {
        var hosts = Samples.Healthy.Hosts.Select(host => host with { Name = name }).ToArray();
        var processes = Samples.Healthy.Processes.Select(process => process with { Name = name }).ToArray();

        Page(Samples.Healthy with { Hosts = hosts, Processes = processes }).QuerySelectorAll("a").ShouldBeEmpty();
    }

    [Fact]
    public void Draws_a_gap_where_nothing_was_measured_and_no_line_across_it()
    {
        var traffic = ChartData(Samples.Healthy).First(chart => chart.GetProperty("title").GetString()!.StartsWith("Network"));

        traffic.GetProperty("lines")[1].GetProperty("values").EnumerateArray()
            .ShouldContain(value => value.ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public void Shows_a_stall_and_a_peak_of_a_second_however_long_the_run_was()
    {
        var day = Enumerable.Range(0, 86_400).Select(second => second switch { 43_211 => 0.0, 43_213 => 5e9, _ => 1e9 })
            .Select(value => (double?)value).ToArray();
        var summary = Samples.Healthy with { Series = [new TimeSeries("received", null, Unit.BitsPerSecond, Samples.Start, 1, day)] };

        var line = ChartData(summary)[0].GetProperty("lines")[0];
        var values = line.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()).ToList();

        values.Count.ShouldBeLessThan(1_000);
        line.GetProperty("times")[values.IndexOf(0)].GetInt64().ShouldBe(Samples.Start.AddSeconds(43_211).ToUnixTimeMilliseconds());
        line.GetProperty("times")[values.IndexOf(5e9)].GetInt64().ShouldBe(Samples.Start.AddSeconds(43_213).ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Marks_scalings_and_restarts_on_the_charts_of_the_cluster_and_in_their_tables()
    {
        var pods = ChartData(Samples.Healthy).First(chart => chart.GetProperty("title").GetString() == "LiveKit’s pods");
        var table = Page(Samples.Healthy).QuerySelectorAll("figure")
            .First(figure => figure.TextContent.Contains("Pods that are wanted and not ready"));

        pods.GetProperty("marks").EnumerateArray().Select(mark => mark.GetProperty("name").GetString())
            .ShouldBe(["2 to 3 pods", "restart"]);
        table.QuerySelectorAll("tbody th").Select(row => row.TextContent).ShouldContain("04:16:02 2 to 3 pods");
        table.QuerySelectorAll("tbody th").Select(row => row.TextContent).ShouldContain("04:17:22 restart");
        ChartData(Samples.Healthy with { Cluster = null, Series = [] })
            .ShouldNotContain(chart => chart.GetProperty("kind").GetString() == "Time");
    }

    [Fact]
    public void Has_a_table_for_each_chart()
    {
        var page = Page(Samples.Healthy);

        page.QuerySelectorAll("figure [data-chart]").Length.ShouldBe(ChartData(Samples.Healthy).Count);
        page.QuerySelectorAll("figure:has([data-chart])").ShouldAllBe(figure => figure.QuerySelectorAll("details tbody tr").Length > 1);
    }

    [Fact]
    public void Survives_figures_that_are_not_numbers()
    {
        double?[] values = [double.NaN, double.PositiveInfinity, -5, 1e300, 3];
        var summary = Samples.Healthy with
        {
            KeyFigures =
            [
                new KeyFigure("x", "x", double.NaN, Unit.Ratio, "x"),
                new KeyFigure("y", "y", double.NegativeInfinity, Unit.Bytes, "y"),
            ],
            Series = [new TimeSeries("received", null, Unit.BitsPerSecond, Samples.Start, 1, values)],
        };

        Page(summary).QuerySelectorAll(".value").ShouldAllBe(value => value.TextContent == "not measured");
        ReportPage.Write(summary).Split("<script>")[0].ShouldNotContain("NaN");
        Reporting.Rendering.Json.SummaryJson.Write(summary).ShouldContain("\"value\": null");
    }

    [Fact]
    public void Runs_its_own_scripts_and_no_other()
    {
        var page = Page(Samples.Healthy);
        var scripts = page.QuerySelectorAll("script:not([type='application/json'])").Select(script =>
            $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.TextContent)))}'");

        page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")!.ShouldContain(
            $"; script-src {string.Join(' ', scripts)};");
        page.QuerySelectorAll("#each-generator ~ .wide table, #rooms ~ .wide table, #processes ~ .wide table").Length.ShouldBe(3);
    }

    [Fact]
    public void Differs_in_nothing_but_the_time_it_was_made_when_it_is_made_again()
    {
        var first = ReportPage.Write(Samples.Healthy);
        var second = ReportPage.Write(Samples.Healthy with { RenderedAt = Samples.Start.AddDays(3) });

        second.Replace("2026-11-27 04:15:22", "2026-11-24 04:23:22").ShouldBe(first);
    }

    private static IReadOnlyList<string?> Links(IHtmlDocument page, string section) =>
        [.. page.QuerySelectorAll($"section[aria-labelledby={section}] tbody a").Select(link => link.GetAttribute("href"))];

    private static List<JsonElement> ChartData(RunSummary summary) =>
        [.. JsonDocument.Parse(Page(summary).QuerySelector("#chart-data")!.TextContent).RootElement.EnumerateArray()];

    private static IHtmlDocument Page(RunSummary summary) => new HtmlParser().ParseDocument(ReportPage.Write(summary));
}
