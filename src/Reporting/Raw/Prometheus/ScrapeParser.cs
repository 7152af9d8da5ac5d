using Words = System.Collections.Generic.HashSet<string>.AlternateLookup<System.ReadOnlySpan<char>>;

namespace Reporting.Raw.Prometheus;

/// <summary>
/// Reads Prometheus' text format 0.0.4 (prometheus.io, "Exposition formats"), and of OpenMetrics what differs in a sample's line: exemplars
/// and <c># EOF</c>. A line that is none of these is counted and ignored.
/// </summary>
public static class ScrapeParser
{
    /// <summary>The samples of a body.</summary>
    public static Scrape Parse(ReadOnlySpan<char> text)
    {
        var samples = new List<Sample>();
        var words = new HashSet<string>().GetAlternateLookup<ReadOnlySpan<char>>();
        var labels = new List<KeyValuePair<string, string>>();
        var damaged = 0;
        foreach (var line in text.EnumerateLines())
        {
            var content = line.Trim();
            if (content.IsEmpty || content[0] == '#')
                continue;
            if (Line(content, labels, words) is { } sample)
                samples.Add(sample);
            else
                damaged++;
        }

        return new Scrape(samples, damaged);
    }

    /// <param name="line">A line that is no comment.</param>
    /// <param name="labels">Room for its labels.</param>
    /// <param name="words">The names and labels so far: a scrape repeats the same few hundred.</param>
    private static Sample? Line(ReadOnlySpan<char> line, List<KeyValuePair<string, string>> labels, Words words)
    {
        var end = line.IndexOfAny('{', ' ', '\t');
        if (end <= 0 || !IsName(line[..end]))
            return null;

        labels.Clear();
        var rest = line[end..].TrimStart();
        if (!rest.IsEmpty && rest[0] == '{' && !TryLabels(ref rest, labels, words))
            return null;

        // What follows the value is a time stamp, or an exemplar after a #.
        rest = rest.TrimStart();
        var stop = rest.IndexOfAny(' ', '\t');
        var value = stop < 0 ? rest : rest[..stop];
        var number = Scrape.Number(value);
        return value.IsEmpty || (double.IsNaN(number) && !value.Equals("NaN", StringComparison.OrdinalIgnoreCase))
            ? null
            : new Sample(Known(line[..end], words), [.. labels], number);
    }

    private static bool TryLabels(ref ReadOnlySpan<char> rest, List<KeyValuePair<string, string>> labels, Words words)
    {
        rest = rest[1..].TrimStart();
        while (!rest.IsEmpty && rest[0] != '}')
        {
            var equals = rest.IndexOf('=');
            if (equals <= 0 || !IsName(rest[..equals].TrimEnd()))
                return false;

            var name = Known(rest[..equals].TrimEnd(), words);
            rest = rest[(equals + 1)..].TrimStart();
            if (!TryQuoted(ref rest, words, out var value) || Has(labels, name))
                return false;

            labels.Add(new(name, value));
            rest = rest.TrimStart();
            if (!rest.IsEmpty && rest[0] == ',')
                rest = rest[1..].TrimStart();
            else if (rest.IsEmpty || rest[0] != '}')
                return false;
        }

        if (rest.IsEmpty)
            return false;

        rest = rest[1..];
        return true;
    }

    private static bool Has(List<KeyValuePair<string, string>> labels, string name)
    {
        foreach (var label in labels)
        {
            if (label.Key == name)
                return true;
        }

        return false;
    }

    private static bool TryQuoted(ref ReadOnlySpan<char> rest, Words words, out string value)
    {
        value = "";
        if (rest.IsEmpty || rest[0] != '"')
            return false;

        var end = 1;
        while (end < rest.Length && rest[end] != '"')
            end += rest[end] == '\\' ? 2 : 1;
        if (end >= rest.Length)
            return false;

        value = Unescaped(rest[1..end], words);
        rest = rest[(end + 1)..];
        return true;
    }

    private static string Unescaped(ReadOnlySpan<char> quoted, Words words)
    {
        if (!quoted.Contains('\\'))
            return Known(quoted, words);

        var text = new StringBuilder();
        for (var index = 0; index < quoted.Length; index++)
        {
            if (quoted[index] == '\\')
                text.Append(quoted[++index] == 'n' ? '\n' : quoted[index]);
            else
                text.Append(quoted[index]);
        }

        return text.ToString();
    }

    private static string Known(ReadOnlySpan<char> text, Words words)
    {
        if (words.TryGetValue(text, out var known))
            return known;

        known = text.ToString();
        words.Set.Add(known);
        return known;
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or ':'))
                return false;
        }

        return name.Length > 0 && !char.IsAsciiDigit(name[0]);
    }
}
