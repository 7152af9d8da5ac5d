using System.Collections;
using LoadTesting;
using LoadTesting.Plan;
using Nuke.Common;

namespace CommandLine;

/// <summary>
/// Stands before NUKE, which warns of a wrong value and goes on with the default, and passes over a parameter that does not
/// exist: here either ends the program before anything is created.
/// </summary>
internal static class Gate
{
    /// <summary>Prints every problem and returns the exit code; null when there is none.</summary>
    /// <param name="build">The build class.</param>
    public static int? Refuse(Type build)
    {
        var catalog = Catalog.Of(build);
        var words = Environment.GetCommandLineArgs()[1..];
        var variables = Variables();
        foreach (var misread in EnvironmentCheck.Misread(variables.Keys, catalog))
            Environment.SetEnvironmentVariable(misread, null);

        ParameterProblem[] problems =
        [
            .. CommandLineCheck.Problems(words, catalog),
            .. EnvironmentCheck.Problems(variables, catalog),
            .. ParametersFileCheck.Folder(ParametersFolder(), CommandLineCheck.Profiles(words, catalog), catalog),
        ];
        if (problems.Length == 0)
            return null;

        Console.Error.WriteLine(ParameterProblem.Error(problems).Message);
        return ExitCodes.InvalidParameters;
    }

    private static string ParametersFolder() => NukeBuild.RootDirectory / ".nuke";

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => entry.Value as string ?? "", StringComparer.Ordinal);
}
