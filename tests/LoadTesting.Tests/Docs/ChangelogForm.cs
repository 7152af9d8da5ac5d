using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LoadTesting.Tests.Docs;

/// <summary>CHANGELOG.md is for users: versions, the sections of Keep a Changelog, one line for each change.</summary>
public sealed partial class ChangelogForm
{
    private static readonly string[] Sections = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
    private readonly string[] _lines = File.ReadAllLines(Checkout.At("CHANGELOG.md"));

    [Fact]
    public void Begins_with_what_is_not_released_and_then_has_the_version_of_the_product()
    {
        var versions = _lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).ToList();
        var product = XDocument.Load(Checkout.At("Directory.Build.props")).Descendants("Version").Single().Value;

        versions[0].ShouldBe("## [Unreleased]");
        versions.Skip(1).ShouldAllBe(version => Release().IsMatch(version));
        versions[1].ShouldStartWith($"## [{product}] - ");
    }

    [Fact]
    public void Has_only_the_sections_of_Keep_a_Changelog() =>
        _lines.Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..]).ShouldBeSubsetOf(Sections);

    [Fact]
    public void Has_one_line_for_each_change()
    {
        var body = _lines.SkipWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.Length > 0 && line[0] != '#').ToList();

        body.ShouldNotBeEmpty();
        body.ShouldAllBe(line => line.StartsWith("- ", StringComparison.Ordinal) && line.Length <= 200);
    }

    [Fact]
    public void Has_at_most_fifteen_lines_on_the_first_release()
    {
        var first = _lines.SkipWhile(line => !line.StartsWith("## [0.1.0]", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Count(line => line.StartsWith("- ", StringComparison.Ordinal));

        first.ShouldBeInRange(1, 15);
    }

    [GeneratedRegex(@"^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Release();
}
