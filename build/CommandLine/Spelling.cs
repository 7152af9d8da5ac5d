namespace CommandLine;

/// <summary>Finds the names that a user who mistyped may have meant.</summary>
internal static class Spelling
{
    /// <summary>Ends a sentence with the nearest names, or with nothing when none is near.</summary>
    public static string DidYouMean(string given, IEnumerable<string> names)
    {
        var near = Of(given, names);
        return near.Count == 0 ? "" : $"; did you mean {string.Join(" or ", near)}?";
    }

    /// <summary>At most three names, nearest first: a third of the letters may differ.</summary>
    public static IReadOnlyList<string> Of(string given, IEnumerable<string> names)
    {
        var wanted = KnownParameter.Normalized(given);
        return
        [
            .. names
                .Select(name => (Name: name, Distance: Distance(wanted, KnownParameter.Normalized(name))))
                .Where(entry => entry.Distance <= Math.Max(1, Math.Max(wanted.Length, entry.Name.Length) / 3))
                .OrderBy(entry => entry.Distance).ThenBy(entry => entry.Name, StringComparer.Ordinal)
                .Take(3)
                .Select(entry => entry.Name),
        ];
    }

    /// <summary>How many letters must be added, removed or replaced (Levenshtein).</summary>
    private static int Distance(string one, string two)
    {
        var row = Enumerable.Range(0, two.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= two.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == two[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
