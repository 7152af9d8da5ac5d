using System.ComponentModel;
using System.Globalization;

namespace CommandLine;

/// <summary>A parameter of the build, as far as its values can be checked before NUKE reads them.</summary>
/// <param name="Name">Its member name, <c>ParticipantsPerVm</c>.</param>
/// <param name="Type">The type of its value, without Nullable.</param>
/// <param name="Values">The only values it takes; null: any of its type.</param>
/// <param name="IsOwn">Whether it is ours, not one of NUKE's.</param>
internal sealed record KnownParameter(string Name, Type Type, IEnumerable<string>? Values, bool IsOwn)
{
    /// <summary>Its name on the command line, <c>--participants-per-vm</c>.</summary>
    public string Dashed => "--" + DashedName(Name);

    /// <summary>Whether it is true where it stands without a value.</summary>
    public bool IsSwitch => Type == typeof(bool);

    /// <summary>Whether it may stand without a value: <c>--root</c> alone is the working directory.</summary>
    public bool MayStandAlone => IsSwitch || (Name == "Root" && !IsOwn);

    /// <summary>Whether it takes any number of values.</summary>
    public bool TakesMany => Type.IsArray;

    /// <summary>What is wrong with a value: null when nothing is; else what would be right.</summary>
    public string? Refuse(string value)
    {
        if (Values is not null)
        {
            var comparer = IsOwn && Type == typeof(string) ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
            return Values.Contains(value, comparer) ? null : ExpectedOneOf(value);
        }

        if (Type == typeof(string) || Type.IsArray)
            return null;

        return Converts(value) ? null : Expected();
    }

    /// <summary>Dashes, underscores and case do not count in names.</summary>
    public static string Normalized(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static string DashedName(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter)
            ? $"-{char.ToLowerInvariant(letter)}"
            : $"{char.ToLowerInvariant(letter)}"));

    private bool Converts(string value)
    {
        try
        {
            return TypeDescriptor.GetConverter(Type).ConvertFromString(null, CultureInfo.InvariantCulture, value) is not null;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private string ExpectedOneOf(string value) =>
        $"one of {string.Join(", ", Values!)}{Spelling.DidYouMean(value, Values!)}";

    private string Expected() => Type switch
    {
        _ when Type == typeof(int) => "a whole number such as 10",
        _ when Type == typeof(double) || Type == typeof(decimal) => "a number such as 0.5",
        _ when Type == typeof(bool) => "true or false",
        _ when Type == typeof(LoadTesting.Model.Duration) => LoadTesting.Model.Duration.Expected,
        _ => $"a value of type {Type.Name}",
    };
}
