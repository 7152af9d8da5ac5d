namespace CommandLine;

/// <summary>
/// Finds environment variables that NUKE would misread: two spellings of one parameter (it drops both), a value that does not
/// convert (it keeps the default). Pure.
/// </summary>
internal static class EnvironmentCheck
{
    /// <summary>Every problem of an environment.</summary>
    public static IReadOnlyList<ParameterProblem> Problems(IReadOnlyDictionary<string, string> variables, Catalog catalog) =>
        [.. catalog.Parameters.SelectMany(parameter => Problems(parameter, variables))];

    /// <summary>
    /// Variables that other programs set and NUKE would take for its own parameters: HOST and VERBOSITY end it with a crash, TARGET and
    /// PROFILE change what it does. With NUKE_ before them they are meant.
    /// </summary>
    public static IReadOnlyList<string> Misread(IEnumerable<string> variables, Catalog catalog) =>
    [
        .. variables.Where(variable => !variable.StartsWith("NUKE", StringComparison.OrdinalIgnoreCase)
            && catalog.Find(variable) is { IsOwn: false }),
    ];

    /// <summary>
    /// Variables of parameters that have no value: a workflow sets them for inputs that were left empty and secrets that were not stored.
    /// NUKE would take the empty text for the value.
    /// </summary>
    public static IReadOnlyList<string> Empty(IReadOnlyDictionary<string, string> variables, Catalog catalog) =>
    [
        .. variables
            .Where(variable => variable.Value.Length == 0 && catalog.Parameters.Any(parameter => Means(variable.Key, parameter)))
            .Select(variable => variable.Key),
    ];

    private static bool Means(string variable, KnownParameter parameter) =>
        KnownParameter.Normalized(parameter.Name) is var wanted && KnownParameter.Normalized(variable) is var name
        && (name == wanted || name == $"nuke{wanted}");

    private static IEnumerable<ParameterProblem> Problems(KnownParameter parameter, IReadOnlyDictionary<string, string> variables)
    {
        var spellings = Spellings(parameter, variables.Keys);
        if (spellings.Count > 1 && !spellings.Contains(parameter.Name))
        {
            yield return new ParameterProblem(parameter.Dashed, string.Join(" and ", spellings),
                "one spelling of it in the environment: unset all but one");
            yield break;
        }

        foreach (var name in spellings.Take(1).Where(name => variables[name].Length > 0))
        {
            var value = variables[name];
            if (parameter.Refuse(value) is { } expected)
                yield return new ParameterProblem($"{parameter.Dashed} (environment variable {name})", value, expected);
        }
    }

    /// <summary>The variables that NUKE would bind to a parameter, an exact spelling first.</summary>
    private static List<string> Spellings(KnownParameter parameter, IEnumerable<string> variables) =>
        [.. variables.Where(name => Means(name, parameter))
            .OrderBy(name => name != parameter.Name).ThenBy(name => name, StringComparer.Ordinal)];
}
