namespace Reporting.Rendering.Markdown;

/// <summary>Text that came from outside, in GitHub-flavoured Markdown: in a table as in a paragraph it is text, never markup.</summary>
internal static class MarkdownText
{
    private const int MaxLength = 300;

    /// <summary>The verdict's sentence ends with the cause.</summary>
    public const int MaxReason = 1000;

    // What starts something within a line of CommonMark or of a GFM table; < and & are written as entities.
    private const string Special = @"\`*_[]#|~$";

    public static string Escape(string? text) => Escaped(text, MaxLength);

    public static string Escaped(string? text, int maxLength)
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
