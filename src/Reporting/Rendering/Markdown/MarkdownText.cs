namespace Reporting.Rendering.Markdown;

/// <summary>Text that came from outside, in GitHub-flavoured Markdown: in a table as in a paragraph it is text, never markup.</summary>
internal static class MarkdownText
{
    private const int MaxCell = 300;

    /// <summary>Longest of the many sentences of a list.</summary>
    private const int MaxItem = 1_000;

    // What starts something within a line of CommonMark or of a GFM table; < and & are written as entities.
    private const string Special = @"\`*_[]#|~$";

    /// <summary>The text of a cell of a table.</summary>
    public static string Escape(string? text) => Escape(text, MaxCell);

    /// <summary>A sentence of a list.</summary>
    public static string Item(string? text) => Escape(text, MaxItem);

    /// <summary>A sentence of the verdict: it is not cut, for its end may be the cause.</summary>
    public static string Sentence(string? text) => Escape(text, SanitizedText.MaxLength);

    private static string Escape(string? text, int maxLength)
    {
        var escaped = new StringBuilder();
        foreach (var character in SanitizedText.OneLine(text, maxLength))
        {
            if (character is '<' or '&')
                escaped.Append(character == '<' ? "&lt;" : "&amp;");
            else
                escaped.Append(Special.Contains(character, StringComparison.Ordinal) ? $"\\{character}" : character);
        }

        return escaped.ToString();
    }
}
