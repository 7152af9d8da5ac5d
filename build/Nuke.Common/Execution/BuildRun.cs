using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Text;
using Nuke.Common.CI;
using Nuke.Common.Parameters;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>One run of a build, from the first instance to the exit code.</summary>
internal sealed class BuildRun
{
    private const int Failed = -1;

    private readonly NukeBuild _build;
    private readonly BuildExecutor _executor;
    private bool _targetsRun;

    private BuildRun(NukeBuild build)
    {
        _build = build;
        _executor = new(build);
    }

    public static int Execute<T>(IReadOnlyList<Expression<Func<T, Target>>> defaults)
        where T : NukeBuild, new()
    {
        if (Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage)
            Console.OutputEncoding = Encoding.UTF8;

        // Before the build exists: a handler of its own is then newer, and has its turn first.
        BuildRun? run = null;
        Console.CancelKeyPress += (_, _) => run?.Cancel();
        var build = new T();
        run = new BuildRun(build);
        return run.Execute(() => TargetFactory.CreateAll(build, defaults));
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "whatever ends the build is told and is an exit code")]
    private int Execute(Func<IReadOnlyList<ExecutableTarget>> targets)
    {
        try
        {
            Logging.Configure(_build);
            Prepare(targets());
            _targetsRun = true;
            _executor.Run();
            return _build.ExitCode ??= _build.IsSucceeding ? 0 : Failed;
        }
        catch (Exception exception)
        {
            if (exception.Unwrap() is not TargetExecutionException and var cause)
            {
                Log.Verbose(cause, "The build ends before its targets");
                Host.Error(cause.Message);
            }

            return _build.ExitCode ??= Failed;
        }
        finally
        {
            Finish();
            Log.CloseAndFlush();
        }
    }

    private void Prepare(IReadOnlyList<ExecutableTarget> targets)
    {
        ParameterValues.Sources.Files =
            new(NukeBuild.RootDirectory, NukeBuild.LoadedLocalProfiles, BuildMembers.Parameters(_build.GetType()));
        MemberInjection.Inject(_build);
        ConfigurationFiles.Generate(_build, targets);
        if (!_build.NoLogo)
            Host.WriteLogo(withLetters: _build.IsOutputEnabled(DefaultOutput.Logo));

        var names = ParameterValues.Get<string[]>(ParameterNames.Targets, ParameterNames.TargetSeparator[0]);
        var plan = ExecutionPlanner.Plan(targets, names);
        foreach (var target in names?.Select(name => ExecutionPlanner.Find(targets, name)) ?? [])
            target.Invoked = true;
        foreach (var target in plan)
            target.Status = ExecutionStatus.Scheduled;
        _build.ExecutionPlan = plan;
        HandlePlanRequests.Handle(_build, targets);
        HandleHelpRequests.Handle(_build, targets);
        _build.OnBuildInitialized();
    }

    // On the signal's own thread, while the running target goes on.
    private void Cancel()
    {
        if (!_targetsRun)
            return;

        _executor.RunAssured();
        Finish();
    }

    private void Finish()
    {
        if (_build.ExecutionPlan is null)
            return;

        foreach (var target in _build.ExecutionPlan)
        {
            target.Stopwatch.Stop();
            target.Status = target.Status switch
            {
                ExecutionStatus.Running => ExecutionStatus.Aborted,
                ExecutionStatus.Scheduled => ExecutionStatus.NotRun,
                var status => status,
            };
        }

        if (_build.IsOutputEnabled(DefaultOutput.ErrorsAndWarnings))
            Logging.RepeatErrorsAndWarnings();
        if (_build.IsOutputEnabled(DefaultOutput.TargetOutcome))
            TargetTable.Write(_build.ExecutionPlan);
        if (_build.IsOutputEnabled(DefaultOutput.BuildOutcome))
            Host.WriteBuildOutcome(_build.IsSucceeding);
        _build.OnBuildFinished();
    }
}
