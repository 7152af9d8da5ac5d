using System.ComponentModel;
using System.Globalization;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.Execution;
using Nuke.Common.Execution.Theming;

namespace Nuke.Common;

/// <summary>Where a build runs, and how it writes there.</summary>
[TypeConverter(typeof(Converter))]
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

    private static Host? _current;

    private protected Host() => _current = this;

    /// <summary>The hosts that the genuine package knows, for the schema.</summary>
    internal static IReadOnlyList<string> KnownNames { get; } =
    [
        "AppVeyor", "AzurePipelines", "Bamboo", "Bitbucket", "Bitrise", "GitHubActions", "GitLab", "Jenkins", "Rider", "SpaceAutomation",
        "TeamCity", "Terminal", "TravisCI", "VSCode", "VisualStudio",
    ];

    /// <summary>Whether it builds for others: no log files, no generated configuration.</summary>
    internal virtual bool IsBuildServer => false;

    /// <summary>Whether blocks are groups that the host folds.</summary>
    internal virtual bool FoldsBlocks => false;

    internal virtual ConsoleTheme Theme => ConsoleTheme.Default;

    /// <summary>The host that the environment speaks of; a terminal when it speaks of none.</summary>
    internal static Host Detect() => GitHubActions.IsRunningGitHubActions ? new GitHubActions() : new Terminal();

    internal static void Success(string text) => Write(Style.Success, text);

    internal static void Debug(string? text = null) => Write(Style.Debug, text);

    internal static void Information(string? text = null) => Write(Style.Information, text);

    internal static void Warning(string text) => Write(Style.Warning, text);

    internal static void Error(string text) => Write(Style.Error, text);

    internal static void WriteLogo(bool withLetters)
    {
        if (withLetters)
        {
            Debug();
            foreach (var line in Letters)
                Debug(line.Replace(' ', '\u00A0'));
            Debug();
        }

        Information($"NUKE Execution Engine version stand-in ({EnvironmentInfo.Platform},{AppContext.TargetFrameworkName})");
        Information();
    }

    internal static void WriteBuildOutcome(bool succeeded)
    {
        var time = TimeProvider.System.GetLocalNow().DateTime;
        Debug();
        if (succeeded)
            Success($"Build succeeded on {time}. ＼（＾ᴗ＾）／");
        else
            Error($"Build failed on {time}. (╯°□°）╯︵ ┻━┻");
    }

    /// <summary>Opens a block of output that ends when it is disposed of.</summary>
    internal virtual IDisposable WriteBlock(string text)
    {
        Debug();
        Debug("╬" + new string('═', text.Length + 5));
        Debug($"║ {Theme.Format(Style.Information, text)}");
        Debug("╬" + new string('═', Math.Max(text.Length - 4, 2)));
        Debug();
        return new Block(null);
    }

    /// <summary>Tells the host of a warning.</summary>
    internal virtual void ReportWarning(string text)
    {
    }

    /// <summary>Tells the host of an error.</summary>
    internal virtual void ReportError(string text)
    {
    }

    private static void Write(Style style, string? text) => (_current?.Theme ?? ConsoleTheme.Default).WriteLine(style, text);

    /// <summary>Does something when a block ends.</summary>
    internal sealed class Block(Action? end) : IDisposable
    {
        public void Dispose() => end?.Invoke();
    }

    /// <summary>Makes the host that <c>--host</c> names.</summary>
    private sealed class Converter : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            ((string)value).ToUpperInvariant() switch
            {
                "GITHUBACTIONS" => new GitHubActions(),
                "TERMINAL" => new Terminal(),
                _ => throw new ArgumentException($"Host '{value}' is neither GitHubActions nor Terminal", nameof(value)),
            };
    }
}
