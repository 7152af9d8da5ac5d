using System.Reflection;
using System.Xml.Linq;

namespace LoadTesting.Tests;

/// <summary>What is no library formats numbers without naming a culture: it must have one only.</summary>
public sealed class OneCulture
{
    [Fact]
    public void All_programs_run_without_cultures()
    {
        AppContext.TryGetSwitch("System.Globalization.Invariant", out var invariant).ShouldBeTrue();
        invariant.ShouldBeTrue();

        var root = Root();
        XDocument.Load(Path.Combine(root, "Directory.Build.props")).Descendants("InvariantGlobalization")
            .ShouldHaveSingleItem().Value.ShouldBe("true");
        foreach (var project in new[] { "src",
            "build" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.*proj", SearchOption.AllDirectories)))
            XDocument.Load(project).Descendants("InvariantGlobalization").ShouldBeEmpty(project);
    }

    private static string Root() => Path.GetFullPath(Path.Combine(
        typeof(OneCulture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "ProjectDirectory").Value!, "..", ".."));
}
