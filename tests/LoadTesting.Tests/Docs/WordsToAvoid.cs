namespace LoadTesting.Tests.Docs;

/// <summary>One vocabulary: documentation, code and comments use none of the words that the glossary lists as wrong.</summary>
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

    public static TheoryData<string> Folders => ["build", "src/LoadTesting", "src/Rehearsal", "src/Reporting"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Are_not_in_the_documentation(string page) =>
        Vocabulary.Find(Vocabulary.ProseOf(Checkout.At(page))).ShouldBeEmpty();

    /// <summary>Messages, help and headings: the literals of the code, the templates and the scripts.</summary>
    [Theory]
    [MemberData(nameof(Folders))]
    public void Are_not_in_the_code(string folder) => ShouldHaveNone(Vocabulary.TextsOf(folder));

    /// <summary>The documentation of members and all other comments, of the code and of the scripts.</summary>
    [Theory]
    [MemberData(nameof(Folders))]
    public void Are_not_in_the_comments(string folder) => ShouldHaveNone(Vocabulary.CommentsIn(folder));

    [Fact]
    public void Are_looked_for_in_literals_and_comments()
    {
        const string Source = """
            a = $"1 {(b ? "2 // 3" : c)} 4 {{d}}";// e
            /* "f"
            g */h = '"' + "5\"6";// i " j
            k = @"7""// 8" + l;/// m
            """;

        Vocabulary.LiteralsOf(Source).ShouldBe("$\"1  \"2 // 3\"  4 {{d}}\"\n\n\"5\\\"6\"\n@\"7\"\"// 8\"");
        Vocabulary.CommentsOf(Source).ShouldBe("___ e\n* \"f\"\ng */_____ i \" j\n___ m");
    }

    [Fact]
    public void Are_looked_for_in_comments_of_scripts() =>
        Vocabulary.CommentsOfScript("#!/bin/sh\n  # a 'b'\nc=${d#e} # f # g\nh\n").ShouldBe("!/bin/sh\n a 'b'\n f # g\n_\n_");

    /// <summary>A phrase may go over the end of a line, not over code.</summary>
    [Theory]
    [InlineData("/// all the\n    /// same", 1)]
    [InlineData("a(); // all the\nb(); // same", 0)]
    public void Are_found_over_lines_of_one_comment(string source, int count) =>
        Vocabulary.Find(Vocabulary.CommentsOf(source)).Count().ShouldBe(count);

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

    private static void ShouldHaveNone(IEnumerable<(string Path, string Text)> all)
    {
        var texts = all.ToList();

        texts.Count.ShouldBeGreaterThan(10);
        texts.SelectMany(text => Vocabulary.Find(text.Text).Select(found => $"{text.Path}:{found}")).ShouldBeEmpty();
    }
}
