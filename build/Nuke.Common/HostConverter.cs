using System.ComponentModel;
using System.Globalization;
using Nuke.Common.CI.GitHubActions;
using Nuke.Common.Execution;

namespace Nuke.Common;

/// <summary>Makes the host that <c>--host</c> names.</summary>
internal sealed class HostConverter : TypeConverter
{
    /// <summary>The hosts that the genuine package knows, for the schema.</summary>
    public static readonly IReadOnlyList<string> KnownNames =
    [
        "AppVeyor", "AzurePipelines", "Bamboo", "Bitbucket", "Bitrise", "GitHubActions", "GitLab", "Jenkins", "Rider", "SpaceAutomation", "TeamCity",
        "Terminal", "TravisCI", "VisualStudio", "VSCode",
    ];

    private static readonly Dictionary<string, Func<Host>> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(GitHubActions)] = () => new GitHubActions(),
        [nameof(Terminal)] = () => new Terminal(),
        [nameof(Rider)] = () => new Rider(),
        [nameof(VSCode)] = () => new VSCode(),
        [nameof(VisualStudio)] = () => new VisualStudio(),
    };

    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => Known[(string)value]();
}
