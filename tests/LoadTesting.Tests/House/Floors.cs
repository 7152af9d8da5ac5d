using System.Text.RegularExpressions;
using Rehearsal.OpenStack;
using Reporting;

namespace LoadTesting.Tests.House;

/// <summary>
/// A room uses the floors below it only: what ARCHITECTURE.md says of the house is so, and no assembly of ours has a circle.
/// </summary>
public sealed partial class Floors
{
    private static readonly string Engine = typeof(LoadTestException).Assembly.Location;
    private static readonly string Reports = typeof(ResultsReport).Assembly.Location;

    public static TheoryData<string> Assemblies =>
        [Engine, Reports, typeof(EmbeddedCloud).Assembly.Location, Program, typeof(Floors).Assembly.Location];

    /// <summary>The build's program, as build.sh compiles it before it runs any test.</summary>
    private static string Program => Checkout.At("build", "bin", "Debug", "_build.dll");

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_namespaces_form_a_circle(string assembly)
    {
        Assert.SkipUnless(File.Exists(assembly), $"{assembly} is not compiled: ./build.sh compiles it.");

        NamespaceArrows.Of(assembly).Circles().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("LoadTesting")]
    [InlineData("Reporting")]
    public void A_room_uses_lower_floors_only(string project)
    {
        var arrows = NamespaceArrows.Of(project == "LoadTesting" ? Engine : Reports);
        var floors = FloorsOf(project);

        arrows.Namespaces.Except(floors.Keys).ShouldBeEmpty($"ARCHITECTURE.md has every room of src/{project}");
        floors.Keys.Except(arrows.Namespaces).ShouldBeEmpty("and no other");
        arrows.All.Where(arrow => floors[arrow.To] >= floors[arrow.From])
            .Select(arrow => $"{arrow.From} (floor {floors[arrow.From]}) uses {arrow.To} (floor {floors[arrow.To]}) in "
                + $"{string.Join(", ", arrow.Files)}")
            .ShouldBeEmpty();
    }

    /// <summary>
    /// That the reader of arrows sees one: a test of ours uses the engine's model, and the other way round would be a circle.
    /// </summary>
    [Fact]
    public void An_arrow_is_seen_with_its_file() =>
        NamespaceArrows.Of(Engine).All.ShouldContain(
            arrow => arrow.From == "LoadTesting.Phases" && arrow.To == "LoadTesting.Hosts" && arrow.Files.Contains("ConfigurePhase.cs"));

    [Fact]
    public void Every_folder_with_code_is_in_ARCHITECTURE()
    {
        var text = File.ReadAllText(Checkout.At("ARCHITECTURE.md"));
        var folders = new[] { "src",
            "build" }.SelectMany(root => Directory.EnumerateFiles(Checkout.At(root), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Checkout.Folder, Path.GetDirectoryName(file)!))
            .Where(folder => !folder.Split('/').Intersect(["bin", "obj"]).Any()
                && !folder.StartsWith("build/Nuke.Common/", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);

        folders.Where(folder => !text.Contains($"`{folder}`", StringComparison.Ordinal)
            && !text.Contains($"`{folder}/`", StringComparison.Ordinal)
            && !FloorsOf(folder.Split('/')[1]).ContainsKey(string.Join('.', folder.Split('/').Skip(1)))).ShouldBeEmpty();
    }

    /// <summary>Namespace to floor, by the table under the project's heading; the root of a project is called (root).</summary>
    private static Dictionary<string, int> FloorsOf(string project)
    {
        var text = File.ReadAllText(Checkout.At("ARCHITECTURE.md"));
        var start = text.IndexOf($"### src/{project}", StringComparison.Ordinal);
        if (start < 0)
            return [];
        var section = text[start..];
        section = section[..(section.IndexOf("\n#", 1, StringComparison.Ordinal) is > 0 and var end ? end : section.Length)];
        return Row().Matches(section)
            .SelectMany(row => Room().Matches(row.Groups["rooms"].Value)
            .Select(room => (Name: room.Groups["room"].Value, Floor: int.Parse(row.Groups["floor"].Value))))
            .ToDictionary(room => room.Name == "(root)" ? project : $"{project}.{room.Name.Replace('/', '.')}", room => room.Floor,
                StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^\| (?<floor>\d+) \| (?<rooms>[^|]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<room>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Room();
}
