namespace Reporting.Text;

/// <summary>Lists of names in sentences.</summary>
internal static class NameList
{
    private const int Most = 5;

    /// <summary>The first few names and how many more there are.</summary>
    public static string Few(IReadOnlyList<string> names) => names.Count <= Most
        ? string.Join(", ", names)
        : Invariant($"{string.Join(", ", names.Take(Most))} and {names.Count - Most} more");
}
