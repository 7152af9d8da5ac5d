using System.Text.RegularExpressions;

namespace LoadTesting.Tests.Docs;

/// <summary>The words to avoid: docs/reference/glossary.md lists them, and this finds them.</summary>
internal static partial class Vocabulary
{
    private const string Heading = "## Words to avoid";

    /// <summary>What each phrase to avoid is replaced with.</summary>
    public static IReadOnlyList<(string Phrase, string Better)> ToAvoid { get; } = [.. Rows().SelectMany(row => Code().Matches(row.Not)
        .Select(phrase => (phrase.Groups["text"].Value, row.But)))];

    private static (Regex Form, string Better)[] Forms { get; } = [.. ToAvoid.Select(word => (FormOf(word.Phrase), word.Better))];

    /// <summary>Every phrase to avoid, with the line that it begins in and what to write instead.</summary>
    public static IEnumerable<string> Find(string text) =>
        from form in Forms
        from Match match in form.Form.Matches(text)
        let line = text.AsSpan(0, match.Index).Count('\n') + 1
        orderby line
        select $"{line}: \"{Space().Replace(match.Value, " ")}\"; write: {form.Better}";

    /// <summary>A page without inline code, which quotes commands and messages; the glossary without its words to avoid.</summary>
    public static string ProseOf(string path)
    {
        var page = File.ReadAllText(path);
        if (Path.GetFileName(path) == "glossary.md")
            page = LastCell().Replace(page[..page.IndexOf(Heading, StringComparison.Ordinal)], "|");
        return Code().Replace(page, "_");
    }

    /// <summary>
    /// The literals of the code in a folder, and the page templates and scripts within. The image of a rehearsal's host has the words of
    /// its tools.
    /// </summary>
    public static IEnumerable<(string Path, string Text)> TextsOf(string folder) => Files(folder)
        .Where(path => !path.StartsWith("src/Rehearsal/Hosts/Image/", StringComparison.Ordinal))
        .Select(path => (Path: path, Text: Path.GetExtension(path) switch
        {
            ".cs" => LiteralsOf(Read(path)),
            ".html" or ".js" => Read(path),
            ".sh" or "" => CommentOfScript().Replace(Read(path), ""),
            _ => "",
        }))
        .Where(file => file.Text.Length > 0);

    /// <summary>The comments of the code in a folder, documentation too, and those of the scripts within.</summary>
    public static IEnumerable<(string Path, string Text)> CommentsIn(string folder) => Files(folder)
        .Select(path => (Path: path, Text: Path.GetExtension(path) switch
        {
            ".cs" => CommentsOf(Read(path)),
            ".sh" or ".awk" or ".play" or "" => CommentsOfScript(Read(path)),
            _ => "",
        }))
        .Where(file => file.Text.Length > 0);

    /// <summary>The literals of a C# file, those within the holes of others too; every line stays where it is.</summary>
    public static string LiteralsOf(string source) => Token().Replace(source, token => token switch
    {
        _ when token.Groups["comment"].Success => new string('\n', token.ValueSpan.Count('\n')),
        _ when token.Groups["filled"].Success => Hole().Replace(token.Value, hole => $" {LiteralsOf(hole.Value[1..^1])} "),
        _ when token.Groups["literal"].Success => token.Value,
        _ => "",
    });

    /// <summary>The comments of a C# file without their slashes, and "_" for code between; every line stays where it is.</summary>
    public static string CommentsOf(string source) => Token().Replace(source, token => token switch
    {
        _ when token.Groups["comment"].Success => token.Value.TrimStart('/'),
        _ when token.ValueSpan.IsWhiteSpace() => token.Value,
        _ => "_" + new string('\n', token.ValueSpan.Count('\n')),
    });

    /// <summary>The comments of a script without their first "#", and "_" for lines without one; every line stays where it is.</summary>
    public static string CommentsOfScript(string script) => string.Join('\n', script.Split('\n')
        .Select(line => CommentOfScript().Match(line) is { Success: true } comment ? comment.Value[1..] : "_"));

    /// <summary>The files in a folder of the checkout. The stand-in has NUKE's own words.</summary>
    private static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(Checkout.At(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => Path.GetRelativePath(Checkout.Folder, path).Replace(Path.DirectorySeparatorChar, '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "Nuke.Common"));

    private static string Read(string path) => File.ReadAllText(Checkout.At(path));

    private static IEnumerable<(string Not, string But)> Rows()
    {
        var page = File.ReadAllText(Checkout.At("docs", "reference", "glossary.md"));
        return TwoCells().Matches(page[page.IndexOf(Heading, StringComparison.Ordinal)..])
            .Select(row => (row.Groups["not"].Value, row.Groups["but"].Value))
            .Where(row => row.Item1.StartsWith('`'));
    }

    /// <summary>The phrase in any case and over line ends; "..." is one to four words.</summary>
    private static Regex FormOf(string phrase)
    {
        var words = phrase.Split(' ').Select(word => word == "..." ? @"\S+(?:\s+\S+){0,3}?" : Regex.Escape(word));
        var exception = phrase is "stands" or "stood" ? @"(?!\s+(?:in|for)\b)" : "";
        return new Regex($@"(?<![\w-]){string.Join(@"\s+", words)}(?![\w]){exception}", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(5));
    }

    [GeneratedRegex(@"`(?<text>[^`\n]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\| (?<not>[^|]+) \| (?<but>[^|]+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TwoCells();

    [GeneratedRegex(@"\|[^|\n]*\|$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastCell();

    [GeneratedRegex(@"(?<=^|\s)#[^\n]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommentOfScript();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();

    /// <summary>Comments; literals with holes, raw or not; literals without, raw, verbatim or plain; characters and other code.</summary>
    [GeneratedRegex("""""
        (?<comment>//[^\n]*|/\*[\s\S]*?\*/)
        | (?<filled>\$+(?<quotes>"{3,})[\s\S]*?\k<quotes>|\$"(\{\{|\{([^{}"]|"([^"\\\n]|\\.)*"|\{[^{}]*\})*\}|[^"\\{\n]|\\.)*")
        | (?<literal>(?<quotes>"{3,})[\s\S]*?\k<quotes>|\$?@"([^"]|"")*"|"([^"\\\n]|\\.)*")
        | '([^'\\\n]|\\.[^']*)'
        | [^\n"'/$@]+|[^\n]
        """"", RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Token();

    [GeneratedRegex("""(?<!\{)\{(?!\{)([^{}"]|"([^"\\\n]|\\.)*"|\{[^{}]*\})*\}""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Hole();
}
