using Nuke.Common;

namespace CommandLine;

/// <summary>
/// The folder that has <c>.nuke</c> in it. NUKE itself can be asked only when its own parameters are known to be right: it crashes
/// where one is wrong.
/// </summary>
internal static class RootFolder
{
    /// <summary>The variable that names it; build.sh sets it.</summary>
    public const string Variable = "NUKE_ROOT";

    private const string Parameter = "--root";

    /// <summary>As the command line names it, else the environment; null where neither does.</summary>
    public static string? Named => CommandLineCheck.ValuesOf(Environment.GetCommandLineArgs()[1..], Parameter) is { } words
        ? Path.GetFullPath(words is [var folder, ..] ? folder : ".")
        : Environment.GetEnvironmentVariable(Variable);

    /// <summary>The one that is named, else the nearest upwards that has been one, else the working directory.</summary>
    public static string Chosen => Named ?? Spelling(Environment.CurrentDirectory) ?? Environment.CurrentDirectory;

    /// <summary>Why NUKE cannot work there; null where it can.</summary>
    public static ParameterProblem? Problem()
    {
        try
        {
            _ = NukeBuild.RootDirectory;
            return null;
        }
        catch (TypeInitializationException error)
        {
            return new ParameterProblem(Parameter, Chosen, $"a folder that can be written, with .nuke in it: {error.GetBaseException().Message}");
        }
    }

    // The home directory has a .nuke of NUKE's own.
    private static string? Spelling(string? folder)
    {
        while (folder is not null && (!Directory.Exists(Path.Combine(folder, ".nuke")) || folder == Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)))
            folder = Path.GetDirectoryName(folder);
        return folder;
    }
}
