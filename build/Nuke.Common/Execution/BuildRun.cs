using System.Linq.Expressions;
using Nuke.Common.CI;
using Nuke.Common.Parameters;

namespace Nuke.Common.Execution;

/// <summary>One run of a build, from the first instance to the exit code.</summary>
internal sealed class BuildRun(NukeBuild build)
{
    private const int Failed = -1;

    private readonly BuildExecutor _executor = new(build);
    private bool _targetsRun;

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
            Logging.Configure(build);
            Prepare(targets());
            _targetsRun = true;
            _executor.Run();
            return build.ExitCode ??= build.IsSucceeding ? 0 : Failed;
        }
        catch (Exception exception)
        {
            if (exception.Unwrap() is not TargetExecutionException and var cause)
            {
                Log.Verbose(cause, "The build ends before its targets");
                Host.Error(cause.Message);
            }

            return build.ExitCode ??= Failed;
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
            new(NukeBuild.RootDirectory, NukeBuild.LoadedLocalProfiles, BuildMembers.Parameters(build.GetType()));
        MemberInjection.Inject(build);
        ConfigurationFiles.Generate(build, targets);
        if (!build.NoLogo)
            Host.WriteLogo(withLetters: build.IsOutputEnabled(DefaultOutput.Logo));

        var names = ParameterValues.Get<string[]>(ParameterNames.Targets, ParameterNames.TargetSeparator[0]);
        var plan = ExecutionPlanner.Plan(targets, names);
        foreach (var target in names?.Select(name => ExecutionPlanner.Find(targets, name)) ?? [])
            target.Invoked = true;
        foreach (var target in plan)
            target.Status = ExecutionStatus.Scheduled;
        build.ExecutionPlan = plan;
        HandlePlanRequests.Handle(build, targets);
        HandleHelpRequests.Handle(build, targets);
        build.OnBuildInitialized();
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
        if (build.ExecutionPlan is null)
            return;

        foreach (var target in build.ExecutionPlan)
        {
            target.Stopwatch.Stop();
            target.Status = target.Status switch
            {
                ExecutionStatus.Running => ExecutionStatus.Aborted,
                ExecutionStatus.Scheduled => ExecutionStatus.NotRun,
                var status => status,
            };
        }

        if (build.IsOutputEnabled(DefaultOutput.ErrorsAndWarnings))
            Logging.RepeatErrorsAndWarnings();
        if (build.IsOutputEnabled(DefaultOutput.TargetOutcome))
            TargetTable.Write(build.ExecutionPlan);
        if (build.IsOutputEnabled(DefaultOutput.BuildOutcome))
            Host.WriteBuildOutcome(build.IsSucceeding);
        build.OnBuildFinished();
    }
}
