using System;
using Nuke.Common;
using Nuke.Common.Tooling;
using Serilog;

[DisableDefaultOutput(DefaultOutput.Logo, DefaultOutput.Timestamps)]
class Build : NukeBuild
{
    public static int Main() => Execute<Build>(x => x.Report);

    // declared before everything else, triggered by Provision, no After()
    Target EarlyDestroy => _ => _.AssuredAfterFailure().Executes(() => Log.Information("EarlyDestroy"));
    Target Provision => _ => _.Triggers(EarlyDestroy, LateDestroy).Executes(() => Log.Information("Provision"));
    Target Configure => _ => _.DependsOn(Provision).WhenSkipped(DependencyBehavior.Execute).Executes(() => Log.Information("Configure"));
    Target Run => _ => _.DependsOn(Configure)
        .Executes(() =>
        {
            Log.Information("Run");
            if (Environment.GetEnvironmentVariable("T_FAIL") == "Run")
                throw new Exception("Run fails");
        });
    Target Report => _ => _.DependsOn(Run).Executes(() => Log.Information("Report"));
    // declared last, with explicit After
    Target LateDestroy => _ =>
        _.AssuredAfterFailure().After(Provision, Configure, Run, Report).Executes(() => Log.Information("LateDestroy"));
    Target Redact => _ =>
        _.Executes(() => { var t = "s3cr3t"; ProcessTasks.StartProcess("echo", $"--token {t:r} {"a b"}")
        .AssertZeroExitCode(); ReportSummary(_ => new() { ["K"] = "v" }); });
}
