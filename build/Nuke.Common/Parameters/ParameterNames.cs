namespace Nuke.Common.Parameters;

/// <summary>What parameters are called: members in code, dashed words on the command line.</summary>
internal static class ParameterNames
{
    public const string Targets = "Target";
    public const string Skip = "Skip";
    public const string Root = "Root";
    public const string Profile = "Profile";
    public const string GenerateConfiguration = "generate-configuration";
    public const string TargetSeparator = "+";

    private static readonly string[] KnownWords =
        ["DotNet", "GitHub", "GitVersion", "MSBuild", "NuGet", "ReSharper", "AppVeyor", "TeamCity", "GitLab", "SignPath", "JetBrains"];

    /// <summary>The name of a parameter: its member's, unless the attribute says otherwise.</summary>
    public static string Of(MemberInfo member) => AttributeOf(member).Name ?? member.Name;

    /// <summary>The description without its full stop, or null.</summary>
    public static string? DescriptionOf(MemberInfo member) => AttributeOf(member).Description?.TrimEnd('.');

    /// <summary>The name as it is written on the command line, <c>participants-per-vm</c>.</summary>
    public static string Dashed(string name) => string.Join('-', Words(name)).ToLowerInvariant();

    /// <summary>Dashes do not count in names.</summary>
    public static string Undashed(string name) => name.Replace("-", string.Empty, Ordinal);

    /// <summary>
    /// Splits <c>ParticipantsPerVm</c> into its words: before a capital that follows a small letter, and around the known words.
    /// </summary>
    public static IEnumerable<string> Words(string name)
    {
        var start = 0;
        var index = 0;
        while (index < name.Length)
        {
            var known = KnownWords.Where(word => StartsAt(name, index, word)).Select(word => word.Length).DefaultIfEmpty(0).Max();
            if (index > start && (known > 0 || (char.IsUpper(name[index]) && char.IsLower(name[index - 1]))))
            {
                yield return name[start..index];
                start = index;
            }

            index += Math.Max(known, 1);
        }

        yield return name[start..];
    }

    private static bool StartsAt(string name, int index, string word) =>
        string.Compare(name, index, word, 0, word.Length, OrdinalIgnoreCase) == 0;

    private static ParameterAttribute AttributeOf(MemberInfo member) => member.GetCustomAttribute<ParameterAttribute>().NotNull();
}
