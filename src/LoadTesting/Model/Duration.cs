using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace LoadTesting.Model;

/// <summary>A length of time as people write it: <c>5m</c>, <c>90s</c>, <c>1h30m</c>, <c>250ms</c> or <c>00:05:00</c>.</summary>
/// <param name="Value">The length of time.</param>
[TypeConverter(typeof(DurationConverter))]
public readonly record struct Duration(TimeSpan Value) : IParsable<Duration>
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Name, double Seconds)[] Units = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1), ("ms", 1 / 1000d)];

    private static readonly TimeSpan Max = TimeSpan.FromDays(365);

    /// <summary>Reads a duration; false when the text is none, or negative, or too long to be one.</summary>
    public static bool TryParse(string? text, out Duration duration)
    {
        duration = default;
        var rest = text.AsSpan().Trim();
        if (rest.Contains(':'))
            return Clock(rest, ref duration);

        var seconds = rest.IsEmpty ? double.NaN : 0;
        foreach (var (name, length) in Units)
        {
            var number = rest[..Math.Max(rest.IndexOfAnyExcept(Digits), 0)];
            var unit = rest[number.Length..];
            var end = unit.IndexOfAny(Digits);
            if (!unit[..(end < 0 ? unit.Length : end)].SequenceEqual(name))
                continue;
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                return false;

            seconds += value * length;
            rest = unit[name.Length..];
        }

        if (!rest.IsEmpty || !(seconds <= Max.TotalSeconds))
            return false;

        duration = new Duration(TimeSpan.FromSeconds(seconds));
        return true;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Duration result) => TryParse(s, out result);

    /// <inheritdoc/>
    public static Duration Parse(string s, IFormatProvider? provider) =>
        TryParse(s, out var duration) ? duration : throw new FormatException($"'{s}' is not a duration such as 5m, 90s, 1h30m or 00:05:00");

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

    private static bool Clock(ReadOnlySpan<char> text, ref Duration duration)
    {
        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) || value < TimeSpan.Zero || value > Max)
            return false;

        duration = new Duration(value);
        return true;
    }
}

/// <summary>Lets command lines, environment variables and JSON files hold a <see cref="Duration"/>.</summary>
public sealed class DurationConverter : TypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    /// <inheritdoc/>
    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        Duration.Parse(value as string ?? "", culture);
}
