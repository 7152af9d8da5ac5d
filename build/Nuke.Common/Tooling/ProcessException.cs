namespace Nuke.Common.Tooling;

/// <summary>A process ended with another exit code than zero.</summary>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "build/ takes it for any other")]
internal sealed class ProcessException(StartedProcess process) : Exception(MessageOf(process))
{
    private static string MessageOf(StartedProcess process)
    {
        const string indentation = "   ";
        var message = new StringBuilder()
            .AppendLine($"Process '{Path.GetFileName(process.FileName)}' exited with code {process.ExitCode}.")
            .AppendLine($"{indentation}> {process.FileName.DoubleQuoteIfNeeded()} {process.Arguments}")
            .AppendLine($"{indentation}@ {process.WorkingDirectory}");
        if (!process.Errors.IsEmpty)
            message.AppendLine("Error output:");
        foreach (var line in process.Errors)
            message.Append(indentation).AppendLine(line);
        return message.ToString();
    }
}
