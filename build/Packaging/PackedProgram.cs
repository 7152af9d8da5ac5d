using CommandLine;

namespace Packaging;

/// <summary>The program as Pack packs it: it needs no checkout, and has the profiles beside it.</summary>
internal static class PackedProgram
{
    /// <summary>The folder of the profiles, beside the program; a program in a checkout has none.</summary>
    public const string Profiles = "profiles";

    private static string BesideIt => Path.Combine(AppContext.BaseDirectory, Profiles);

    /// <summary>Whether this is it.</summary>
    public static bool Runs => Directory.Exists(BesideIt);

    /// <summary>
    /// Chooses the root directory before NUKE looks for it: where none is named, the nearest folder upwards that has been one, else the
    /// working directory. The profiles that it lacks are put there, where NUKE reads them and people change them.
    /// </summary>
    public static void SettleIn()
    {
        if (!Runs)
            return;

        if (RootFolder.Named is null)
            Environment.SetEnvironmentVariable(RootFolder.Variable, RootFolder.Chosen);
        try
        {
            PutProfiles(Directory.CreateDirectory(Path.Combine(RootFolder.Chosen, ".nuke")).FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The gate refuses such a root, and shows why.
        }
    }

    private static void PutProfiles(string folder)
    {
        foreach (var profile in Directory.EnumerateFiles(BesideIt))
        {
            var kept = Path.Combine(folder, Path.GetFileName(profile));
            if (!File.Exists(kept))
                File.Copy(profile, kept);
        }
    }
}
