using System.Collections;
using Rehearsal;

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

        var folder = Path.Combine(RootFolder.Chosen, ".nuke");
        var profiles = Profiles(words, variables);
        var scenario = Scenario(words, variables, folder, profiles);
        if (scenario is { ImpliesProfile: true })
        {
            Environment.SetEnvironmentVariable(ProfileVariable, AskedScenario.Profile);
            profiles = [AskedScenario.Profile];
            Console.WriteLine($"--rehearsal-scenario: --profile {AskedScenario.Profile} is taken with it.");
        }

        ParameterProblem[] problems =
        [
            .. CommandLineCheck.Problems(words, catalog),
            .. EnvironmentCheck.Problems(variables, catalog),
            .. ParametersFileCheck.Folder(folder, profiles, catalog),
            .. scenario?.Problem is { } contradiction ? [contradiction] : (ParameterProblem[])[],
        ];
        if (problems.Length == 0 && RootFolder.Problem() is { } unusable)
            problems = [unusable];
        if (problems.Length == 0)
            return null;

        Console.Error.WriteLine(ParameterProblem.Error(problems).Message);
        return ExitCodes.InvalidParameters;
    }

    /// <summary>What a command that names a scenario names beside it; null when it names none.</summary>
    private static AskedScenario? Scenario(string[] words, Dictionary<string, string> variables, string folder,
        IReadOnlyList<string> profiles) => CommandLineCheck.ValuesOf(words, "--rehearsal-scenario") is null
            ? null
            : new AskedScenario(
                Given(words, variables, "--cloud").Concat(profiles.Select(profile => Profile.CloudOf(folder, profile)).OfType<string>())
                    .FirstOrDefault(), profiles);

    private static IReadOnlyList<string> Profiles(string[] words, Dictionary<string, string> variables) =>
        [.. Given(words, variables, "--profile").SelectMany(word => word.Split('+'))];

    /// <summary>The command line wins over the environment, as it does in NUKE.</summary>
    private static IEnumerable<string> Given(string[] words, Dictionary<string, string> variables, string name)
    {
        var wanted = KnownParameter.Normalized(name);
        return CommandLineCheck.ValuesOf(words, name) is { Count: > 0 } asked
            ? asked
            : variables.Where(variable => KnownParameter.Normalized(variable.Key) is var key && (key == wanted || key == $"nuke{wanted}"))
                .Select(variable => variable.Value);
    }

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => entry.Value as string ?? "");
}
