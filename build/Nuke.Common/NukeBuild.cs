using System.Linq.Expressions;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Parameters;
using Nuke.Common.Tooling;

namespace Nuke.Common;

/// <summary>The base of a build: its properties of type <see cref="Target"/> are what can be run.</summary>
public abstract class NukeBuild
{
    [SuppressMessage("Performance", "CA1810:Initialize reference type static fields inline",
        Justification = "each value needs the one before")]
    [SuppressMessage("Design", "CA1065:Do not raise exceptions in unexpected locations", Justification = "NUKE does: exit code 134")]
    static NukeBuild()
    {
        RootDirectory = BuildLocation.FindRoot();
        TemporaryDirectory = (RootDirectory / ".nuke" / "temp").CreateDirectory();
        Verbosity = ParameterValues.Get<Verbosity?>(nameof(Verbosity)) ?? Verbosity.Normal;
        Host = ParameterValues.Get<Host>(nameof(Host)) ?? Host.Detect();
        LoadedLocalProfiles = ParameterValues.Get<string[]>(ParameterNames.Profile) ?? [];
    }

    /// <summary>The root directory: the nearest parent of the working directory that has a <c>.nuke</c>, or <c>--root</c>.</summary>
    [Parameter("Root directory during build execution.", Name = ParameterNames.Root)]
    public static AbsolutePath RootDirectory { get; }

    /// <summary>The directory <c>.nuke/temp</c>.</summary>
    public static AbsolutePath TemporaryDirectory { get; }

    /// <summary>How much the console shows.</summary>
    [Parameter("Logging verbosity during build execution. Default is 'Normal'.")]
    public static Verbosity Verbosity
    {
        get => Execution.Logging.Verbosity;
        set => Execution.Logging.Verbosity = value;
    }

    /// <summary>Where the build runs.</summary>
    [Parameter("Host for execution. Default is 'automatic'.")]
    public static Host Host { get; set; }

    /// <summary>The profiles named by <c>--profile</c>; the values of the last one win.</summary>
    [Parameter("Defines the profiles to load.", Name = ParameterNames.Profile)]
    public static string[] LoadedLocalProfiles { get; }

    /// <summary>The targets that were named on the command line.</summary>
    [Parameter(
        "List of targets to be invoked. Default is '{default_target}'.",
        Name = ParameterNames.Targets, Separator = ParameterNames.TargetSeparator)]
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. ExecutionPlan.Where(target => target.Invoked)];

    /// <summary>The targets that are skipped.</summary>
    [Parameter(
        "List of targets to be skipped. Empty list skips all dependencies.",
        Name = ParameterNames.Skip, Separator = ParameterNames.TargetSeparator)]
    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => Planned(ExecutionStatus.Skipped);

    /// <summary>The targets that failed.</summary>
    public IReadOnlyCollection<ExecutableTarget> FailedTargets => Planned(ExecutionStatus.Failed);

    /// <summary>Whether no target has failed, was cut off or will not run.</summary>
    public bool IsSucceeding => Planned(ExecutionStatus.Failed, ExecutionStatus.Aborted, ExecutionStatus.NotRun).Count == 0;

    /// <summary>The exit code; null leaves it to the outcome: 0, or -1 (255 to a shell).</summary>
    public int? ExitCode { get; set; }

    /// <summary>Whether to write and open the page of the execution plan instead of running it.</summary>
    [Parameter("Shows the execution plan (HTML).")]
    public bool Plan { get; }

    /// <summary>Whether to print the help instead of running.</summary>
    [Parameter("Shows the help text for this build assembly.")]
    public bool Help { get; }

    /// <summary>Whether to print neither logo nor version.</summary>
    [Parameter("Disables displaying the NUKE logo.")]
    public bool NoLogo { get; set; }

    /// <summary>Whether to skip what succeeded in the attempt before.</summary>
    [Parameter("Indicates to continue a previously failed build attempt.")]
    public bool Continue { get; internal set; }

    /// <summary>The targets of this run in the order in which they run; null until there is a plan.</summary>
    internal IReadOnlyList<ExecutableTarget> ExecutionPlan { get; set; } = null!;

    /// <summary>Sets what the table of targets says about the running target, in place of what it said before.</summary>
    public void ReportSummary(Configure<Dictionary<string, string>> configurator)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        ExecutionPlan.Single(target => target.Status == ExecutionStatus.Running).SummaryInformation = configurator([]);
    }

    /// <summary>Runs the build: the targets named on the command line, or the default ones.</summary>
    /// <returns>The exit code.</returns>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions)
        where T : NukeBuild, new() => BuildRun.Execute(defaultTargetExpressions);

    /// <summary>Called when the plan stands and before anything runs.</summary>
    protected internal virtual void OnBuildInitialized()
    {
    }

    /// <summary>Called after the outcome has been printed. The exit code is decided by then.</summary>
    protected internal virtual void OnBuildFinished()
    {
    }

    /// <summary>Called when a target has failed.</summary>
    protected internal virtual void OnTargetFailed(string target)
    {
    }

    /// <summary>Opens the block of a target's output.</summary>
    internal IDisposable OpenBlock(string target) =>
        IsOutputEnabled(Host.FoldsBlocks ? DefaultOutput.TargetCollapse : DefaultOutput.TargetHeader)
            ? Host.WriteBlock(target)
            : new Host.Block(null);

    internal bool IsOutputEnabled(DefaultOutput output) =>
        !Attribute.GetCustomAttributes(GetType(), typeof(DisableDefaultOutputAttribute))
            .Cast<DisableDefaultOutputAttribute>()
            .Any(attribute => attribute.DisabledOutputs.Contains(output));

    private List<ExecutableTarget> Planned(params ExecutionStatus[] statuses) =>
        [.. ExecutionPlan.Where(target => statuses.Contains(target.Status))];
}
