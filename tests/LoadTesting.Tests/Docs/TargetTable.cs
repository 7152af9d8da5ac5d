using System.Text.RegularExpressions;

namespace LoadTesting.Tests.Docs;

/// <summary>What a target does is one text: its description in Build.cs, which --help prints, and its row in the README.</summary>
public sealed partial class TargetTable
{
    [Fact]
    public void Of_the_readme_is_what_the_build_says()
    {
        var described = Target().Matches(File.ReadAllText(Checkout.At("build", "Build.cs")))
            .Select(target => (target.Groups["name"].Value, Joint().Replace(target.Groups["text"].Value, "")));
        var listed = Row().Matches(File.ReadAllText(Checkout.At("README.md")))
            .Select(row => (row.Groups["name"].Value, row.Groups["text"].Value)).ToList();

        listed.Count.ShouldBe(13);
        listed.ShouldBe(described);
    }

    [GeneratedRegex("""Target (?<name>\w+) => _ => _\s+\.Description\("(?<text>([^"]|"\s*\+ ")*)"\)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Target();

    [GeneratedRegex("""
        "\s*\+ "
        """, RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Joint();

    [GeneratedRegex(@"^\| `(?<name>[A-Z]\w+)`( \(default\))? \| (?<text>.+) \|$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
