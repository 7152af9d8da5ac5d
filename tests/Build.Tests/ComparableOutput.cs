using System.Text.RegularExpressions;

namespace BuildTests;

/// <summary>Output without what differs from run to run: times, durations, places, stack frames.</summary>
internal static partial class ComparableOutput
{
    public static string Of(string output, string root) => string.Join('\n', output
        .Replace(root, "<root>", StringComparison.Ordinal)
        .Split('\n')
        .Where(line => !StackFrame().IsMatch(line))
        .Select(Line)
        .Aggregate(new List<string>(), Placed))
        .Trim('\n');

    /// <summary>
    /// What a tool writes to its two streams comes in any order: its errors are put after the lines before which they came.
    /// </summary>
    private static List<string> Placed(List<string> before, string line)
    {
        var at = before.Count;
        if (line.StartsWith("<time> [DBG] ", StringComparison.Ordinal))
        {
            while (at > 0 && before[at - 1].StartsWith("<time> [ERR] ", StringComparison.Ordinal))
                at--;
        }

        before.Insert(at, line);
        return before;
    }

    private static string Line(string line)
    {
        var text = Time().Replace(line, "${color}<time>");
        text = Duration().Replace(text, "\u00A0<duration>");
        text = Date().Replace(text, "on <date>. ");
        text = Precise().Replace(text, "<elapsed>");
        text = Thread().Replace(text, "thread <id>");
        return Version().Replace(text, "NUKE Execution Engine <version>").TrimEnd();
    }

    [GeneratedRegex(@"^(\e\[[\d;]*m)?\s*(at .+|--- End of .+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StackFrame();

    [GeneratedRegex(@"^(?<color>(\e\[[\d;]*m)?)\d\d:\d\d:\d\d", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"\u00A0+(< 1sec|\d+:\d\d)(?=\e|$|\u00A0+//)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\b\d\d:\d\d:\d\d\.\d{7}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Precise();

    [GeneratedRegex(@"\bthread \d+\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Thread();

    [GeneratedRegex(@"on \d\d/\d\d/\d{4} \d\d:\d\d:\d\d\. ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Date();

    [GeneratedRegex(@"NUKE Execution Engine version [^()]+\(.*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
