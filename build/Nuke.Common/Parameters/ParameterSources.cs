namespace Nuke.Common.Parameters;

/// <summary>Where values come from: the command line before the environment before the parameter files.</summary>
/// <param name="commandLine">The words of the command line.</param>
/// <param name="variables">Reads the environment; it may change while the build runs.</param>
internal sealed class ParameterSources(CommandLine commandLine, Func<IReadOnlyDictionary<string, string>> variables)
{
    /// <summary>The parameter files; null until they are known.</summary>
    public ParameterFiles? Files { get; set; }

    /// <summary>
    /// The value of the first source that has one; a value that cannot be converted is an error, not the next source's turn.
    /// </summary>
    public object? Get(string name, ValueShape shape) =>
        (commandLine.Has(name) ? commandLine.Named(name, shape) : null)
        ?? (name == ParameterNames.Targets ? commandLine.Positional(shape) : null)
        ?? FromEnvironment(name, shape)
        ?? Files?.Get(name, shape.Type);

    private static string LettersAndDigits(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "whatever is wrong with a value is told with the variable's text")]
    private object? FromEnvironment(string name, ValueShape shape)
    {
        if (Find(name) is not { } text)
            return ValueConversion.DefaultOf(shape.Type);

        try
        {
            return ValueConversion.FromText(text, shape, booleanDefault: false);
        }
        catch (Exception exception)
        {
            Assert.Fail(string.Join(
                Environment.NewLine, exception.Message, $"Resolving parameter '{name}' failed. Environment variable was:", text));
            return null;
        }
    }

    // The exact name wins; else case, '_' and '-' do not matter, and NUKE_ may stand before it.
    private string? Find(string name)
    {
        var all = variables();
        if (all.TryGetValue(name, out var exact))
            return exact;

        var wanted = LettersAndDigits(name);
        var alternatives = all.Where(variable => LettersAndDigits(variable.Key) is var key
            && (key.Equals(wanted, OrdinalIgnoreCase)
                || key.Equals($"NUKE{wanted}", OrdinalIgnoreCase))).ToList();
        if (alternatives.Count > 1)
            Log.Warning("Could not resolve {VariableName} since multiple values are provided", name);
        return alternatives.Count == 1 ? alternatives[0].Value : null;
    }
}
