using System.Diagnostics;
using System.Text.Json.Nodes;
using Reporting.Rendering.Html;
using Reporting.Tests.Report;

namespace Reporting.Tests.Browser;

[Trait("speed", "slow")]
public sealed class PageInTheBrowser
{
    private const string Inked =
        "[...document.querySelectorAll('[data-chart] canvas')].map(canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, "
            + "canvas.height).data.some((byte, at) => at % 4 === 3 && byte > 0))";

    [Theory]
    [InlineData("healthy", false, 1280), InlineData("failed", true, 1280), InlineData("inconclusive", false, 390),
        InlineData("failed", false, 390), InlineData("capacity", true, 1280), InlineData("capacity", false, 390)]
    public async Task Draws_every_chart_and_complains_of_nothing(string fate, bool dark, int width)
    {
        await using var browser = await Chromium.OpenAsync(PageOf(fate), dark, width);

        var inked = (await browser.EvaluateAsync(Inked))!.AsArray();
        var wide = (await browser.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth"))!.GetValue<bool>();

        inked.Count.ShouldBe((await browser.EvaluateAsync("document.querySelectorAll('[data-chart]').length"))!.GetValue<int>());
        inked.Count.ShouldBeGreaterThanOrEqualTo(2);
        inked.ShouldAllBe(drawn => drawn!.GetValue<bool>());
        wide.ShouldBeTrue("the page is wider than the screen");
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Draws_the_values_of_the_summary()
    {
        await using var browser = await Chromium.OpenAsync(ReportPage.Write(Report.Samples.Failed));

        var titles = (await browser.EvaluateAsync(
            "[...document.querySelectorAll('[data-chart]')]"
            + ".map(box => echarts.getInstanceByDom(box).getOption().series[0].data.length)"))!.AsArray();
        var received = (await browser.EvaluateAsync(
            "(() => { const box = [...document.querySelectorAll('figure')].find(figure => figure.textContent.includes('Network "
                + "traffic')).querySelector('[data-chart]');"
            + "return echarts.getInstanceByDom(box).getOption().series[0].data.map(point => point[1]); })()"))!.AsArray();

        titles.ShouldAllBe(count => count!.GetValue<int>() > 1);
        received.Skip(199).ShouldAllBe(value => value!.GetValue<double>() == 0);
        received.Take(199).ShouldContain(value => value!.GetValue<double>() > 1e9);
    }

    [Fact]
    public async Task Sorts_a_table_by_number_both_ways_and_keeps_what_was_not_measured_last()
    {
        await using var browser = await Chromium.OpenAsync(ReportPage.Write(Report.Samples.Inconclusive));
        const string click = "document.querySelectorAll('section[aria-labelledby=each-generator] thead button')[10].click(); "
            + "[...document.querySelectorAll('section[aria-labelledby=each-generator] tbody tr')].map(row => row.cells[10].textContent)";

        var up = Texts(await browser.EvaluateAsync(click));
        var down = Texts(await browser.EvaluateAsync(click));

        Measured(up).ShouldBe([.. Measured(up).Order()]);
        Measured(down).ShouldBe([.. Measured(up).Reverse()]);
        up[^1].ShouldBe("not measured");
        down[^1].ShouldBe("not measured");
        Measured(up).Distinct().Count().ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Finds_rows_that_hold_a_text_and_says_how_many()
    {
        await using var browser = await Chromium.OpenAsync(ReportPage.Write(Report.Samples.Healthy));

        var found = Texts(await browser.EvaluateAsync(
            "(() => { const section = document.querySelector('section[aria-labelledby=each-generator]'); const input = "
                + "section.querySelector('input[type=search]');"
            + "input.value = 'VM-07'; input.dispatchEvent(new Event('input'));"
            + "return [section.querySelector('[role=status]').textContent, ...[...section.querySelectorAll('tbody tr')].filter(row => "
                + "row.offsetParent).map(row => row.cells[0].querySelector('a').textContent)]; })()"));

        found.ShouldBe(["1 of 10 rows", "vm-07"]);
    }

    [Fact]
    public async Task Is_ready_with_a_thousand_machines()
    {
        var page = ReportPage.Write(Report.Samples.WithHosts(1_000));
        await using var browser = await Chromium.OpenAsync(page, width: 390);

        page.Length.ShouldBeLessThan(5_000_000);
        (await browser.EvaluateAsync(Inked))!.AsArray().ShouldAllBe(drawn => drawn!.GetValue<bool>());
        browser.Complaints.ShouldBeEmpty();
    }

    [Theory, InlineData("healthy", false), InlineData("failed", true), InlineData("inconclusive", true), InlineData("inconclusive", false),
        InlineData("capacity", false), InlineData("capacity", true)]
    public async Task Has_no_barrier_that_axe_knows(string fate, bool dark)
    {
        var axe = await AxeAsync();
        await using var browser = await Chromium.OpenAsync(PageOf(fate), dark);

        await browser.EvaluateAsync(axe);
        var violations = Texts(await browser.EvaluateAsync(
            "document.querySelectorAll('details').forEach(one => one.open = true); axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', "
                + "'wcag21aa', 'best-practice'] })"
            + ".then(result => result.violations.flatMap(one => one.nodes.slice(0, 2).map(node => `${one.id}: ${node.html.slice(0, 160)} "
                + "${node.failureSummary}`)))"));

        violations.ShouldBeEmpty();
    }

    private static string PageOf(string fate) =>
        fate == "capacity" ? CapacityPage.Write(CapacityForPeople.Knee) : ReportPage.Write(WritersOfTheReport.Sample(fate));

    /// <summary>axe-core comes from npm when it is not there: it is a tool of these tests and no part of the product.</summary>
    private static async Task<string> AxeAsync()
    {
        var folder = Path.Combine(Golden.ProjectDirectory, "Browser");
        var script = Path.Combine(folder, "node_modules", "axe-core", "axe.min.js");
        Assert.SkipUnless(File.Exists(script) || await InstalledAsync(folder), "axe-core is not installed and npm can not fetch it.");
        return await File.ReadAllTextAsync(script, TestContext.Current.CancellationToken);
    }

    private static async Task<bool> InstalledAsync(string folder)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(path => File.Exists(Path.Combine(path, "npm"))))
            return false;

        using var npm = Process.Start(
            new ProcessStartInfo("npm",
            ["install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = folder })!;
        await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
        return npm.ExitCode == 0;
    }

    private static IReadOnlyList<string> Texts(JsonNode? node) => [.. node!.AsArray().Select(text => text!.GetValue<string>())];

    private static IReadOnlyList<double> Measured(IReadOnlyList<string> texts) =>
        [.. texts.Where(text => text != "not measured")
            .Select(text => double.Parse(text.TrimEnd('%', ' '), System.Globalization.CultureInfo.InvariantCulture))];
}
