namespace LoadTesting.Providers.OpenStack.Credentials;

/// <summary>
/// Reads the variables that an rc file sets, without running it: assignments and exports with the shell's quoting, <c>$NAME</c> of
/// variables set before, <c>unset</c>, and <c>read</c>, which asks. Loops and conditions are ignored: in rc files they only tidy up.
/// </summary>
public static class RcFile
{
    /// <summary>Reads them.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="ask">Asks the operator for the value of a variable.</param>
    /// <exception cref="LoadTestException">A quote that is not closed, or a value that only a shell could know; names file and
    /// line.</exception>
    public static IReadOnlyDictionary<string, string> Read(string text, string path, Func<string, string> ask)
    {
        var variables = new Dictionary<string, string>();
        var depth = 0;
        foreach (var statement in ShellStatements.Split(text,
            line => LoadTestException.Invalid(
            $"{path}, line {line}: the quote that opens here is never closed; expected the rc file as the cloud gave it")))
        {
            var words = statement.Words;
            depth += Opens(words[0].Raw) - Closes(words[0].Raw);
            if (depth > 0 || Closes(words[0].Raw) > 0)
                continue;
            Apply(new Line(variables, path, statement.Line), words, ask);
        }

        return variables;
    }

    private static int Opens(string word) => word is "if" or "for" or "while" or "until" or "case" ? 1 : 0;

    private static int Closes(string word) => word is "fi" or "done" or "esac" ? 1 : 0;

    private static void Apply(Line line, IReadOnlyList<ShellWord> words, Func<string, string> ask)
    {
        switch (words[0].Raw)
        {
            case "export" or "declare" or "typeset" or "local" or "readonly":
                Assign(line, words.Skip(1));
                break;
            case "unset":
                foreach (var name in words.Skip(1))
                    line.Variables.Remove(name.Raw);
                break;
            case "read":
                foreach (var name in words.Skip(1).Where(word => IsName(word.Raw)).TakeLast(1))
                    line.Variables[name.Raw] = ask(name.Raw);
                break;
            default:
                // FOO=bar cmd sets FOO for cmd alone; only a line of nothing but assignments sets variables.
                if (words.All(word => Assignment(word) > 0))
                    Assign(line, words);
                break;
        }
    }

    private static void Assign(Line line, IEnumerable<ShellWord> words)
    {
        foreach (var word in words)
        {
            if (Assignment(word) is > 0 and var at)
                line.Variables[word.Raw[..at]] =
                    ShellExpansion.Expand(word.From(at + 1), line.Variables, reason => Refused(line, word.Raw[..at], reason));
        }
    }

    private static LoadTestException Refused(Line line, string name, string reason) => LoadTestException.Invalid(
        $"{line.Path}, line {line.Number}: {name}: {reason}. An rc file is read, never run.",
        $"Set {name} in the file to its value, or source the file in a shell and run this tool from there with --open-stack-rc \"\".");

    /// <summary>Where the name ends; 0 when the word is no assignment.</summary>
    private static int Assignment(ShellWord word)
    {
        var at = word.Raw.IndexOf('=', Ordinal);
        return at > 0 && IsName(word.Raw[..at]) ? at : 0;
    }

    private static bool IsName(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private sealed record Line(Dictionary<string, string> Variables, string Path, int Number);
}
