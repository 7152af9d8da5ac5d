using System.Runtime.CompilerServices;

namespace Nuke.Common.Tooling;

/// <summary>
/// Builds the arguments of a process from an interpolated string: values with blanks are quoted. The format <c>r</c> hides a value in
/// all output, <c>nq</c> leaves it unquoted.
/// </summary>
/// <param name="literalLength">The length of the text.</param>
/// <param name="formattedCount">The number of values.</param>
[InterpolatedStringHandler]
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types",
    Justification = "made by the compiler, for one call")]
public ref struct ArgumentStringHandler(int literalLength, int formattedCount)
{
    private readonly List<string> _secrets = [];
    private DefaultInterpolatedStringHandler _builder = new(literalLength, formattedCount);

    /// <summary>Arguments that are text already.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "made by the compiler")]
    public static implicit operator ArgumentStringHandler(string value) => $"{value:nq}";

    /// <summary>Adds text.</summary>
    public void AppendLiteral(string value) => _builder.AppendLiteral(value);

    /// <summary>Adds a value.</summary>
    public void AppendFormatted<T>(T value, int alignment = 0, string? format = null)
    {
        var text = value is not IFormattable || format is "r" or "nq" ? value?.ToString() ?? string.Empty : $"{value}";
        if (format == "r")
            _secrets.Add(text);
        _builder.AppendFormatted(format is "r" or "nq" ? text : text.DoubleQuoteIfNeeded(), alignment);
    }

    /// <summary>The arguments; the handler cannot be used again.</summary>
    public string ToStringAndClear() => _builder.ToStringAndClear();

    /// <summary>Replaces the hidden values in a text.</summary>
    public readonly Func<string, string> GetFilter()
    {
        var secrets = _secrets;
        return text => secrets.Aggregate(text, (rest, secret) => rest.Replace(secret, "[REDACTED]", Ordinal));
    }
}

/// <summary>Quotes arguments.</summary>
internal static class Quoting
{
    public static string DoubleQuote(this string text) => $"\"{text.Replace("\"", "\\\"", Ordinal)}\"";

    public static string DoubleQuoteIfNeeded(this string text) =>
        text.Contains(' ', Ordinal) && !text.StartsWith('"') ? text.DoubleQuote() : text;
}
