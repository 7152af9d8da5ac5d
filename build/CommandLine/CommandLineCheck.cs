namespace CommandLine;

/// <summary>
/// Finds what NUKE would ignore in silence: a target or parameter that does not exist, a value that does not convert, a word too many.
/// Pure.
/// </summary>
internal static class CommandLineCheck
{
    /// <summary>Every problem of a command line.</summary>
    /// <param name="words">The command line, without the program.</param>
    /// <param name="catalog">The parameters and targets there are.</param>
    public static IReadOnlyList<ParameterProblem> Problems(IReadOnlyList<string> words, Catalog catalog)
    {
        var targets = words.TakeWhile(word => !IsParameter(word)).ToList();
        var problems = targets.SelectMany(word => word.Split('+')).Select(word => Target(word, catalog)).ToList();
        for (var i = targets.Count; i < words.Count;)
        {
            var values = words.Skip(i + 1).TakeWhile(word => !IsParameter(word)).ToList();
            problems.AddRange(Parameter(words[i], values, catalog));
            i += 1 + values.Count;
        }

        return [.. problems.OfType<ParameterProblem>()];
    }

    /// <summary>The words that a command line gives to a parameter; null where it does not name it. The last counts, as in NUKE.</summary>
    /// <param name="words">The command line, without the program.</param>
    /// <param name="name">The parameter.</param>
    public static IReadOnlyList<string>? ValuesOf(IReadOnlyList<string> words, string name)
    {
        var at = words.ToList()
            .FindLastIndex(word => IsParameter(word) && KnownParameter.Normalized(word) == KnownParameter.Normalized(name));
        return at < 0 ? null : [.. words.Skip(at + 1).TakeWhile(word => !IsParameter(word))];
    }

    /// <summary>A word that begins with a dash and is no negative number.</summary>
    private static bool IsParameter(string word) => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]) && word[1] != '.';

    private static ParameterProblem? Target(string word, Catalog catalog)
    {
        var name = KnownParameter.Normalized(word);
        return catalog.Targets.Any(target => KnownParameter.Normalized(target) == name)
            ? null
            : new ParameterProblem("target", word,
                $"one of {string.Join(", ", catalog.Targets.Order(StringComparer.Ordinal))}{Spelling.DidYouMean(word, catalog.Targets)}");
    }

    private static IEnumerable<ParameterProblem?> Parameter(string word, List<string> values, Catalog catalog)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
        {
            var meant = catalog.Find(word[..equals])?.Dashed ?? word[..equals];
            return [new ParameterProblem(word[..equals], word, $"name and value as two words: {meant} {word[(equals + 1)..]}")];
        }

        if (catalog.Find(word) is not { } parameter)
            return [Unknown(word, catalog)];

        return Values(parameter, values, catalog);
    }

    private static ParameterProblem Unknown(string word, Catalog catalog)
    {
        var near = Spelling.DidYouMean(word, catalog.Parameters.Select(parameter => parameter.Dashed));
        return new ParameterProblem(word, word, $"a parameter that exists{near}");
    }

    private static IEnumerable<ParameterProblem?> Values(KnownParameter parameter, List<string> values, Catalog catalog) => parameter switch
    {
        { TakesMany: true, Name: "Target" or "Skip" } => values.SelectMany(value => value.Split('+'))
            .Select(value => Target(value, catalog) is { } problem ? problem with { Parameter = parameter.Dashed } : null),
        { TakesMany: true } => [],
        _ => [First(parameter, values.FirstOrDefault(), catalog),
            .. values.Skip(1).Select(stray => Stray(parameter.Dashed, stray, catalog))],
    };

    private static ParameterProblem? First(KnownParameter parameter, string? value, Catalog catalog)
    {
        if (value is null)
            return parameter.MayStandAlone ? null : new ParameterProblem(parameter.Dashed, "", parameter.Refuse("") ?? "a value after it");
        if (parameter.IsSwitch && IsTarget(value, catalog))
            return Stray(parameter.Dashed, value, catalog);

        // NUKE takes a word with a dash for the next parameter, also a number, and keeps the default of this one.
        var expected = value.StartsWith('-')
            ? $"{parameter.Refuse("") ?? "a value"}, none that begins with a dash"
            : parameter.Refuse(value);
        return expected is null ? null : new ParameterProblem(parameter.Dashed, value, expected);
    }

    private static bool IsTarget(string word, Catalog catalog) => Target(word, catalog) is null;

    private static ParameterProblem Stray(string parameter, string word, Catalog catalog) => new(
        parameter, word, IsTarget(word, catalog)
            ? $"targets before the first parameter: ./build.sh {word} {parameter} ..."
            : $"one value only{Spelling.DidYouMean(word, catalog.Targets)}");
}
