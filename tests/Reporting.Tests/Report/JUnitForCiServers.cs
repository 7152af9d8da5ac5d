using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Reporting.Rendering.JUnit;

namespace Reporting.Tests.Report;

public sealed class JUnitForCiServers
{
    [Theory, InlineData("healthy"), InlineData("failed"), InlineData("inconclusive")]
    public void Is_valid_by_what_they_agree_on(string fate) => Problems(JUnitReport.Write(WritersOfTheReport.Sample(fate))).ShouldBeEmpty();

    [Fact]
    public void Is_valid_whatever_stands_in_the_summary() => Problems(JUnitReport.Write(HostileText.Hostile)).ShouldBeEmpty();

    [Fact]
    public void Is_valid_without_thresholds_and_without_a_start() =>
        Problems(JUnitReport.Write(
            Samples.Healthy with { Thresholds = [], Run = Samples.Healthy.Run with { StartAt = null, EndedAt = null } })).ShouldBeEmpty();

    [Theory]
    [InlineData("name=\"verdict\"", "title=\"verdict\"")]
    [InlineData("errors=\"0\"", "errors=\"none\"")]
    [InlineData("timestamp=\"2026-11-24T04:15:22\"", "timestamp=\"2026-11-24 04:15:22\"")]
    public void The_schema_refuses_what_is_wrong(string right, string wrong)
    {
        var text = JUnitReport.Write(Samples.Healthy);
        text.ShouldContain(right);

        Problems(text.Replace(right, wrong)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Counts_what_it_contains()
    {
        var suite = XDocument.Parse(JUnitReport.Write(Samples.Inconclusive)).Descendants("testsuite").Single();

        suite.Attribute("tests")!.Value.ShouldBe($"{suite.Elements("testcase").Count()}");
        suite.Attribute("errors")!.Value.ShouldBe($"{suite.Descendants("error").Count()}");
        suite.Attribute("failures")!.Value.ShouldBe($"{suite.Descendants("failure").Count()}");
    }

    private static List<string> Problems(string text)
    {
        using var schema = typeof(JUnitForCiServers).Assembly.GetManifestResourceStream("junit.xsd")!;
        var schemas = new XmlSchemaSet();
        schemas.Add(null, XmlReader.Create(schema));
        var problems = new List<string>();
        XDocument.Parse(text).Validate(schemas, (_, problem) => problems.Add(problem.Message));
        return problems;
    }
}
