using System;
using System.Linq;
using System.Threading.Tasks;
using Nuke.Common;
using Nuke.Common.Tooling;
using Serilog;

static class T
{
    public static bool On(string name) => Environment.GetEnvironmentVariable("T_" + name) == "1";
    public static string[] List(string name) =>
        (Environment.GetEnvironmentVariable("T_" + name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
    public static void Body(string target)
    {
        Log.Information("{Target} body", target);
        if (List("FAIL").Contains(target)) throw new InvalidOperationException($"{target} was told to fail");
    }
}

class Build : NukeBuild
{
    public static int Main() => Execute<Build>(x => x.Default);

    Target Default => _ => _.DependsOn(A).Executes(() => T.Body("Default"));
    Target A => _ => _.Executes(() => T.Body("A"));
    // collective: no actions
    Target All => _ => _.DependsOn(Default, B).Description("collective");
    Target B => _ => _.Executes(() => T.Body("B"));
    // one more that waits for A: so A runs before B
    Target CompRun => _ => _.DependsOn(A).Executes(() => T.Body("CompRun"));

    [Parameter] readonly bool KeepVms;
    Target Work => _ => _.Triggers(Destroy).Executes(() => T.Body("Work"));
    Target Destroy => _ => _.AssuredAfterFailure().OnlyWhenDynamic(() => !KeepVms, "KeepVms is set").Executes(() => T.Body("Destroy"));
    Target AsyncSync => _ =>
        _.Executes(async () =>
        {
            Log.Information("thread {T} ctx {C}", Environment.CurrentManagedThreadId, System.Threading.SynchronizationContext.Current);
            await Task.Delay(5);
            Log.Information("thread {T}", Environment.CurrentManagedThreadId);
        });
    Target TwoActions => _ =>
        _.Executes(() => Log.Information("one")).Executes(() => Log.Information("two"), () => Log.Information("three"));
    Target FuncT => _ => _.Executes(() => { });
    Target Logs => _ => _.Executes(() =>
    {
        Log.Verbose("verbose"); Log.Debug("debug"); Log.Information("info {X} {{A=1}}", 1.5); Log.Warning("warn {S}",
            "str"); Log.Error("error without exception"); Console.WriteLine("plain stdout"); Console.Error.WriteLine("plain stderr");
        Log.Information("multi\nline");
        Task.Run(() => Log.Information("from another thread")).Wait();
    });
    Target SetsExit => _ => _.Executes(() => ExitCode = 7);
    Target FailsWithExit => _ => _.Executes(() => { ExitCode = 9; throw new Exception("assert failed"); });
    Target ToolFail => _ =>
        _.Executes(() => ProcessTasks.StartProcess("bash", "-c \"echo out; echo err >&2; exit 3\"").AssertZeroExitCode());
    Target ThrowInCondition => _ => _.OnlyWhenDynamic(() => string.Empty[3] == 'x').Executes(() => { });
    Target Circ1 => _ => T.On("CIRC") ? _.DependsOn(Circ2) : _;
    Target Circ2 => _ => _.DependsOn(Circ1);

    protected override void OnBuildInitialized() {
        Console.WriteLine("HOOK OnBuildInitialized"); if (T.On("INITFAIL")) throw new Exception("init failed on purpose"); }
    protected override void OnTargetFailed(string target) => Console.WriteLine($"HOOK OnTargetFailed {target}");
    protected override void OnBuildFinished()
    {
        Console.WriteLine($"HOOK OnBuildFinished succeeding={IsSucceeding} exit={ExitCode} "
            + $"failed={string.Join(",", FailedTargets.Select(x => x.Name))}");
        if (T.On("EXIT42")) ExitCode = 42;
        if (T.On("FINFAIL")) throw new Exception("thrown in OnBuildFinished");
    }
}
