namespace Reporting.Raw.Lk;

/// <summary>Colour codes, which lk prints when its output is a terminal.</summary>
internal static class AnsiCodes
{
    private const char Escape = '\x1b';

    /// <summary>The line without its escape sequences; the same span when it has none.</summary>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> line)
    {
        if (!line.Contains(Escape))
            return line;

        var kept = new char[line.Length];
        var length = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == Escape && i + 1 < line.Length && line[i + 1] == '[')
                i = EndOfSequence(line, i + 2);
            else
                kept[length++] = line[i];
        }

        return kept.AsSpan(0, length);
    }

    // ECMA-48: parameters and intermediates (0x20-0x3f), then one final character.
    private static int EndOfSequence(ReadOnlySpan<char> line, int i)
    {
        while (i < line.Length && line[i] is >= ' ' and <= '?')
            i++;

        return i;
    }
}
