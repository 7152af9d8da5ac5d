using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Reporting.Rendering.Html;
using Reporting.Tests.Report;

namespace Reporting.Tests.Browser;

[Trait("speed", "slow")]
public sealed partial class PageOnPaper
{
    [Fact]
    public async Task Is_black_on_white_with_every_chart_and_no_control_also_where_the_screen_is_dark()
    {
        await using var browser = await Chromium.OpenAsync(ReportPage.Write(Report.Samples.Healthy), dark: true);
        await browser.CallAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["media"] = "print",
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = "dark" }),
        });

        var shown = await browser.EvaluateAsync("""
            (() => {
              const visible = element => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) && element.getClientRects().length > 0;
              const boxes = [...document.querySelectorAll("[data-chart]")];
              return {
                background: getComputedStyle(document.body).backgroundColor,
                ink: getComputedStyle(document.body).color,
                controls: [...document.querySelectorAll("input, select, .charts summary")].filter(visible).map(element => element.outerHTML.slice(0, 80)),
                blank: boxes.filter(box => !visible(box) || [...box.querySelectorAll("canvas")].length === 0).length,
                charts: boxes.length,
              };
            })()
            """);

        shown!["background"]!.GetValue<string>().ShouldBe("rgb(255, 255, 255)");
        shown["ink"]!.GetValue<string>().ShouldBe("rgb(0, 0, 0)");
        shown["controls"]!.AsArray().ShouldBeEmpty();
        shown["blank"]!.GetValue<int>().ShouldBe(0);
        shown["charts"]!.GetValue<int>().ShouldBeGreaterThan(8);
    }

    [Theory, InlineData("report"), InlineData("capacity")]
    public async Task Has_pages_with_the_charts_and_the_text_of_the_page(string which)
    {
        var page = which == "capacity" ? CapacityPage.Write(CapacityForPeople.Knee) : ReportPage.Write(Report.Samples.Healthy);
        await using var browser = await Chromium.OpenAsync(page);
        var answer = await browser.CallAsync("Page.printToPDF", new JsonObject { ["printBackground"] = true });
        var pdf = Convert.FromBase64String(answer["data"]!.GetValue<string>());

        Sheet().Count(System.Text.Encoding.Latin1.GetString(pdf)).ShouldBeInRange(which == "capacity" ? 1 : 4, 20);
        var text = await TextAsync(pdf);
        string[] expected = which == "capacity"
            ? ["152 participants", "generators saturated", "run-7"]
            : ["Passed", "Participants in the rooms", "lk-node-4", "--participants-per-vm", "FailedScheduling", "vm-10"];
        // Canvases are printed as text and lines: the labels of an axis stand nowhere else on paper.
        Regex.Count(text, which == "capacity" ? "p95\\(join-time\\)<2s" : "04:17:00")
            .ShouldBeGreaterThanOrEqualTo(which == "capacity" ? 2 : 6);
        expected.ShouldAllBe(words => text.Contains(words, StringComparison.Ordinal));
        text.ShouldNotContain("Coloured by");
        text.ShouldNotContain("Search table of");
        browser.Complaints.ShouldBeEmpty();
    }

    private static async Task<string> TextAsync(byte[] pdf)
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(path => File.Exists(Path.Combine(path, "pdftotext"))), "pdftotext is not installed.");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, pdf, TestContext.Current.CancellationToken);
            using var program = Process.Start(
                new ProcessStartInfo("pdftotext", ["-layout", file, "-"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var text = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
            program.ExitCode.ShouldBe(0);
            return text;
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"/Type\s*/Page\b", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Sheet();
}
