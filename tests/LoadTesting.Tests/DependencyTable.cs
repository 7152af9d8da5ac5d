using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LoadTesting.Tests;

/// <summary>Every package has a line in the README that says why it is there.</summary>
public sealed partial class DependencyTable
{
    [Fact]
    public void Of_the_readme_has_every_package_and_no_other()
    {
        var packages = XDocument.Load(Path.Combine(ExitCodesPage.Checkout, "Directory.Packages.props")).Descendants("PackageVersion").Select(package => (string)package.Attribute("Include")!).ToList();
        var readme = File.ReadAllText(Path.Combine(ExitCodesPage.Checkout, "README.md"));
        var section = readme[readme.IndexOf("## What it is made of", StringComparison.Ordinal)..];
        var rows = Row().Matches(section).Where(row => row.Groups["why"].Value.Trim().Length > 0).SelectMany(row => row.Groups["names"].Value.Split(", "));

        rows.Except(["package", "package of the tests", "of code style", "ASP.NET Core (Kestrel)"]).Order(StringComparer.Ordinal).ShouldBe(packages.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| (?<names>[A-Za-z][^|]*[^| ]) \|(?<why>[^|]+)\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
