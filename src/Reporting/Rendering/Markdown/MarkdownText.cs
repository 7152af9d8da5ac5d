namespace Reporting.Rendering.Markdown;

/// <summary>Text that came from outside, in GitHub-flavoured Markdown: in a table as in a paragraph it is text, never markup.</summary>
internal static class MarkdownText
{
    private const int MaxLength = 300;

    // What starts something within a line of CommonMark or of a GFM table; < and & are written as entities.
    private const string Special = @"\`*_[]#|~$";

    public static string Escape(string? text)
    {
        var escaped = new StringBuilder();
        foreach (var character in SanitizedText.OneLine(text, MaxLength))
        {
            if (character is '<' or '&')
                escaped.Append(character == '<' ? "&lt;" : "&amp;");
            else
                escaped.Append(Special.Contains(character, StringComparison.Ordinal) ? $"\\{character}" : character);
        }

        return escaped.ToString();
    }
}
