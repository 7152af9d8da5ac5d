namespace LoadTesting.Providers.OpenStack.Credentials;

/// <summary>One word of a shell line as it is written: <see cref="Raw"/> with its quotes, expanded later.</summary>
/// <param name="Raw">The word as written, quotes and backslashes and all.</param>
internal sealed record ShellWord(string Raw)
{
    /// <summary>The rest of the word.</summary>
    public ShellWord From(int start) => new(Raw[start..]);
}

/// <summary>A statement: its words and the line on which it begins.</summary>
internal sealed record ShellStatement(int Line, IReadOnlyList<ShellWord> Words);

/// <summary>Splits shell text into statements and words, minding quotes, comments and continued lines. Pure.</summary>
internal static class ShellStatements
{
    /// <summary>The statements in order; separators are line ends, <c>;</c>, <c>&amp;</c> and <c>|</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unclosed">Makes the error for a quote that is never closed, given the line on which it opens.</param>
    public static IReadOnlyList<ShellStatement> Split(string text, Func<int, Exception> unclosed)
    {
        var reader = new Reader();
        var source = text.ReplaceLineEndings("\n").TrimStart('\uFEFF');
        for (var at = 0; at < source.Length; at++)
            at = reader.Take(source, at);
        reader.EndStatement();
        return reader.OpenQuote is { } line ? throw unclosed(line) : reader.Statements;
    }

    private sealed class Reader
    {
        private readonly StringBuilder _word = new();
        private readonly List<ShellStatement> _statements = [];
        private List<ShellWord> _words = [];
        private char _quote;
        private int _line = 1;
        private int _quoteLine;
        private int _firstLine = 1;

        public IReadOnlyList<ShellStatement> Statements => _statements;

        /// <summary>The line of the quote that is open; null where none is.</summary>
        public int? OpenQuote => _quote == 0 ? null : _quoteLine;

        /// <summary>Takes one character, or as many as belong together, and returns where the last of them is.</summary>
        public int Take(string source, int at)
        {
            var letter = source[at];
            if (letter == '\n')
                _line++;
            if (letter == '\\' && _quote != '\'' && at + 1 < source.Length)
                return Escaped(source[at + 1], at + 1);
            if (_quote != 0)
                Quoted(letter);
            else if (letter == '#' && _word.Length == 0)
                return source.IndexOf('\n', at) is >= 0 and var end ? end - 1 : source.Length;
            else
                Plain(letter);
            return at;
        }

        public void EndStatement()
        {
            EndWord();
            if (_words.Count > 0)
                _statements.Add(new ShellStatement(_firstLine, _words));
            _words = [];
        }

        private int Escaped(char next, int at)
        {
            if (next == '\n')
                _line++;
            else
                _word.Append('\\').Append(next);
            return at;
        }

        private void Quoted(char letter)
        {
            _word.Append(letter);
            if (letter == _quote)
                _quote = '\0';
        }

        private void Plain(char letter)
        {
            switch (letter)
            {
                case '\n' or ';' or '&' or '|':
                    EndStatement();
                    break;
                case ' ' or '\t':
                    EndWord();
                    break;
                default:
                    (_quote, _quoteLine) = (letter is '\'' or '"' ? letter : '\0', _line);
                    _word.Append(letter);
                    break;
            }
        }

        private void EndWord()
        {
            if (_word.Length == 0)
                return;
            if (_words.Count == 0)
                _firstLine = _line;
            _words.Add(new ShellWord(_word.ToString()));
            _word.Clear();
        }
    }
}
