using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LoadTesting.Tests.House;

/// <summary>docs/reference/dependencies.md says of every package and every tool why it is there.</summary>
public sealed partial class DependencyTable
{
    [Fact]
    public void Has_every_package_and_tool_and_no_other()
    {
        var packages = XDocument.Load(At("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => (string)package.Attribute("Include")!);
        using var manifest = JsonDocument.Parse(File.ReadAllText(At(".config", "dotnet-tools.json")));
        var tools = manifest.RootElement.GetProperty("tools").EnumerateObject().Select(tool => tool.Name);
        var rows = Row().Matches(File.ReadAllText(At("docs", "reference", "dependencies.md")))
            .Where(row => row.Groups["why"].Value.Trim().Length > 0).SelectMany(row => row.Groups["names"].Value.Split(", "))
            .Except(["package", "package of the tests", "of code style", "tool of `Pack`", "ASP.NET Core (Kestrel)"]);

        rows.Order(StringComparer.Ordinal).ShouldBe(packages.Concat(tools).Order(StringComparer.Ordinal));
    }

    private static string At(params string[] parts) => Path.Combine([Checkout.Folder, .. parts]);

    [GeneratedRegex(@"^\| (?<names>[A-Za-z][^|]*[^| ]) \|(?<why>[^|]+)\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
