using Nuke.Common.Execution.Theming;

namespace Nuke.Common.CI.GitHubActions;

/// <summary>A runner of GitHub Actions, and its workflow commands.</summary>
public class GitHubActions : Host
{
    internal GitHubActions()
    {
    }

    internal static bool IsRunningGitHubActions => Environment.GetEnvironmentVariable("GITHUB_ACTIONS") is not null;

    internal override bool IsBuildServer => true;

    internal override bool FoldsBlocks => true;

    internal override ConsoleTheme Theme => ConsoleTheme.Ansi;

    internal override IDisposable WriteBlock(string text)
    {
        WriteCommand("group", text);
        return new Block(() => WriteCommand("endgroup", text));
    }

    internal override void ReportWarning(string text) => WriteCommand("warning", text);

    internal override void ReportError(string text) => WriteCommand("error", text);

    private static void WriteCommand(string command, string message) => Console.WriteLine($"::{command}::{Escape(message)}");

    private static string Escape(string message) => message
        .Replace("%", "%25", Ordinal)
        .Replace("\r", "%0D", Ordinal)
        .Replace("\n", "%0A", Ordinal);
}
