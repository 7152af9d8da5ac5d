using Nuke.Common.Parameters;

namespace Nuke.Common.Execution;

/// <summary>Runs the targets of a plan one after the other.</summary>
internal sealed class BuildExecutor(NukeBuild build)
{
    private readonly TargetSkipping _skipping = new(build);
    private readonly BuildAttempt _attempt = new(NukeBuild.TemporaryDirectory);
    private IReadOnlyCollection<string> _done = [];

    /// <summary>Runs the plan. After a failure only the assured targets run.</summary>
    /// <exception cref="TargetExecutionException">A target failed.</exception>
    public void Run()
    {
        if (ParameterValues.Get<string[]>(ParameterNames.Skip, ParameterNames.TargetSeparator[0]) is { } skipped)
            _skipping.SkipNamed(skipped);
        _done = _attempt.Begin(EnvironmentInfo.CommandLine.Words, build.Continue);
        try
        {
            foreach (var target in build.ExecutionPlan)
                Run(target, isLastResort: false);
        }
        catch
        {
            RunAssured();
            throw;
        }
    }

    /// <summary>Runs what waits for its turn and is assured.</summary>
    public void RunAssured()
    {
        foreach (var target in build.ExecutionPlan.Where(target =>
            target.Definition.IsAssuredAfterFailure && target.Status == ExecutionStatus.Scheduled))
        {
            Run(target, isLastResort: true);
        }
    }

    private void Run(ExecutableTarget target, bool isLastResort)
    {
        if (target.Status == ExecutionStatus.Skipped || _done.Contains(target.Name) || !_skipping.CheckConditions(target))
        {
            target.Status = ExecutionStatus.Skipped;
        }
        else if (target.Definition.Actions.Count == 0)
        {
            target.Status = ExecutionStatus.Collective;
        }
        else
        {
            using var named = Logging.EnterTarget(target.Name);
            using var block = build.OpenBlock(target.Name);
            RunActions(target, isLastResort);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "a target fails with whatever it throws")]
    private void RunActions(ExecutableTarget target, bool isLastResort)
    {
        target.Stopwatch.Start();
        target.Status = ExecutionStatus.Running;
        try
        {
            target.Definition.Actions.ForEach(action => action());
            target.Stopwatch.Stop();
            target.Status = ExecutionStatus.Succeeded;
            _attempt.Append(target.Name);
        }
        catch (Exception exception)
        {
            Fail(target, exception.Unwrap());
            if (!isLastResort)
                throw new TargetExecutionException(target.Name, exception.Unwrap());
        }
    }

    private void Fail(ExecutableTarget target, Exception exception)
    {
        if (target.SummaryInformation.Count == 0)
            target.SummaryInformation[exception.GetType().Name] = exception.Message.ReplaceLineEndings("\n").Split('\n')[0];

        Log.Error(exception, "Target {TargetName} has thrown an exception", target.Name);
        target.Stopwatch.Stop();
        target.Status = ExecutionStatus.Failed;
        build.OnTargetFailed(target.Name);
    }
}
