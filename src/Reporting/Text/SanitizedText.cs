namespace Reporting.Text;

/// <summary>
/// Text from outside, made safe for a document: neither its length nor invisible characters that act on visible ones (controls, marks that
/// turn the direction of writing, halves of pairs) can spoil the text around it.
/// </summary>
public static class SanitizedText
{
    /// <summary>Longest text that is shown, in characters; more is in the raw files.</summary>
    public const int MaxLength = 4_000;

    private const int MaxQuoted = 300;

    private const char Stand = '\uFFFD';

    /// <summary>The text without what steers, and hardly longer than that.</summary>
    public static string Of(string? text, int maxLength = MaxLength)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var harmless = new StringBuilder(Math.Min(text.Length, maxLength) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (harmless.Length >= maxLength)
                return harmless.Append('…').ToString();

            harmless.Append(Steers(rune) ? Stand.ToString() : rune.ToString());
        }

        return harmless.ToString();
    }

    /// <summary>The same on a single line.</summary>
    public static string OneLine(string? text, int maxLength = MaxLength) => Of(text, maxLength).Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>What another program reported, as a part of a sentence: it must not take the rest of the sentence's place.</summary>
    public static string Quoted(string? text) => OneLine(text, MaxQuoted);

    private static bool Steers(Rune rune) => rune.Value is not ('\n' or '\t') && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned;
}
