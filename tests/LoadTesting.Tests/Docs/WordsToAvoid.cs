namespace LoadTesting.Tests.Docs;

/// <summary>One vocabulary: the documentation uses none of the words that the glossary lists as wrong.</summary>
public sealed class WordsToAvoid
{
    /// <summary>Pages that are written from the code, and so are held by its words.</summary>
    private static readonly string[] Generated = ["parameters.md", "metrics.md", "exit-codes.md"];

    public static TheoryData<string> Pages =>
    [
        "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md",
        .. Directory.EnumerateFiles(Checkout.At("docs"), "*.md", SearchOption.AllDirectories)
            .Where(page => !Generated.Contains(Path.GetFileName(page)))
            .Select(page => Path.GetRelativePath(Checkout.Folder, page)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Are_not_in_the_documentation(string page) =>
        Vocabulary.Find(Vocabulary.ProseOf(Checkout.At(page))).ShouldBeEmpty();

    /// <summary>Messages, help and headings: the literals of the code, the templates and the scripts.</summary>
    [Theory]
    [InlineData("build")]
    [InlineData("src/LoadTesting")]
    [InlineData("src/Rehearsal")]
    [InlineData("src/Reporting")]
    public void Are_not_in_the_code(string folder)
    {
        var texts = Vocabulary.TextsOf(folder).ToList();

        texts.Count.ShouldBeGreaterThan(10);
        texts.SelectMany(text => Vocabulary.Find(text.Text).Select(found => $"{text.Path}:{found}")).ShouldBeEmpty();
    }

    [Fact]
    public void Are_looked_for_in_literals()
    {
        const string Source = """
            a = $"1 {(b ? "2 // 3" : c)} 4 {{d}}";// e
            /* "f"
            g */h = '"' + "5\"6";// i " j
            k = @"7""// 8" + l;/// m
            """;

        Vocabulary.LiteralsOf(Source).ShouldBe("$\"1  \"2 // 3\"  4 {{d}}\"\n\n\"5\\\"6\"\n@\"7\"\"// 8\"");
    }

    [Theory]
    [InlineData("Nobody\nis told.", "1: \"Nobody\"; write: another user", "2: \"is told\"; write: is passed")]
    [InlineData("one\nbrings the raw\n results home", "2: \"brings the raw results home\"; write: download")]
    [InlineData("A page stands in for another; `says` is a name; a stand-in; homepages; at homes.")]
    public void Are_found_where_they_are(string prose, params string[] expected)
    {
        var page = Path.GetTempFileName();
        File.WriteAllText(page, prose);

        var found = Vocabulary.Find(Vocabulary.ProseOf(page)).ToList();

        File.Delete(page);
        found.Count.ShouldBe(expected.Length);
        found.Zip(expected).ShouldAllBe(pair => pair.First.StartsWith(pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void Are_many_and_each_has_a_better_one()
    {
        Vocabulary.ToAvoid.Count.ShouldBeGreaterThan(40);
        Vocabulary.ToAvoid.ShouldAllBe(word => word.Better.Length > 2);
        Vocabulary.ToAvoid.Select(word => word.Phrase).ShouldBeUnique();
    }
}
