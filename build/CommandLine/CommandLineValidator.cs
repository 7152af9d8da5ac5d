using System.Collections;

namespace CommandLine;

/// <summary>
/// Runs before NUKE, which warns of a wrong value and continues with the default, and ignores a parameter that does not exist. Here either
/// ends the program before anything is created.
/// </summary>
internal static class CommandLineValidator
{
    private const string GenerateConfiguration = "--generate-configuration";
    private const string ProfileVariable = "NUKE_PROFILE";

    /// <summary>Prints every problem and returns the exit code; null when there is none.</summary>
    /// <param name="build">The build class.</param>
    public static int? Validate(Type build)
    {
        var catalog = Catalog.Of(build);
        var words = Environment.GetCommandLineArgs()[1..];
        var variables = Variables();
        foreach (var misread in EnvironmentCheck.Misread(variables.Keys, catalog).Concat(EnvironmentCheck.Empty(variables, catalog)))
        {
            variables.Remove(misread);
            Environment.SetEnvironmentVariable(misread, null);
        }

        if (words is [GenerateConfiguration, ..])
            return null;

        ParameterProblem[] problems =
        [
            .. CommandLineCheck.Problems(words, catalog),
            .. EnvironmentCheck.Problems(variables, catalog),
            .. ParametersFileCheck.Folder(Path.Combine(RootFolder.Chosen, ".nuke"), Profiles(words, variables), catalog),
        ];
        if (problems.Length == 0 && RootFolder.Problem() is { } unusable)
            problems = [unusable];
        if (problems.Length == 0)
            return null;

        Console.Error.WriteLine(ParameterProblem.Error(problems).Message);
        return ExitCodes.InvalidParameters;
    }

    /// <summary>The command line wins over the environment, as it does in NUKE.</summary>
    private static IReadOnlyList<string> Profiles(string[] words, Dictionary<string, string> variables) =>
        CommandLineCheck.ValuesOf(words, "--profile") is { Count: > 0 } asked
            ? [.. asked.SelectMany(word => word.Split('+'))]
            : [.. variables.Where(variable => KnownParameter.Normalized(variable.Key) == KnownParameter.Normalized(ProfileVariable))
                .Select(variable => variable.Value)];

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => entry.Value as string ?? "");
}
