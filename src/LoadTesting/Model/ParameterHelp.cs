namespace LoadTesting.Model;

/// <summary>
/// All facts about a parameter, read from its help text:
/// <c>What it is. Range: 1 to 9 VMs. Choices: a, b. Default: 5 (note). Example: 3</c>.
/// The texts are the constants of <see cref="FleetHelp"/> and its like; no default, range or choice is written elsewhere.
/// </summary>
/// <param name="Text">The help text. Each part but the first is optional; none ends with a full stop.</param>
internal sealed record ParameterHelp(string Text)
{
    /// <summary>What the parameter is.</summary>
    public string Meaning => Text.Split(". ")[0];

    /// <summary>The numbers or durations that it accepts; null: any.</summary>
    public ParameterRange? Range => Part("Range: ") is { } range ? new ParameterRange(range) : null;

    /// <summary>The only values that it accepts; none: any.</summary>
    public IReadOnlyList<string> Choices => Part("Choices: ")?.Split(", ") ?? [];

    /// <summary>Its default, in words where that is no fixed value; null: it has none.</summary>
    public string? Default => Part("Default: ");

    /// <summary>A value to begin with.</summary>
    public string? Example => Part("Example: ");

    /// <summary>The default value of a help text, typed and without its note.</summary>
    public static T DefaultOf<T>(string text)
        where T : IParsable<T> => T.Parse(DefaultOf(text), CultureInfo.InvariantCulture);

    /// <summary>The default value of a help text, without its note.</summary>
    public static string DefaultOf(string text) => new ParameterHelp(text).Default!.Split(" (")[0];

    /// <summary>The choices of a help text.</summary>
    public static IReadOnlyList<string> ChoicesOf(string text) => new ParameterHelp(text).Choices;

    private string? Part(string label) =>
        Text.Split(". ").FirstOrDefault(part => part.StartsWith(label, Ordinal))?[label.Length..];
}

/// <summary>
/// The numbers or durations that a parameter accepts: <c>1 to 9 VMs</c>, <c>0 or more</c>, <c>above 0s</c> or <c>above 0, at most 10</c>.
/// </summary>
/// <param name="Text">The range in words, with the unit at the end.</param>
internal sealed record ParameterRange(string Text)
{
    /// <summary>Whether a converted value is in the range.</summary>
    public bool Contains(object value)
    {
        var words = Text.Split(' ');
        var isAbove = words[0] == "above";
        var (number, low) = (Number(value), Number(words[isAbove ? 1 : 0].TrimEnd(',')));
        var high = 1 + Array.FindIndex(words, word => word is "to" or "most");
        return (isAbove ? number > low : number >= low) && (high == 0 || number <= Number(words[high]));
    }

    private static double Number(object value) => value switch
    {
        Duration duration => duration.Value.TotalSeconds,
        string text when Duration.TryParse(text, out var duration) => duration.Value.TotalSeconds,
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };
}
