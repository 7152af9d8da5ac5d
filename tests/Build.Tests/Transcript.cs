using System.Globalization;
using System.Text.RegularExpressions;

namespace BuildTests;

/// <summary>A command line with its environment, <c>NAME=value _build Target --parameter value</c>.</summary>
internal sealed partial record Invocation(IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Variables)
{
    public static Invocation Parse(string line)
    {
        var words = Word().Matches(line).Select(match => match.Value.Replace("\"", string.Empty, StringComparison.Ordinal)).ToArray();
        var program = Array.IndexOf(words, "_build");
        var variables = words[..program].Select(word => word.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new(words[(program + 1)..], variables);
    }

    // Blanks within quotes do not end a word.
    [GeneratedRegex("""(?:"[^"]*"|[^\s"])+""", RegexOptions.None, 1000)]
    private static partial Regex Word();
}

/// <summary>What genuine NUKE printed: the command, the output, the exit code.</summary>
internal sealed record Transcript(Invocation Invocation, string Output, int ExitCode)
{
    public static IEnumerable<string> Names => Directory.GetFiles(ProjectFolder.Of("Transcripts"), "*.txt")
        .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static Transcript Load(string name)
    {
        var lines = File.ReadAllLines(ProjectFolder.Of("Transcripts", $"{name}.txt"));
        var exit = Array.FindLastIndex(lines, line => line.StartsWith("[exit code ", StringComparison.Ordinal));
        return new(
            Invocation.Parse(lines[0].TrimStart('$')),
            string.Join('\n', lines[1..exit]),
            int.Parse(lines[exit]["[exit code ".Length..^1], CultureInfo.InvariantCulture));
    }
}
