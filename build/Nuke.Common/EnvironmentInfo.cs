using System.Collections;
using Nuke.Common.Parameters;

namespace Nuke.Common;

/// <summary>What the process was started with and where it runs.</summary>
internal static class EnvironmentInfo
{
    /// <summary>The words of the command line.</summary>
    public static CommandLine CommandLine { get; } = new(Environment.GetCommandLineArgs().Skip(1));

    /// <summary>The environment variables, as they are now.</summary>
    public static IReadOnlyDictionary<string, string> Variables => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    /// <summary>The operating system, as NUKE calls it.</summary>
    public static string Platform =>
        OperatingSystem.IsLinux() ? "Linux" : OperatingSystem.IsMacOS() ? "OSX" : OperatingSystem.IsWindows() ? "Windows" : "Unknown";
}
