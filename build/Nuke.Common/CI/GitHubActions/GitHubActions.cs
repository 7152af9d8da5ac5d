using System.Diagnostics.CodeAnalysis;
using Nuke.Common.Execution.Theming;
using Nuke.Common.IO;

namespace Nuke.Common.CI.GitHubActions;

/// <summary>A runner of GitHub Actions: what it says about the run, and its workflow commands.</summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "NUKE's are not")]
public class GitHubActions : Host, IBuildServer
{
    internal GitHubActions()
    {
    }

    /// <summary>The current host if it is one, else null.</summary>
    public static new GitHubActions? Instance => Host.Instance as GitHubActions;

    /// <summary>Number of the run, unique in the repository.</summary>
    public long RunId => EnvironmentInfo.GetVariable<long>("GITHUB_RUN_ID");

    /// <summary>The repository, <c>owner/name</c>.</summary>
    public string? Repository => EnvironmentInfo.GetVariable("GITHUB_REPOSITORY");

    /// <summary>The branch or tag that is built, <c>refs/heads/main</c>.</summary>
    public string? Ref => EnvironmentInfo.GetVariable("GITHUB_REF");

    /// <summary>The commit that is built.</summary>
    public string? Sha => EnvironmentInfo.GetVariable("GITHUB_SHA");

    /// <summary>The address of the server.</summary>
    public string? ServerUrl => EnvironmentInfo.GetVariable("GITHUB_SERVER_URL");

    /// <summary>The file whose Markdown the page of the run shows.</summary>
    public AbsolutePath? StepSummaryFile => EnvironmentInfo.GetVariable("GITHUB_STEP_SUMMARY");

    string? IBuildServer.Branch => Ref;

    string? IBuildServer.Commit => Sha;

    internal static bool IsRunningGitHubActions => EnvironmentInfo.HasVariable("GITHUB_ACTIONS");

    internal override ConsoleTheme Theme => ConsoleTheme.Ansi;

    internal override bool FoldsBlocks => true;

    /// <summary>Opens a group of output.</summary>
    public void Group(string group) => WriteCommand("group", group);

    /// <summary>Ends a group of output.</summary>
    public void EndGroup(string group) => WriteCommand("endgroup", group);

    /// <summary>Annotates the run with a warning.</summary>
    public void WriteWarning(string message) => WriteCommand("warning", message);

    /// <summary>Annotates the run with an error.</summary>
    public void WriteError(string message) => WriteCommand("error", message);

    /// <inheritdoc/>
    protected internal override IDisposable WriteBlock(string text)
    {
        Group(text);
        return new Block(() => EndGroup(text));
    }

    /// <inheritdoc/>
    protected internal override void ReportWarning(string text, string? details = null) => WriteWarning(text);

    /// <inheritdoc/>
    protected internal override void ReportError(string text, string? details = null) => WriteError(text);

    /// <inheritdoc/>
    protected internal override bool FilterMessage(string message)
    {
        if (!message.StartsWith("::", StringComparison.Ordinal) && !message.StartsWith("##[", StringComparison.Ordinal))
            return false;

        Console.WriteLine(message);
        return true;
    }

    private static void WriteCommand(string command, string message) => Console.WriteLine($"::{command}::{Escape(message)}");

    private static string Escape(string message) => message
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);
}
