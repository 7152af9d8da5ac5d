using System.ComponentModel;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.Execution;
using Nuke.Common.Execution.Theming;

namespace Nuke.Common;

/// <summary>Where a build runs, and how it speaks there.</summary>
[TypeConverter(typeof(HostConverter))]
public abstract class Host
{
    private static readonly string[] Letters =
    [
        "███╗   ██╗██╗   ██╗██╗  ██╗███████╗",
        "████╗  ██║██║   ██║██║ ██╔╝██╔════╝",
        "██╔██╗ ██║██║   ██║█████╔╝ █████╗  ",
        "██║╚██╗██║██║   ██║██╔═██╗ ██╔══╝  ",
        "██║ ╚████║╚██████╔╝██║  ██╗███████╗",
        "╚═╝  ╚═══╝ ╚═════╝ ╚═╝  ╚═╝╚══════╝",
    ];

    /// <summary>Makes the host the current one.</summary>
    protected Host() => Instance = this;

    /// <summary>The current host; null before there is one.</summary>
    internal static Host? Instance { get; private set; }

    internal virtual ConsoleTheme Theme => ConsoleTheme.Default;

    /// <summary>Whether blocks are groups that the host folds.</summary>
    internal virtual bool FoldsBlocks => false;

    /// <summary>The host that the environment speaks of; a terminal when it speaks of none.</summary>
    internal static Host Detect() =>
        GitHubActions.IsRunningGitHubActions ? new GitHubActions()
        : Rider.IsRunningRider ? new Rider()
        : VSCode.IsRunningVSCode ? new VSCode()
        : VisualStudio.IsRunningVisualStudio ? new VisualStudio()
        : new Terminal();

    internal static void Success(string? text = null) => Write(Style.Success, text);

    internal static void Debug(string? text = null) => Write(Style.Debug, text);

    internal static void Information(string? text = null) => Write(Style.Information, text);

    internal static void Warning(string? text = null) => Write(Style.Warning, text);

    internal static void Error(string? text = null) => Write(Style.Error, text);

    internal static void WriteLogo(bool withLetters)
    {
        if (withLetters)
        {
            Debug();
            foreach (var line in Letters)
                Debug(line.Replace(' ', '\u00A0'));
            Debug();
        }

        var framework = AppContext.TargetFrameworkName ?? string.Empty;
        Information($"NUKE Execution Engine version stand-in ({EnvironmentInfo.Platform},{framework})");
        Information();
    }

    /// <summary>Opens a block of output that ends when it is disposed of.</summary>
    protected internal virtual IDisposable WriteBlock(string text)
    {
        Debug();
        Debug("╬" + new string('═', text.Length + 5));
        Debug($"║ {Theme.Format(Style.Information, text)}");
        Debug("╬" + new string('═', Math.Max(text.Length - 4, 2)));
        Debug();
        return new Block(null);
    }

    /// <summary>Tells the host of a warning.</summary>
    protected internal virtual void ReportWarning(string text, string? details = null)
    {
    }

    /// <summary>Tells the host of an error.</summary>
    protected internal virtual void ReportError(string text, string? details = null)
    {
    }

    /// <summary>Whether the message is for the host alone and not for the log; it has been passed on then.</summary>
    protected internal virtual bool FilterMessage(string message) => false;

    /// <summary>Repeats the warnings and errors of the build.</summary>
    protected internal virtual void WriteErrorsAndWarnings()
    {
        var events = Logging.InMemorySink.Instance.LogEvents;
        if (events.Count == 0)
            return;

        using var block = WriteBlock("Errors & Warnings");
        Logging.Repeat(events, Theme);
    }

    /// <summary>Prints the table of targets.</summary>
    protected internal virtual void WriteTargetOutcome(INukeBuild build) => TargetTable.Write(build);

    /// <summary>Prints whether the build succeeded.</summary>
    protected internal virtual void WriteBuildOutcome(INukeBuild build)
    {
        var time = TimeProvider.System.GetLocalNow().DateTime;
        Debug();
        if (build.IsSucceeding)
            Success($"Build succeeded on {time}. ＼（＾ᴗ＾）／");
        else
            Error($"Build failed on {time}. (╯°□°）╯︵ ┻━┻");
    }

    private static void Write(Style style, string? text) => (Instance?.Theme ?? ConsoleTheme.Default).WriteLine(style, text);

    /// <summary>Does something when a block ends.</summary>
    internal sealed class Block(Action? end) : IDisposable
    {
        public void Dispose() => end?.Invoke();
    }
}
