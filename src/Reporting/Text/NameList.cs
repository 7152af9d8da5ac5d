namespace Reporting.Text;

/// <summary>Lists of names in sentences.</summary>
public static class NameList
{
    /// <summary>How many names a sentence takes.</summary>
    public const int Most = 5;

    /// <summary>All of them, with a comma between two.</summary>
    /// <param name="names">The names.</param>
    public static string Listed(this IEnumerable<string?> names) => string.Join(", ", names);

    /// <summary>The first few names and how many more there are.</summary>
    /// <param name="names">The names.</param>
    public static string Few(IReadOnlyList<string> names) => names.Count <= Most
        ? names.Listed()
        : Invariant($"{names.Take(Most).Listed()} and {names.Count - Most} more");
}
