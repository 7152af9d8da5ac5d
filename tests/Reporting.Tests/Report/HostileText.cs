using System.Text;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using Reporting.Raw.Lk;
using Reporting.Raw.Manifest;
using Reporting.Rendering.Csv;
using Reporting.Rendering.Html;
using Reporting.Rendering.JUnit;
using Reporting.Rendering.Json;
using Reporting.Rendering.Markdown;
using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Tests.Report;

public sealed class HostileText
{
    private const string Attack =
        "<script>alert(1)</script>\"' onload=x {{ s.Run.RunId }} ]]> <img src=http://evil.example/x> | "
        + "`x` **b** [l](http://evil.example) \u202Eabc \0\u0007 \uD800 \n# h";

    internal static RunSummary Hostile => Samples.Failed with
    {
        Run = Samples.Failed.Run with { RunId = Attack, Fleet = Attack, LiveKitUrl = Attack, EndedEarly = Attack },
        Replay = new ReplayNotice(Attack, Attack),
        Judgement = new Judgement { Verdict = Verdict.Failed, Reason = Attack, Advice = Attack, StillHolds = Attack },
        Findings = [new Finding(Verdict.Failed, Attack, Attack) { Cause = new ErrorCause(Attack, ErrorSide.Proxy, Attack, Attack) }],
        Happenings = [new Happening(Samples.Start, null, HappeningKind.Stall, Attack)],
        NotMeasured = [new Unmeasured(Attack, Attack)],
        KeyFigures = [new KeyFigure(Attack, Attack, null, Unit.Ratio, Attack, Attack)],
        Thresholds = [.. Samples.Failed.Thresholds.Select(threshold => threshold with { Text = Attack, Note = Attack, Operator = Attack })],
        Stalls = [new Stall(Samples.Start, 3, 1, Attack)],
        Hosts =
        [
            .. Samples.Failed.Hosts.Select(host => host with
            {
                Name = Attack, Server = Attack, Reason = Attack, SaturatedBy = Attack, MissingFiles = [Attack],
            }),
        ],
        HostsDifferIn = [new HostDifference(Attack, [new FactValue(Attack, [Attack]), new FactValue(null, [Attack])])],
        Rooms = [.. Samples.Failed.Rooms.Select(room => room with { Room = Attack, Hosts = [Attack] })],
        Processes = [.. Samples.Failed.Processes.Select(process => process with { Name = Attack, Room = Attack, Trouble = Attack })],
        Phases = [new PhaseRun(Attack, Samples.Start, 1, Attack, Attack)],
        Commands = [new CommandLine(Attack, Attack)],
        Versions = [new ProgramVersion(Attack, Attack, Attack)],
        Parameters = new Dictionary<string, string> { [Attack] = Attack },
        Cluster = Samples.Healthy.Cluster! with
        {
            Server = Attack, Namespace = Attack, Deployment = Attack, Image = Attack,
            Pods = [new ClusterPod { Name = Attack, Node = Attack, Restarts = 1, LastEnd = Attack, Trouble = Attack, Evicted = true }],
            Scalings = [new Scaling(Samples.Start, 1, 2, Attack)],
            RestartsSeen = [new PodRestart(Samples.Start, Attack, Attack)],
            Nodes = [new ClusterNode(Attack, AlwaysReady: true, Attack, null, null, null, null)],
            Warnings = [new ClusterWarning(Samples.Start, Attack, Attack, Attack, 2)],
            LiveKit = new LiveKitFigures { Pods = 1, Joins = new Dictionary<string, double> { [Attack] = 1 } },
            Gaps = [new ObservationGap(Attack, Samples.Start, null, Attack, Attack)],
        },
    };

    [Fact]
    public void Adds_no_element_and_no_attribute_to_the_page()
    {
        var page = new HtmlParser().ParseDocument(ReportPage.Write(Hostile));

        Scripts(page).ShouldBe(Scripts(new HtmlParser().ParseDocument(ReportPage.Write(Samples.Healthy))));
        page.QuerySelectorAll("img, iframe, object, embed, link, a, form").ShouldBeEmpty();
        page.All.SelectMany(element => element.Attributes).Select(attribute => attribute.Name).Distinct()
            .ShouldAllBe(name => !name.StartsWith("on") && name != "style" && name != "src" && name != "href");
        page.QuerySelector("main pre code")!.TextContent.ShouldStartWith("<script>alert(1)</script>\"' onload=x {{ s.Run.RunId }}");
        page.QuerySelectorAll("h1").Length.ShouldBe(1);
    }

    [Fact]
    public void Does_not_turn_the_direction_of_the_page_or_hide_in_it()
    {
        var text = ReportPage.Write(Hostile);

        text.ShouldNotContain('\u202E');
        text.ShouldNotContain("&#x202E;");
        text[..text.IndexOf("<script>", StringComparison.Ordinal)].Where(character => char.IsControl(character) && character != '\n')
            .ShouldBeEmpty();
    }

    [Fact]
    public void Leaves_the_policy_of_the_page_as_strict_as_it_was()
    {
        var policy = new HtmlParser().ParseDocument(ReportPage.Write(Hostile))
            .QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")!;

        policy.ShouldStartWith("default-src 'none'; style-src 'sha256-");
        policy.ShouldContain("; script-src 'sha256-");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("http");
    }

    [Fact]
    public void Is_text_in_the_JUnit_file()
    {
        var document = XDocument.Parse(JUnitReport.Write(Hostile));

        document.Descendants("testcase").Count().ShouldBe(1 + Hostile.Thresholds.Count);
        document.Descendants().Select(element => element.Name.LocalName).Distinct()
            .ShouldBe(["testsuites", "testsuite", "testcase", "failure"], ignoreOrder: true);
    }

    [Fact]
    public void Is_text_in_the_Markdown()
    {
        var text = MarkdownSummary.Write(Hostile);

        text.ShouldNotContain("<");
        text.ShouldContain("\\[l\\](http");
        text.Split('\n').Where(line => line.StartsWith('#')).ShouldBe(
            ["## ❌ Load test failed", "### What happened", "### Noticed", "### Not measured"]);
        text.Split('\n').Where(line => line.StartsWith('|')).Select(Cells).Distinct().ShouldBe([4, 3], ignoreOrder: true);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("a,b \"c\"\r\nd", "\"a,b \"\"c\"\"\uFFFD d\"")]
    public void Is_one_cell_and_no_formula_in_the_table_of_measurements(string room, string cell)
    {
        var rows = MeasurementsCsv.Write(Samples.Healthy with { Rooms = [Samples.Healthy.Rooms[0] with { Room = room }] }).Split("\r\n");

        rows.Count(row => row.StartsWith($"20261124-041522-k3fq,room,{cell},", StringComparison.Ordinal)).ShouldBe(13);
        rows[1].ShouldBe("20261124-041522-k3fq,run,,connected,value,ratio,,0.99");
    }

    [Fact]
    public void Comes_back_from_the_JSON_file_as_it_was() =>
        SummaryJson.Read(SummaryJson.Write(Hostile)).Run.Fleet.ShouldBe(Attack.Replace('\uD800', '\uFFFD'));

    [Fact]
    public void Of_a_megabyte_is_cut_short()
    {
        var line = new string('x', 1_000_000);
        var summary = Samples.Healthy with { Judgement = Samples.Healthy.Judgement with { Reason = line } };

        ReportPage.Write(summary).Length.ShouldBeLessThan(ReportPage.Write(Samples.Healthy).Length + 10_000);
        MarkdownSummary.Write(summary).Length.ShouldBeLessThan(10_000);
        JUnitReport.Write(summary with { Judgement = summary.Judgement with { Verdict = Verdict.Failed } }).Length.ShouldBeLessThan(10_000);
    }

    [Fact]
    public void Without_end_still_fits_into_a_comment()
    {
        var endless = new string('&', 1_000_000);
        var summary = Samples.Healthy with
        {
            KeyFigures = [.. Enumerable.Repeat(new KeyFigure(endless, endless, 1, Unit.Count, endless, endless), 1_000)],
            Findings = [.. Enumerable.Repeat(new Finding(Verdict.Failed, endless, endless), 1_000)],
        };

        var text = MarkdownSummary.Write(summary);

        Encoding.UTF8.GetByteCount(text).ShouldBeInRange(30_000, 64_000);
        text.ShouldEndWith("\n\nCut short; the rest is in the report.\n");
    }

    /// <summary>The programs of the page; what they draw is data and no program.</summary>
    private static IReadOnlyList<string> Scripts(AngleSharp.Dom.IDocument page) =>
        [.. page.QuerySelectorAll("script:not([type='application/json'])").Select(script => script.TextContent)];

    private static int Cells(string row) => row.Replace("\\|", "").Count(character => character == '|') - 1;
}
