using System.Text.RegularExpressions;

namespace LoadTesting.Tests.Docs;

/// <summary>docs/guides/troubleshooting.md is searched by message: each message that it quotes is one that the code has.</summary>
public sealed partial class QuotedMessages
{
    /// <summary>The code of a row's first cell.</summary>
    public static TheoryData<string> Quoted => [.. Row().Matches(Page()).Select(row => row.Groups["message"].Value)];

    private static string Code { get; } = string.Concat(new[] { "src", "build" }.SelectMany(Vocabulary.TextsOf)
        .Select(text => Seam().Replace(text.Text, "")));

    /// <summary>Words in capitals and three dots stand for what differs from one message to the next.</summary>
    [Theory]
    [MemberData(nameof(Quoted))]
    public void Are_messages_of_the_code(string message) =>
        Varying().Split(message).Select(part => part.Trim(' ', '.')).Where(part => part.Length > 3)
            .Where(part => !Code.Contains(part, StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Are_found() => Quoted.Count.ShouldBeGreaterThan(15);

    private static string Page() => File.ReadAllText(Checkout.At("docs", "guides", "troubleshooting.md"));

    [GeneratedRegex(@"^\| [^|`]*`(?<message>[^`]+)`[^|]* \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"\.\.\.|\b[A-Z0-9@/]+\b(?: servers)?|:", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Varying();

    /// <summary>Between two literals that make one message.</summary>
    [GeneratedRegex(@"""\s*\$?""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Seam();
}
