namespace LoadTesting.Providers.OpenStack.Credentials;

/// <summary>What a shell would make of a word, as far as that is known without running anything. Pure.</summary>
internal static class ShellExpansion
{
    /// <summary>Takes the quotes away and puts variables in.</summary>
    /// <param name="word">The word as written.</param>
    /// <param name="variables">The variables set so far.</param>
    /// <param name="refuse">Makes the error for what cannot be known, given the reason.</param>
    public static string Expand(ShellWord word, IReadOnlyDictionary<string, string> variables, Func<string, Exception> refuse)
    {
        var (raw, value, quote) = (word.Raw, new StringBuilder(), '\0');
        for (var at = 0; at < raw.Length; at++)
        {
            var letter = raw[at];
            if (letter == quote || (quote == 0 && letter is '\'' or '"' && quote != letter))
                quote = quote == 0 ? letter : '\0';
            else if (quote == '\'')
                value.Append(letter);
            else if (letter == '\\' && at + 1 < raw.Length)
                value.Append(Escape(quote, raw[++at]));
            else if (letter == '`' || (letter == '$' && at + 1 < raw.Length && raw[at + 1] == '('))
                throw refuse("its value comes from a command");
            else if (letter == '$')
                at = Variable(raw, at, variables, value, refuse);
            else
                value.Append(letter);
        }

        return value.ToString();
    }

    /// <summary>Between double quotes a backslash only means something before these four.</summary>
    private static string Escape(char quote, char next) =>
        quote == '"' && next is not ('"' or '\\' or '$' or '`') ? $"\\{next}" : $"{next}";

    private static int Variable(string raw, int at,
        IReadOnlyDictionary<string, string> variables, StringBuilder value, Func<string, Exception> refuse)
    {
        var braced = at + 1 < raw.Length && raw[at + 1] == '{';
        var start = braced ? at + 2 : at + 1;
        var end = start;
        while (end < raw.Length && (char.IsAsciiLetterOrDigit(raw[end]) || raw[end] == '_'))
            end++;
        if (end == start && !braced)
        {
            value.Append('$');
            return at;
        }

        if (braced && (end == raw.Length || raw[end] != '}'))
            throw refuse("it uses ${...} with more than a name in it");
        value.Append(variables.GetValueOrDefault(raw[start..end]));
        return braced ? end : end - 1;
    }
}
