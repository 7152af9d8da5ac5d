using System.Collections;
using System.Collections.ObjectModel;
using Nuke.Common.IO;
using Nuke.Common.Parameters;

namespace Nuke.Common;

/// <summary>A family of operating systems.</summary>
public enum PlatformFamily
{
    /// <summary>None of the others.</summary>
    Unknown,

    /// <summary>Windows.</summary>
    Windows,

    /// <summary>Linux.</summary>
    Linux,

    /// <summary>macOS.</summary>
    OSX,
}

/// <summary>What the process was started with and where it runs.</summary>
public static class EnvironmentInfo
{
    /// <summary>The words of the command line.</summary>
    public static IReadOnlyCollection<string> CommandLineArguments => CommandLine.Words;

    /// <summary>The environment variables.</summary>
    public static ReadOnlyDictionary<string, string> Variables =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(x => (string)x.Key, x => (string)x.Value!, StringComparer.Ordinal).AsReadOnly();

    /// <summary>The working directory.</summary>
    public static AbsolutePath WorkingDirectory
    {
        get => Environment.CurrentDirectory;
        set => Environment.CurrentDirectory = value;
    }

    /// <summary>The operating system.</summary>
    public static PlatformFamily Platform =>
        OperatingSystem.IsLinux() ? PlatformFamily.Linux
        : OperatingSystem.IsMacOS() ? PlatformFamily.OSX
        : OperatingSystem.IsWindows() ? PlatformFamily.Windows
        : PlatformFamily.Unknown;

    /// <summary>Whether this is Linux.</summary>
    public static bool IsLinux => Platform == PlatformFamily.Linux;

    /// <summary>Whether this is macOS.</summary>
    public static bool IsOsx => Platform == PlatformFamily.OSX;

    /// <summary>Whether this is Linux or macOS.</summary>
    public static bool IsUnix => IsLinux || IsOsx;

    /// <summary>Whether this is Windows.</summary>
    public static bool IsWin => !IsUnix;

    internal static CommandLine CommandLine { get; } = new(Environment.GetCommandLineArgs().Skip(1));

    /// <summary>Whether the parameter was given on the command line; case and dashes do not matter.</summary>
    public static bool HasArgument(string name) => CommandLine.Has(name);

    /// <summary>Whether the environment variable exists.</summary>
    public static bool HasVariable(string name, bool allowEmpty = true) =>
        GetVariable(name) is { } value && (allowEmpty || value.Length > 0);

    /// <summary>The value of the environment variable, or null.</summary>
    public static string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);

    /// <summary>The value of the environment variable as a <typeparamref name="T"/>, or its default.</summary>
    public static T? GetVariable<T>(string name, char? separator = null) => GetVariable(name) is { } value
        ? (T?)ValueConversion.FromText(value, new ValueShape(typeof(T), separator), booleanDefault: false)
        : default;

    /// <summary>Sets the environment variable, for this process and those it starts.</summary>
    public static void SetVariable(string name, string? value) => Environment.SetEnvironmentVariable(name, value);
}
