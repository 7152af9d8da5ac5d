using System.Diagnostics.CodeAnalysis;
using Nuke.Common.Parameters;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>Runs the targets of a plan one after the other.</summary>
internal sealed class BuildExecutor
{
    private readonly NukeBuild _build;
    private readonly TargetSkipping _skipping;
    private readonly BuildAttempt _attempt;
    private IReadOnlyCollection<string> _done = [];

    public BuildExecutor(NukeBuild build)
    {
        _build = build;
        _skipping = new(build);
        _attempt = new(NukeBuild.TemporaryDirectory);
    }

    /// <summary>Runs the plan. After a failure, or when <paramref name="cancellation"/> strikes, only the assured targets run.</summary>
    /// <exception cref="TargetExecutionException">A target failed.</exception>
    public void Run(CancellationHandlers cancellation)
    {
        if (ParameterValues.Get<string[]>(ParameterNames.Skip, ParameterNames.TargetSeparator[0]) is { } skipped)
            _skipping.SkipNamed(skipped);
        foreach (var target in _build.ExecutionPlan)
            _skipping.CheckConditions(target, target.Definition.StaticConditions);

        TargetRequirements.Check(_build);
        _done = _attempt.Begin(EnvironmentInfo.CommandLine.Words, _build.Continue);

        // On the signal's own thread, while the running target goes on.
        cancellation.AddFirst(RunAssured);
        try
        {
            foreach (var target in _build.ExecutionPlan)
                Run(target, isLastResort: false);
        }
        catch
        {
            RunAssured();
            throw;
        }
    }

    private void RunAssured()
    {
        foreach (var target in _build.ExecutionPlan.Where(target => target.AssuredAfterFailure && target.Status == ExecutionStatus.Scheduled))
            Run(target, isLastResort: true);
    }

    private void Run(ExecutableTarget target, bool isLastResort)
    {
        if (target.Status == ExecutionStatus.Skipped || _done.Contains(target.Name)
            || !_skipping.CheckConditions(target, target.Definition.DynamicConditions))
        {
            target.Status = ExecutionStatus.Skipped;
            _build.Notify<IOnTargetSkipped>(nameof(IOnTargetSkipped.OnTargetSkipped), x => x.OnTargetSkipped(target));
        }
        else if (target.Definition.Actions.Count == 0)
        {
            target.Status = ExecutionStatus.Collective;
        }
        else
        {
            using var named = Logging.EnterTarget(target.Name);
            using var block = _build.OpenBlock(target.Name);
            RunActions(target, isLastResort);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "a target fails with whatever it throws")]
    private void RunActions(ExecutableTarget target, bool isLastResort)
    {
        target.Stopwatch.Start();
        target.Status = ExecutionStatus.Running;
        _build.Notify<IOnTargetRunning>(nameof(IOnTargetRunning.OnTargetRunning), x => x.OnTargetRunning(target));
        try
        {
            target.Definition.Actions.ForEach(action => action());
            target.Stopwatch.Stop();
            target.Status = ExecutionStatus.Succeeded;
            _build.Notify<IOnTargetSucceeded>(nameof(IOnTargetSucceeded.OnTargetSucceeded), x => x.OnTargetSucceeded(target));
            _attempt.Append(target.Name);
        }
        catch (Exception exception)
        {
            Fail(target, exception.Unwrap());
            if (!target.ProceedAfterFailure && !isLastResort)
                throw new TargetExecutionException(target.Name, exception.Unwrap());
        }
    }

    private void Fail(ExecutableTarget target, Exception exception)
    {
        if (target.SummaryInformation.Count == 0)
        {
            var firstLine = exception.Message.ReplaceLineEndings("\n").Split('\n')[0];
            _build.ReportSummary(target, _ => new() { [exception.GetType().Name] = firstLine });
        }

        Log.Error(exception, "Target {TargetName} has thrown an exception", target.Name);
        target.Stopwatch.Stop();
        target.Status = ExecutionStatus.Failed;
        _build.Notify<IOnTargetFailed>(nameof(IOnTargetFailed.OnTargetFailed), x => x.OnTargetFailed(target));
    }
}
