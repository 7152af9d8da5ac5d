using System.Linq.Expressions;
using Nuke.Common.CI;
using Nuke.Common.Execution;
using Nuke.Common.Parameters;
using Nuke.Common.Tooling;

namespace Nuke.Common;

/// <summary>The base of a build: its properties of type <see cref="Target"/> are what can be run.</summary>
public abstract partial class NukeBuild : INukeBuild
{
    private IReadOnlyList<IBuildExtension>? _extensions;

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; internal set; } = null!;

    /// <inheritdoc/>
    [Parameter("List of targets to be invoked. Default is '{default_target}'.", Name = ParameterNames.Targets, Separator = ParameterNames.TargetSeparator)]
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. ExecutionPlan.Where(target => target.Invoked)];

    /// <inheritdoc/>
    [Parameter("List of targets to be skipped. Empty list skips all dependencies.", Name = ParameterNames.Skip, Separator = ParameterNames.TargetSeparator)]
    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => Planned(ExecutionStatus.Skipped);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets => Planned(ExecutionStatus.Scheduled);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> RunningTargets => Planned(ExecutionStatus.Running);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> AbortedTargets => Planned(ExecutionStatus.Aborted);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> FailedTargets => Planned(ExecutionStatus.Failed);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> SucceededTargets => Planned(ExecutionStatus.Succeeded);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> FinishedTargets => [.. FailedTargets, .. SucceededTargets];

    /// <inheritdoc/>
    public bool IsSucceeding => !IsFailing;

    /// <inheritdoc/>
    public bool IsFailing => Planned(ExecutionStatus.Failed, ExecutionStatus.Aborted, ExecutionStatus.NotRun).Count > 0;

    /// <inheritdoc/>
    public bool IsFinished => Planned(ExecutionStatus.Scheduled, ExecutionStatus.Running).Count == 0;

    /// <inheritdoc/>
    public int? ExitCode { get; set; }

    /// <inheritdoc cref="INukeBuild.Plan"/>
    [Parameter("Shows the execution plan (HTML).")]
    public bool Plan { get; }

    /// <inheritdoc cref="INukeBuild.Help"/>
    [Parameter("Shows the help text for this build assembly.")]
    public bool Help { get; }

    /// <inheritdoc cref="INukeBuild.NoLogo"/>
    [Parameter("Disables displaying the NUKE logo.")]
    public bool NoLogo { get; set; }

    /// <inheritdoc cref="INukeBuild.Continue"/>
    [Parameter("Indicates to continue a previously failed build attempt.")]
    public bool Continue { get; internal set; }

    /// <inheritdoc/>
    [Parameter("Partition to use on CI.", List = false)]
    public Partition Partition { get; internal set; } = Partition.Single;

    internal IReadOnlyCollection<ExecutableTarget> ExecutableTargets { get; set; } = [];

    /// <inheritdoc/>
    public void ReportSummary(Configure<Dictionary<string, string>>? configurator = null) =>
        ReportSummary(ExecutionPlan.Single(target => target.Status == ExecutionStatus.Running), configurator);

    T? INukeBuild.TryGetValue<T>(Expression<Func<T>> parameterExpression)
        where T : class => ParameterValues.Get<T>(parameterExpression);

    T? INukeBuild.TryGetValue<T>(Expression<Func<object>> parameterExpression)
        where T : default => ParameterValues.Get<T>(parameterExpression);

    /// <summary>Runs the build: the targets named on the command line, or the default ones.</summary>
    /// <returns>The exit code.</returns>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions)
        where T : NukeBuild, new() => BuildRun.Execute(defaultTargetExpressions);

    /// <summary>Called when parameters have their values and before anything is planned.</summary>
    protected internal virtual void OnBuildCreated()
    {
    }

    /// <summary>Called when the plan stands and before anything runs.</summary>
    protected internal virtual void OnBuildInitialized()
    {
    }

    /// <summary>Called after the outcome has been printed. The exit code is decided by then.</summary>
    protected internal virtual void OnBuildFinished()
    {
    }

    /// <summary>Called before a target runs.</summary>
    protected internal virtual void OnTargetRunning(string target)
    {
    }

    /// <summary>Called when a target is skipped.</summary>
    protected internal virtual void OnTargetSkipped(string target)
    {
    }

    /// <summary>Called when a target has succeeded.</summary>
    protected internal virtual void OnTargetSucceeded(string target)
    {
    }

    /// <summary>Called when a target has failed.</summary>
    protected internal virtual void OnTargetFailed(string target)
    {
    }

    internal void ReportSummary(ExecutableTarget target, Configure<Dictionary<string, string>>? configurator)
    {
        target.SummaryInformation = configurator?.Invoke([]) ?? [];
        Notify<IOnTargetSummaryUpdated>(nameof(IOnTargetSummaryUpdated.OnTargetSummaryUpdated), x => x.OnTargetSummaryUpdated(this, target));
    }

    /// <summary>Tells every extension that listens, the build's own virtual methods last.</summary>
    internal void Notify<TListener>(string happening, Action<TListener> tell)
        where TListener : IBuildExtension
    {
        _extensions ??= BuildExtensions.Of(this);
        var listeners = _extensions.OfType<TListener>().ToList();
        foreach (var listener in listeners)
        {
            Serilog.Log.Verbose("{Type}.{Method} ({Priority})", BuildExtensions.NameOf(listener), happening, listener.Priority);
            tell(listener);
        }
    }

    /// <summary>Opens the block of a target's output.</summary>
    internal IDisposable OpenBlock(string target) =>
        IsOutputEnabled(Host.FoldsBlocks ? DefaultOutput.TargetCollapse : DefaultOutput.TargetHeader) ? Host.WriteBlock(target) : new Host.Block(null);

    internal bool IsOutputEnabled(DefaultOutput output) =>
        !Attribute.GetCustomAttributes(GetType(), typeof(DisableDefaultOutputAttribute))
            .Cast<DisableDefaultOutputAttribute>()
            .Any(attribute => attribute.IsApplicable(this) && attribute.DisabledOutputs.Contains(output));

    private List<ExecutableTarget> Planned(params ExecutionStatus[] statuses) =>
        [.. ExecutionPlan.Where(target => statuses.Contains(target.Status))];
}
