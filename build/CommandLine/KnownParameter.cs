using System.ComponentModel;
using System.Globalization;

namespace CommandLine;

/// <summary>A parameter of the build, as far as its values can be checked before NUKE reads them.</summary>
/// <param name="Name">Its member name, <c>ParticipantsPerVm</c>.</param>
/// <param name="Type">The type of its value, without Nullable.</param>
/// <param name="Values">The only values it takes; null: any of its type.</param>
/// <param name="IsOwn">Whether it is ours, not one of NUKE's.</param>
/// <param name="Help">Its help.</param>
internal sealed record KnownParameter(string Name, Type Type, IEnumerable<string>? Values, bool IsOwn, ParameterHelp Help)
{
    /// <summary>Its name on the command line, <c>--participants-per-vm</c>.</summary>
    public string Dashed => "--" + DashedName(Name);

    /// <summary>Whether it is true when given without a value.</summary>
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
            var known = Values.Contains(value, IsOwn ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
            return known ? null : $"one of {string.Join(", ", Values)}{Spelling.DidYouMean(value, Values)}";
        }

        if (Type == typeof(string) || Type.IsArray)
            return null;

        return Converted(value) is { } converted && Help.Range?.Contains(converted) != false ? null : Expected;
    }

    /// <summary>Dashes, underscores and case do not count in names.</summary>
    public static string Normalized(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    /// <summary>A member's name as the command line has it, without the two dashes before it.</summary>
    public static string DashedName(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"-{letter}" : $"{letter}")).ToLowerInvariant();

    private object? Converted(string value)
    {
        try
        {
            return TypeDescriptor.GetConverter(Type).ConvertFromString(null, CultureInfo.InvariantCulture, value);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return null;
        }
    }

    private string Expected => IsSwitch ? "true or false" : $"a {Kind}, {Help.Range?.Text}, such as {Help.Example}";

    private string Kind => Type == typeof(int) ? "whole number" : Type == typeof(LoadTesting.Model.Duration) ? "duration" : "number";
}
