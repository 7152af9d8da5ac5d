namespace LoadTesting.Hosts;

/// <summary>Quotes words for bash.</summary>
public static class ShellWords
{
    /// <summary>
    /// Single quotes switch off every expansion; only the quote itself needs care. There is no list of dangerous characters to
    /// forget one from.
    /// </summary>
    public static string Quote(string word) => $"'{word.Replace("'", @"'\''", Ordinal)}'";
}
