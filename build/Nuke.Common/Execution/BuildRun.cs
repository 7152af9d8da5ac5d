using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Text;
using Nuke.Common.Parameters;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>One run of a build, from the first instance to the exit code.</summary>
internal static class BuildRun
{
    private const int Failed = -1;

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever ends the build is told and is an exit code")]
    public static int Execute<T>(IReadOnlyList<Expression<Func<T, Target>>> defaults)
        where T : NukeBuild, new()
    {
        if (Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage)
            Console.OutputEncoding = Encoding.UTF8;
        var cancellation = new CancellationHandlers();

        // Before the build exists: a handler of its own is then newer, and has its turn first.
        Console.CancelKeyPress += (_, _) => cancellation.Invoke();
        var build = new T();
        try
        {
            Logging.Configure(build);
            Prepare(build, defaults);
            cancellation.AddFirst(() => Finish(build));
            new BuildExecutor(build).Run(cancellation);
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
            Finish(build);
            Log.CloseAndFlush();
        }
    }

    private static void Prepare<T>(T build, IReadOnlyList<Expression<Func<T, Target>>> defaults)
        where T : NukeBuild
    {
        var targets = TargetFactory.CreateAll(build, defaults);
        build.ExecutableTargets = targets;
        build.Notify<IOnBuildCreated>(nameof(IOnBuildCreated.OnBuildCreated), x => x.OnBuildCreated(targets));
        if (!build.NoLogo)
            Host.WriteLogo(withLetters: build.IsOutputEnabled(DefaultOutput.Logo));

        var names = ParameterValues.Get<string[]>(ParameterNames.Targets, ParameterNames.TargetSeparator[0]);
        var plan = ExecutionPlanner.Plan(targets, names);
        foreach (var target in names?.Select(name => ExecutionPlanner.Find(targets, name)) ?? [])
            target.Invoked = true;
        foreach (var target in plan)
            target.Status = ExecutionStatus.Scheduled;
        build.ExecutionPlan = plan;
        build.Notify<IOnBuildInitialized>(nameof(IOnBuildInitialized.OnBuildInitialized), x => x.OnBuildInitialized(targets, plan));
    }

    private static void Finish(NukeBuild build)
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
            NukeBuild.Host.WriteErrorsAndWarnings();
        if (build.IsOutputEnabled(DefaultOutput.TargetOutcome))
            NukeBuild.Host.WriteTargetOutcome(build);
        if (build.IsOutputEnabled(DefaultOutput.BuildOutcome))
            NukeBuild.Host.WriteBuildOutcome(build);
        build.Notify<IOnBuildFinished>(nameof(IOnBuildFinished.OnBuildFinished), x => x.OnBuildFinished());
    }
}
