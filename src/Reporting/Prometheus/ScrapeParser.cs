using System.Text;

namespace Reporting.Prometheus;

/// <summary>
/// Reads Prometheus' text format 0.0.4 (prometheus.io, "Exposition formats"), and of OpenMetrics what differs in a sample's line: exemplars
/// and <c># EOF</c>. A line that is none of it is counted and passed over.
/// </summary>
public static class ScrapeParser
{
    /// <summary>The samples of a body.</summary>
    public static Scrape Parse(string text)
    {
        var samples = new List<Sample>();
        var damaged = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var content = line.Trim();
            if (content.IsEmpty || content[0] == '#')
                continue;
            if (Line(content) is { } sample)
                samples.Add(sample);
            else
                damaged++;
        }

        return new Scrape(samples, damaged);
    }

    private static Sample? Line(ReadOnlySpan<char> line)
    {
        var end = line.IndexOfAny('{', ' ', '\t');
        if (end <= 0 || !IsName(line[..end]))
            return null;

        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = line[end..].TrimStart();
        if (!rest.IsEmpty && rest[0] == '{' && !TryLabels(ref rest, labels))
            return null;

        // What follows the value is a time stamp, or an exemplar after a #.
        rest = rest.TrimStart();
        var stop = rest.IndexOfAny(' ', '\t');
        var value = stop < 0 ? rest : rest[..stop];
        var number = Scrape.Number(value);
        return value.IsEmpty || (double.IsNaN(number) && !value.Equals("NaN", StringComparison.OrdinalIgnoreCase)) ? null : new Sample(line[..end].ToString(), labels, number);
    }

    private static bool TryLabels(ref ReadOnlySpan<char> rest, Dictionary<string, string> labels)
    {
        rest = rest[1..].TrimStart();
        while (!rest.IsEmpty && rest[0] != '}')
        {
            var equals = rest.IndexOf('=');
            if (equals <= 0 || !IsName(rest[..equals].TrimEnd()))
                return false;

            var name = rest[..equals].TrimEnd().ToString();
            rest = rest[(equals + 1)..].TrimStart();
            if (!TryQuoted(ref rest, out var value) || !labels.TryAdd(name, value))
                return false;

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

    private static bool TryQuoted(ref ReadOnlySpan<char> rest, out string value)
    {
        value = "";
        if (rest.IsEmpty || rest[0] != '"')
            return false;

        var text = new StringBuilder();
        for (var index = 1; index < rest.Length; index++)
        {
            switch (rest[index])
            {
                case '"':
                    rest = rest[(index + 1)..];
                    value = text.ToString();
                    return true;
                case '\\' when index + 1 < rest.Length:
                    index++;
                    text.Append(rest[index] == 'n' ? '\n' : rest[index]);
                    break;
                default:
                    text.Append(rest[index]);
                    break;
            }
        }

        return false;
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
