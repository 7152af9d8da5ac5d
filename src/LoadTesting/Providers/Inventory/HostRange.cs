namespace LoadTesting.Providers.Inventory;

/// <summary>
/// Host names with ranges, <c>load[01:20].example.com</c>, <c>load-[a:f]</c>, <c>load[0:20:2]</c> (Ansible, "Adding ranges of hosts").
/// Pure.
/// </summary>
internal static class HostRange
{
    private const int MaxHosts = 10_000;

    /// <summary>The names; the text itself when it has no range, null when the range is none.</summary>
    public static IReadOnlyList<string>? Expand(string text)
    {
        var (open, close) = (text.IndexOf('[', Ordinal), text.IndexOf(']', Ordinal));
        if (open < 0 && close < 0)
            return [text];
        if (open < 0 || close < open || Values(text[(open + 1)..close]) is not { } values || Expand(text[(close + 1)..]) is not { } rest)
            return null;

        return (long)values.Count * rest.Count > MaxHosts
            ? null
            : [.. values.SelectMany(value => rest, (value, end) => text[..open] + value + end)];
    }

    private static IReadOnlyList<string>? Values(string range)
    {
        var parts = range.Split(':');
        if (parts.Length is not (2 or 3) || Step(parts) is not { } step)
            return null;

        var (first, last) = (parts[0], parts[1]);
        if (first is [var from] && last is [var to] && char.IsAsciiLetter(from) && char.IsAsciiLetter(to))
            return from > to ? null : [.. Every(from, to, step).Select(letter => ((char)letter).ToString())];

        // A leading zero sets the number of digits.
        var width = first.StartsWith('0') && first.Length == last.Length ? first.Length : 0;
        return Digits.Number<int>(first) is { } least && Digits.Number<int>(last) is { } most && least <= most && most - least <= MaxHosts
            ? [.. Every(least, most, step).Select(number => number.ToString($"D{width}"))]
            : null;
    }

    private static int? Step(string[] parts) => parts.Length == 2 ? 1 : Digits.Number<int>(parts[2]) is > 0 and var step ? step : null;

    private static IEnumerable<int> Every(int from, int to, int step) =>
        Enumerable.Range(0, ((to - from) / step) + 1).Select(index => from + (index * step));
}
