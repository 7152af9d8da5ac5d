namespace LoadTesting.Hosts;

/// <summary>Quotes words for bash.</summary>
public static class ShellWords
{
    /// <summary>
    /// Single quotes switch off every expansion; only the quote itself needs care. There is no list of dangerous characters to
    /// forget one from.
    /// </summary>
    public static string Quote(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>Writes a file from inside a script; whatever the content, nothing in it is expanded or ends it early.</summary>
    /// <param name="path">Where; a path without need of quoting.</param>
    /// <param name="content">The lines; a last newline is added when it lacks one.</param>
    public static string WriteFile(string path, string content)
    {
        var end = "END";
        while (content.Contains(end, StringComparison.Ordinal))
            end += "_";
        return $"cat >{path} <<'{end}'\n{content}{(content.EndsWith('\n') ? "" : "\n")}{end}\n";
    }
}
