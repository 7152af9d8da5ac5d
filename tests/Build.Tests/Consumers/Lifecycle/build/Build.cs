using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Nuke.Common;
using Serilog;

static class T
{
    public static bool On(string name) => Environment.GetEnvironmentVariable("T_" + name) == "1";
    public static string[] List(string name) =>
        (Environment.GetEnvironmentVariable("T_" + name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
    public static void Body(string target)
    {
        Log.Information("{Target} body starts", target);
        var sleep = List("SLEEP").FirstOrDefault(x => x.Split(':')[0] == target);
        if (sleep != null)
        {
            var ticks = sleep.Contains(':') ? int.Parse(sleep.Split(':')[1]) : 60;
            for (var i = 0; i < ticks; i++)
            {
                var canBeCancelled = target == "Run" && On("SIG");
                if (canBeCancelled)
                    Build.Tok.WaitHandle.WaitOne(500);
                else
                    Thread.Sleep(500);
                if (canBeCancelled)
                    Build.Tok.ThrowIfCancellationRequested();
                Log.Information("{Target} tick {I}", target, i);
            }
        }

        if (List("FAIL").Contains(target)) throw new InvalidOperationException($"{target} was told to fail\nsecond line of the message");
        Log.Information("{Target} body ends", target);
    }
}

class Build : NukeBuild
{
    public static int Main() => Execute<Build>(x => x.Report);
    static readonly CancellationTokenSource Cts = new();
    public static CancellationToken Tok => Cts.Token;
    static readonly ManualResetEventSlim Ended = new();
    static int SignalCount;
    static readonly List<IDisposable> Regs = new();
    public Build()
    {
        if (!T.On("SIG")) return;
        foreach (var sig in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            Regs.Add(PosixSignalRegistration.Create(sig, ctx =>
            {
                Console.WriteLine($"MY HANDLER {ctx.Signal}");
                if (T.On("SIGFOREVER"))
                {
                    // A second signal: NUKE or the runtime ends the process.
                    if (Interlocked.Increment(ref SignalCount) > 1)
                        return;
                    ctx.Cancel = true;
                    Cts.Cancel();
                    // Keeps NUKE's own Ctrl+C handler from running.
                    Thread.Sleep(Timeout.Infinite);
                }
                ctx.Cancel = true;
                Cts.Cancel();
                if (T.On("SIGWAIT")) { Ended.Wait(); Console.WriteLine("MY HANDLER released"); }
            }));
    }
    protected override void OnBuildFinished() { if (T.On("SIG")) Console.WriteLine("OnBuildFinished"); Ended.Set(); }

    [Parameter("Number of participants per VM")] readonly int ParticipantsPerVm = 100;

    ITargetDefinition Trig(ITargetDefinition d, string me) => T.List("TRIGGER").Contains(me) ? d.Triggers(Destroy) : d;

    Target Provision => _ => Trig(_, nameof(Provision)).Description("Create the VMs").Executes(() => T.Body("Provision"));
    Target Configure => _ => _.DependsOn(Provision).Executes(() => T.Body("Configure"));
    Target Prepare => _ => _.DependsOn(Configure).Executes(() => T.Body("Prepare"));
    Target Run => _ => Trig(_, nameof(Run)).DependsOn(Prepare).Executes(async () => { await Task.Delay(10); T.Body("Run"); });
    Target Collect => _ => _.DependsOn(Run).Executes(() => T.Body("Collect"));
    Target Report => _ =>
        Trig(_, nameof(Report)).DependsOn(Collect)
        .Executes(() =>
        {
            T.Body("Report");
            if (!T.On("NOSUMMARY"))
                ReportSummary(_ => new() { ["Participants"] = ParticipantsPerVm.ToString(), ["Verdict"] = "PASS" });
        });
    Target Destroy => _ => (T.On("ASSURED") ? _.AssuredAfterFailure() : _).Executes(() => T.Body("Destroy"));
}
