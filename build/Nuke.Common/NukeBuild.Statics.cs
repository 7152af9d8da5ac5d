using System.Diagnostics.CodeAnalysis;
using Nuke.Common.CI;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Parameters;

namespace Nuke.Common;

public abstract partial class NukeBuild
{
    [SuppressMessage("Performance", "CA1810:Initialize reference type static fields inline", Justification = "each value needs the one before")]
    [SuppressMessage("Design", "CA1065:Do not raise exceptions in unexpected locations", Justification = "NUKE does: exit code 134")]
    static NukeBuild()
    {
        RootDirectory = BuildLocation.FindRoot();
        TemporaryDirectory = (RootDirectory / ".nuke" / "temp").CreateDirectory();
        BuildAssemblyFile = BuildLocation.FindAssembly();
        BuildAssemblyDirectory = BuildAssemblyFile?.Parent;
        BuildProjectFile = BuildLocation.FindProject(BuildAssemblyDirectory);
        BuildProjectDirectory = BuildProjectFile?.Parent;
        Verbosity = ParameterValues.Get<Verbosity?>(nameof(Verbosity)) ?? Verbosity.Normal;
        Host = ParameterValues.Get<Host>(nameof(Host)) ?? Host.Detect();
        LoadedLocalProfiles = ParameterValues.Get<string[]>(ParameterNames.Profile) ?? [];
    }

    /// <inheritdoc cref="INukeBuild.RootDirectory"/>
    [Parameter("Root directory during build execution.", Name = ParameterNames.Root)]
    public static AbsolutePath RootDirectory { get; }

    /// <inheritdoc cref="INukeBuild.TemporaryDirectory"/>
    public static AbsolutePath TemporaryDirectory { get; }

    /// <inheritdoc cref="INukeBuild.BuildAssemblyFile"/>
    public static AbsolutePath? BuildAssemblyFile { get; }

    /// <inheritdoc cref="INukeBuild.BuildAssemblyDirectory"/>
    public static AbsolutePath? BuildAssemblyDirectory { get; }

    /// <inheritdoc cref="INukeBuild.BuildProjectFile"/>
    public static AbsolutePath? BuildProjectFile { get; }

    /// <inheritdoc cref="INukeBuild.BuildProjectDirectory"/>
    public static AbsolutePath? BuildProjectDirectory { get; }

    /// <inheritdoc cref="INukeBuild.Verbosity"/>
    [Parameter("Logging verbosity during build execution. Default is 'Normal'.")]
    public static Verbosity Verbosity
    {
        get => Execution.Logging.Verbosity;
        set => Execution.Logging.Verbosity = value;
    }

    /// <inheritdoc cref="INukeBuild.Host"/>
    [Parameter("Host for execution. Default is 'automatic'.")]
    public static Host Host { get; set; }

    /// <summary>The profiles named by <c>--profile</c>; the values of the last one win.</summary>
    [Parameter("Defines the profiles to load.", Name = ParameterNames.Profile)]
    public static string[] LoadedLocalProfiles { get; }

    /// <inheritdoc cref="INukeBuild.IsLocalBuild"/>
    public static bool IsLocalBuild => !IsServerBuild;

    /// <inheritdoc cref="INukeBuild.IsServerBuild"/>
    public static bool IsServerBuild => Host is IBuildServer;

    // A build may have a target of the same name as one of these (Plan, for one): components still find ours.
    AbsolutePath INukeBuild.RootDirectory => RootDirectory;

    AbsolutePath INukeBuild.TemporaryDirectory => TemporaryDirectory;

    AbsolutePath? INukeBuild.BuildAssemblyFile => BuildAssemblyFile;

    AbsolutePath? INukeBuild.BuildAssemblyDirectory => BuildAssemblyDirectory;

    AbsolutePath? INukeBuild.BuildProjectFile => BuildProjectFile;

    AbsolutePath? INukeBuild.BuildProjectDirectory => BuildProjectDirectory;

    Verbosity INukeBuild.Verbosity => Verbosity;

    Host INukeBuild.Host => Host;

    bool INukeBuild.Plan => Plan;

    bool INukeBuild.Help => Help;

    bool INukeBuild.NoLogo => NoLogo;

    bool INukeBuild.IsLocalBuild => IsLocalBuild;

    bool INukeBuild.IsServerBuild => IsServerBuild;

    bool INukeBuild.Continue => Continue;
}
