using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Serilog;
using Serilog.Events;

namespace Nuke.Common.Tooling;

/// <summary>Starts processes and logs what they write.</summary>
[SuppressMessage("Major Code Smell", "S107:Methods should not have too many parameters", Justification = "NUKE's signatures")]
public static class ProcessTasks
{
    /// <summary>Starts a program with arguments from an interpolated string, which quotes them and hides those formatted <c>r</c>.</summary>
    public static IProcess StartProcess(
        string toolPath,
        ArgumentStringHandler arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string>? environmentVariables = null,
        int? timeout = null,
        bool? logOutput = null,
        bool? logInvocation = null,
        Action<OutputType, string>? logger = null) =>
        StartProcess(
            toolPath, arguments.ToStringAndClear(), workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, arguments.GetFilter());

    /// <summary>Starts a program: a path, or a name to look for on PATH.</summary>
    /// <param name="toolPath">The program.</param>
    /// <param name="arguments">Its arguments, quoted.</param>
    /// <param name="workingDirectory">Where; null is the working directory of the build.</param>
    /// <param name="environmentVariables">The whole environment; null is the build's.</param>
    /// <param name="timeout">How long to wait for its end, in milliseconds.</param>
    /// <param name="logOutput">Whether what it writes is logged; null is yes.</param>
    /// <param name="logInvocation">Whether the command is logged; null is yes.</param>
    /// <param name="logger">Logs a line; null logs the standard output as debug messages, the standard error as errors.</param>
    /// <param name="outputFilter">Changes each line and the logged arguments.</param>
    public static IProcess StartProcess(
        string toolPath,
        string? arguments = null,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string>? environmentVariables = null,
        int? timeout = null,
        bool? logOutput = null,
        bool? logInvocation = null,
        Action<OutputType, string>? logger = null,
        Func<string, string>? outputFilter = null)
    {
        var program = toolPath.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? toolPath : FindOnPath(toolPath);
        var directory = workingDirectory ?? Environment.CurrentDirectory;
        Assert.FileExists(program);
        Assert.DirectoryExists(directory);
        var startInfo = new ProcessStartInfo(program, arguments ?? string.Empty)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (environmentVariables is not null)
        {
            startInfo.Environment.Clear();
            foreach (var (name, value) in environmentVariables)
                startInfo.Environment[name] = value;
        }

        var filter = outputFilter ?? (text => text);
        if (logInvocation ?? true)
            LogInvocation(startInfo, filter);
        return new StartedProcess(startInfo, timeout, logOutput ?? true ? logger ?? DefaultLogger : null, filter);
    }

    /// <summary>Starts a command of the shell: bash, or cmd on Windows.</summary>
    /// <inheritdoc cref="StartProcess(string, string, string, IReadOnlyDictionary{string, string}, int?, bool?, bool?, Action{OutputType, string}, Func{string, string})"/>
    public static IProcess StartShell(
        string command,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string>? environmentVariables = null,
        int? timeout = null,
        bool? logOutput = null,
        bool? logInvocation = null,
        Action<OutputType, string>? logger = null,
        Func<string, string>? outputFilter = null) =>
        StartProcess(
            EnvironmentInfo.IsWin ? "cmd" : "bash",
            $"{(EnvironmentInfo.IsWin ? "/c" : "-c")} {command.DoubleQuote()}",
            workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger, outputFilter);

    /// <summary>Logs a line: from the standard output as a debug message, from the standard error as an error.</summary>
    public static void DefaultLogger(OutputType type, string output) =>
        Log.Write(type == OutputType.Std ? LogEventLevel.Debug : LogEventLevel.Error, output);

    /// <summary>Waits for the end of the process; fails if it took longer than its timeout.</summary>
    public static IProcess AssertWaitForExit(this IProcess? process)
    {
        Assert.True(process != null);
        Assert.True(process.WaitForExit());
        return process;
    }

    /// <summary>Waits for the end of the process; fails unless its exit code is zero.</summary>
    /// <exception cref="ProcessException">It is not.</exception>
    public static IProcess AssertZeroExitCode(this IProcess? process)
    {
        var ended = process.AssertWaitForExit();
        return ended.ExitCode == 0 ? ended : throw new ProcessException(ended);
    }

    private static void LogInvocation(ProcessStartInfo startInfo, Func<string, string> filter)
    {
        Log.Information("> {ToolPath} {Arguments}", startInfo.FileName.DoubleQuoteIfNeeded(), filter(startInfo.Arguments));
        var level = startInfo.WorkingDirectory == Environment.CurrentDirectory ? LogEventLevel.Verbose : LogEventLevel.Information;
        Log.Write(level, "@ {WorkingDirectory}", startInfo.WorkingDirectory);
    }

    private static string FindOnPath(string name)
    {
        string[] names = EnvironmentInfo.IsWin ? [name, name + ".exe", name + ".cmd"] : [name];
        var directories = (EnvironmentInfo.GetVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return directories.SelectMany(directory => names.Select(file => Path.Combine(directory, file))).FirstOrDefault(File.Exists)
            .NotNull($"Could not find '{name}' on PATH");
    }
}
