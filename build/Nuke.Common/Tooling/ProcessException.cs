using System.Diagnostics.CodeAnalysis;
using System.Text;
using Serilog;
using Serilog.Events;

namespace Nuke.Common.Tooling;

/// <summary>A process ended with another exit code than zero.</summary>
/// <param name="process">The process.</param>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "there is none without a process")]
public class ProcessException(IProcess process) : Exception(MessageOf(process))
{
    /// <summary>The exit code of the process.</summary>
    public int ExitCode { get; } = process.ExitCode;

    private static string MessageOf(IProcess process)
    {
        const string indentation = "   ";
        var message = new StringBuilder()
            .AppendLine($"Process '{Path.GetFileName(process.FileName)}' exited with code {process.ExitCode}.")
            .AppendLine($"{indentation}> {process.FileName.DoubleQuoteIfNeeded()} {process.Arguments}")
            .AppendLine($"{indentation}@ {process.WorkingDirectory}");
        var errors = process.Output.Where(line => line.Type == OutputType.Err).ToList();
        if (errors.Count > 0)
            message.AppendLine("Error output:");
        else if (Log.IsEnabled(LogEventLevel.Verbose))
            message.AppendLine("Standard output:");
        foreach (var line in errors.Count > 0 ? errors : process.Output.Where(_ => Log.IsEnabled(LogEventLevel.Verbose)))
            message.Append(indentation).AppendLine(line.Text);
        return message.ToString();
    }
}
