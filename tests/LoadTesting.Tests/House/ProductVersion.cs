using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LoadTesting.Tests.House;

/// <summary>The version of the product is written in Directory.Build.props; nothing else says another.</summary>
public sealed partial class ProductVersion
{
    private static readonly string[] Settings =
        ["Version", "VersionPrefix", "VersionSuffix", "PackageVersion", "AssemblyVersion", "FileVersion", "InformationalVersion"];

    private static string Version { get; } =
        XDocument.Load(Checkout.At("Directory.Build.props")).Descendants("Version").Single().Value;

    [Fact]
    public void Is_that_of_the_programs() =>
        typeof(LoadTestException).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]
            .ShouldBe(Version);

    [Fact]
    public void Is_set_once() =>
        Files("*.props").Concat(Files("*.targets")).Concat(Files("*.csproj"))
            .SelectMany(file => XDocument.Load(file).Descendants("PropertyGroup").Elements()
                .Where(setting => Settings.Contains(setting.Name.LocalName))
                .Select(setting => $"{Path.GetRelativePath(Checkout.Folder, file)}: {setting.Name}"))
            .ShouldBe(["Directory.Build.props: Version"]);

    [Fact]
    public void Is_that_of_the_archives_in_the_documentation()
    {
        var named = Files("*.md").SelectMany(page => Archive().Matches(File.ReadAllText(page)))
            .Select(archive => archive.Groups["version"].Value);

        named.Distinct(StringComparer.Ordinal).ShouldBe([Version]);
    }

    private static IEnumerable<string> Files(string pattern) =>
        new[] { "build", "src", "tests", "bench", "docs" }.Select(folder => Checkout.At(folder))
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj"))
            .Concat(Directory.EnumerateFiles(Checkout.Folder, pattern));

    [GeneratedRegex(@"loadtest-(?<version>[0-9]+\.[0-9]+\.[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Archive();
}
