using System.Text.RegularExpressions;

namespace LoadTesting.Tests.Docs;

/// <summary>docs/guides/troubleshooting.md is searched by message: each message that it quotes is one that the code has.</summary>
public sealed partial class QuotedMessages
{
    /// <summary>The code of a row's first cell.</summary>
    public static TheoryData<string> Quoted => [.. Row().Matches(Page()).Select(row => row.Groups["message"].Value)];

    private static string Code { get; } = string.Concat(new[] { "src", "build" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(ExitCodesPage.Checkout, folder), "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Contains("obj", StringComparison.Ordinal)).Select(path => Vocabulary.LiteralsOf(File.ReadAllText(path))));

    /// <summary>Words in capitals and three dots stand for what differs from one message to the next.</summary>
    [Theory]
    [MemberData(nameof(Quoted))]
    public void Are_messages_of_the_code(string message) =>
        Varying().Split(message).Select(part => part.Trim(' ', '.')).Where(part => part.Length > 3)
            .Where(part => !Code.Contains(part, StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Are_found() => Quoted.Count.ShouldBeGreaterThan(15);

    private static string Page() => File.ReadAllText(Path.Combine(ExitCodesPage.Checkout, "docs", "guides", "troubleshooting.md"));

    [GeneratedRegex(@"^\| [^|`]*`(?<message>[^`]+)`[^|]* \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"\.\.\.|\b[A-Z0-9@/]+\b(?: servers)?|:", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Varying();
}
