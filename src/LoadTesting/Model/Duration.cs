using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LoadTesting.Model;

/// <summary>A length of time as people write it: <c>5m</c>, <c>90s</c>, <c>1h30m</c>, <c>250ms</c> or <c>00:05:00</c>.</summary>
/// <param name="Value">The length of time.</param>
[TypeConverter(typeof(DurationConverter))]
public readonly partial record struct Duration(TimeSpan Value)
{
    /// <summary>What a duration looks like, for error messages.</summary>
    public const string Expected = "a duration such as 5m, 90s, 1h30m or 00:05:00";

    private static readonly TimeSpan Max = TimeSpan.FromDays(365);

    /// <summary>Reads a duration; false when the text is none, or negative, or too long to be one.</summary>
    public static bool TryParse(string? text, out Duration duration)
    {
        duration = default;
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Contains(':', StringComparison.Ordinal))
            return Clock(trimmed, ref duration);

        var match = Parts().Match(trimmed);
        if (!match.Success || trimmed.Length == 0)
            return false;

        var seconds = (Part(match, "d") * 86_400) + (Part(match, "h") * 3600) + (Part(match, "m") * 60) + Part(match, "s") + (Part(match, "ms") / 1000);
        if (!(seconds <= Max.TotalSeconds))
            return false;

        duration = new Duration(TimeSpan.FromSeconds(seconds));
        return true;
    }

    /// <summary>The shortest way to write it: <c>1h30m</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, Value.Days, "d");
        Append(text, Value.Hours, "h");
        Append(text, Value.Minutes, "m");
        Append(text, Value.Seconds, "s");
        Append(text, Value.Milliseconds, "ms");
        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static void Append(StringBuilder text, int value, string unit)
    {
        if (value != 0)
            text.Append($"{value}{unit}");
    }

    private static bool Clock(string text, ref Duration duration)
    {
        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) || value < TimeSpan.Zero || value > Max)
            return false;

        duration = new Duration(value);
        return true;
    }

    private static double Part(Match match, string name) =>
        match.Groups[name] is { Success: true } group ? double.Parse(group.Value) : 0;

    [GeneratedRegex(
        @"^(?=.)((?<d>[0-9]{1,9}(\.[0-9]+)?)d)?((?<h>[0-9]{1,9}(\.[0-9]+)?)h)?((?<m>[0-9]{1,9}(\.[0-9]+)?)m(?!s))?((?<s>[0-9]{1,9}(\.[0-9]+)?)s)?((?<ms>[0-9]{1,9}(\.[0-9]+)?)ms)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}

/// <summary>Lets command lines, environment variables and JSON files hold a <see cref="Duration"/>.</summary>
public sealed class DurationConverter : TypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    /// <inheritdoc/>
    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        Duration.TryParse(value as string, out var duration)
            ? duration
            : throw new FormatException($"'{value}' is not {Duration.Expected}");
}
