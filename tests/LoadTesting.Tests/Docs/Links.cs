using System.Text.RegularExpressions;

namespace LoadTesting.Tests.Docs;

/// <summary>Links between the pages lead somewhere, and the README leads to every page.</summary>
public sealed partial class Links
{
    public static TheoryData<string> Pages => [.. All().Select(page => Path.GetRelativePath(Checkout.Folder, page))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Lead_to_a_file_and_a_heading_of_it(string page)
    {
        var path = Checkout.At(page);

        LinksOf(path).Where(link => !Exists(link.File, link.Anchor))
            .Select(link => $"{Path.GetFileName(link.File)}#{link.Anchor}").ShouldBeEmpty();
    }

    [Fact]
    public void Of_the_readme_lead_to_every_page_for_users()
    {
        var linked = LinksOf(Checkout.At("README.md")).Select(link => link.File).ToList();
        var pages = All().Where(page => Path.GetFileName(Path.GetDirectoryName(page)) != "adr" && Path.GetFileName(page) != "README.md");

        pages.Except(linked, StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static IEnumerable<string> All() => Directory.EnumerateFiles(Checkout.Folder, "*.md")
        .Concat(Directory.EnumerateFiles(Checkout.At("docs"), "*.md", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<(string File, string Anchor)> LinksOf(string page) => Link().Matches(File.ReadAllText(page))
        .Where(link => !link.Groups["file"].Value.Contains(':', StringComparison.Ordinal))
        .Select(link => (FileOf(link.Groups["file"].Value, page), link.Groups["anchor"].Value));

    private static string FileOf(string link, string page) =>
        link.Length == 0 ? page : Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, link)));

    /// <summary>An anchor is a heading as GitHub makes one of it: lower case, without punctuation, hyphens for spaces.</summary>
    private static bool Exists(string file, string anchor) =>
        Directory.Exists(file) || (File.Exists(file) && (anchor.Length == 0 || Heading().Matches(File.ReadAllText(file))
            .Select(heading => NotInAnchors().Replace(heading.Groups["text"].Value, "").Replace(' ', '-'))
            .Contains(anchor, StringComparer.OrdinalIgnoreCase)));

    [GeneratedRegex(@"\]\((?<file>[^)#\s]*)(#(?<anchor>[^)\s]+))?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\s-]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInAnchors();
}
