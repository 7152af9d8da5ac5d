using System.Xml;
using System.Xml.Linq;

namespace Reporting.Rendering.JUnit;

/// <summary>
/// The summary as JUnit XML, as CI servers read it: a case for the verdict and one for each threshold. What was not measured is an
/// error, not a skipped case: a CI server paints skipped cases green. Skipped is what does not apply.
/// </summary>
public static class JUnitReport
{
    /// <summary>The text of junit.xml.</summary>
    public static string Write(RunSummary summary)
    {
        XElement[] cases = [VerdictCase(summary), .. summary.Thresholds.Select(ThresholdCase)];
        var suite = new XElement(
            "testsuite",
            new XAttribute("name", SanitizedText.OneLine(summary.Run.RunId)),
            new XAttribute("tests", cases.Length),
            new XAttribute("failures", cases.Count(@case => @case.Element("failure") is not null)),
            new XAttribute("errors", cases.Count(@case => @case.Element("error") is not null)),
            new XAttribute("skipped", cases.Count(@case => @case.Element("skipped") is not null)),
            new XAttribute("time", Invariant($"{Elapsed(summary.Run):0.###}")),
            new XAttribute("timestamp", Invariant($"{(summary.Run.StartAt ?? summary.RenderedAt).UtcDateTime:yyyy-MM-ddTHH:mm:ss}")),
            cases);
        return Text(new XDocument(new XElement("testsuites", new XAttribute("name", "LiveKit load test"), suite)));
    }

    private static XElement VerdictCase(RunSummary summary) => Case("verdict", summary.Judgement.Verdict switch
    {
        Verdict.Passed => null,
        Verdict.Inconclusive => Trouble("error", "inconclusive", summary.Judgement.Reason),
        _ => Trouble("failure", "failed", summary.Judgement.Reason),
    });

    private static XElement ThresholdCase(ThresholdResult threshold)
    {
        var measured = $"{Phrases.Measured(threshold)}, should be {Phrases.Limit(threshold)}";
        var message = threshold.Note is null ? measured : $"{measured}: {threshold.Note}";
        return Case(threshold.Text, threshold.Outcome switch
        {
            ThresholdOutcome.Passed => null,
            ThresholdOutcome.NotApplicable =>
                new XElement("skipped", new XAttribute("message", SanitizedText.OneLine($"does not apply: {threshold.Note}"))),
            ThresholdOutcome.Unmeasured => Trouble("error", Phrases.Held(threshold), message),
            _ => Trouble("failure", "threshold", message),
        });
    }

    private static XElement Case(string name, XElement? trouble) => new(
        "testcase",
        new XAttribute("classname", "loadtest"),
        new XAttribute("name", SanitizedText.OneLine(name)),
        new XAttribute("time", 0),
        trouble);

    private static XElement Trouble(string element, string type, string message) => new(
        element, new XAttribute("type", type), new XAttribute("message", SanitizedText.OneLine(message)));

    private static double Elapsed(RunIdentity run) => (run.EndedAt - run.StartAt)?.TotalSeconds is { } seconds and > 0 ? seconds : 0;

    private static string Text(XDocument document)
    {
        var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using (var writer = XmlWriter.Create(bytes, settings))
            document.Save(writer);

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }
}
