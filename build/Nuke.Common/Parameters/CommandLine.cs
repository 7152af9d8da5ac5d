namespace Nuke.Common.Parameters;

/// <summary>The words the program was started with: targets first, then parameters, each with the words up to the next one.</summary>
internal sealed class CommandLine(IEnumerable<string> words)
{
    public IReadOnlyList<string> Words { get; } = [.. words];

    /// <summary>Whether the parameter is there, with or without words.</summary>
    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>The value of a parameter; the type's default when it is not there.</summary>
    public object? Named(string name, ValueShape shape) =>
        IndexOf(name) is >= 0 and var index ? Convert(name, WordsFrom(index + 1), shape) : ValueConversion.DefaultOf(shape.Type);

    /// <summary>The words before the first parameter; the type's default when there are none.</summary>
    public object? Positional(ValueShape shape) =>
        WordsFrom(0) is { Length: > 0 } positional ? Convert("$all-positional", positional, shape) : ValueConversion.DefaultOf(shape.Type);

    private static bool IsParameter(string word) => word.StartsWith('-');

    // The last one of the same name wins.
    private int IndexOf(string name) => Words.ToList().FindLastIndex(word =>
        IsParameter(word) && ParameterNames.Undashed(word).Equals(ParameterNames.Undashed(name), OrdinalIgnoreCase));

    private string[] WordsFrom(int index) => [.. Words.Skip(index).TakeWhile(word => !IsParameter(word))];

    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "whatever is wrong with a value is told with the words it came from")]
    private object? Convert(string name, string[] values, ValueShape shape)
    {
        if (shape.Separator is { } separator && values.Any(value => value.Contains(separator, Ordinal)))
        {
            Assert.True(
                values.Length == 1,
                $"Argument '{name}' with values [ {string.Join(", ", values)} ] cannot be split with separator '{separator}'");
            values = values[0].Split(separator);
        }

        try
        {
            return ValueConversion.FromWords(values, shape.Type, booleanDefault: true);
        }
        catch (Exception exception)
        {
            Assert.Fail(string.Join(
                Environment.NewLine,
                [
                    $"Resolving argument '{name}' failed.", exception.Message, "Arguments were:",
                    .. Words.Select((word, i) => $"  [{i}] = {word}"),
                ]));
            return null;
        }
    }
}
