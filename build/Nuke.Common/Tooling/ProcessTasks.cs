using System.Diagnostics;
using Serilog.Events;

namespace Nuke.Common.Tooling;

/// <summary>Starts processes and logs what they write.</summary>
public static class ProcessTasks
{
    /// <summary>
    /// Starts a program with arguments from an interpolated string, which quotes them and hides those formatted <c>r</c>. NUKE has more
    /// parameters between these: they are named in a call.
    /// </summary>
    /// <param name="toolPath">The program: a path, or a name to look for on PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="workingDirectory">Where; null is the working directory of the build.</param>
    /// <param name="logger">Logs a line; null logs the standard output as debug messages, the standard error as errors.</param>
    public static IProcess StartProcess(
        string toolPath, ArgumentStringHandler arguments, string? workingDirectory = null, Action<OutputType, string>? logger = null) =>
        Start(toolPath, arguments.ToStringAndClear(), workingDirectory, logger, arguments.GetFilter());

    /// <summary>Starts a program with arguments that are text already.</summary>
    /// <inheritdoc cref="StartProcess(string, ArgumentStringHandler, string, Action{OutputType, string})"/>
    public static IProcess StartProcess(
        string toolPath, string? arguments = null, string? workingDirectory = null, Action<OutputType, string>? logger = null) =>
        Start(toolPath, arguments ?? string.Empty, workingDirectory, logger, text => text);

    /// <summary>Waits for the end of the process.</summary>
    public static IProcess AssertWaitForExit(this IProcess? process)
    {
        ((StartedProcess)process.NotNull()).WaitForExit();
        return process;
    }

    /// <summary>Waits for the end of the process; fails unless its exit code is zero.</summary>
    public static IProcess AssertZeroExitCode(this IProcess? process)
    {
        var ended = process.AssertWaitForExit();
        return ended.ExitCode == 0 ? ended : throw new ProcessException((StartedProcess)ended);
    }

    private static StartedProcess Start(
        string toolPath, string arguments, string? workingDirectory, Action<OutputType, string>? logger, Func<string, string> filter)
    {
        var program = toolPath.Contains(Path.DirectorySeparatorChar, Ordinal) ? toolPath : FindOnPath(toolPath);
        var directory = workingDirectory ?? Environment.CurrentDirectory;
        Assert.FileExists(program);
        Assert.True(Directory.Exists(directory), $"Expected directory to exist: {directory}");
        Log.Information("> {ToolPath} {Arguments}", program.DoubleQuoteIfNeeded(), filter(arguments));
        var level = directory == Environment.CurrentDirectory ? LogEventLevel.Verbose : LogEventLevel.Information;
        Log.Write(level, "@ {WorkingDirectory}", directory);
        var startInfo = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        return new StartedProcess(startInfo, logger ?? LogLine, filter);
    }

    private static void LogLine(OutputType type, string line) =>
        Log.Write(type == OutputType.Std ? LogEventLevel.Debug : LogEventLevel.Error, line);

    private static string FindOnPath(string name)
    {
        string[] names = OperatingSystem.IsWindows() ? [name, name + ".exe", name + ".cmd"] : [name];
        var path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(directory => names.Select(file => Path.Combine(directory, file)))
            .FirstOrDefault(File.Exists)
            .NotNull($"Could not find '{name}' on PATH");
    }
}
