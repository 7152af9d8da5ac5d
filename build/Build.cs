using LoadTesting.Phases;
using Nuke.Common;

/// <summary>
/// Load-tests a LiveKit cluster from a fleet of load generators. A target that is named acts; one that runs as a dependency does nothing
/// if its work is already done. All state between targets is in the cloud, on the hosts and in the results folder.
/// </summary>
internal sealed partial class Build : NukeBuild
{
    public static int Main()
    {
        Packaging.PackedProgram.SettleIn();
        return CommandLine.CommandLineValidator.Validate(typeof(Build)) ?? Execute<Build>(x => x.Plan);
    }

    new Target Plan => _ => _
        .Description("Shows what Report would do: VMs, load, traffic, price, and whether the cloud has all of it. Changes nothing")
        .Executes(ShowPlan);

    Target Provision => _ => _
        .Description("Creates the fleet or completes it, and keeps it")
        .Executes(async () =>
        {
            await TakeFoundRun();
            await Phase(PhaseName.Provision, (context, token) => new ProvisionPhase(context).RunAsync(token));
        });

    Target Configure => _ => _
        .Description("Installs lk, applies the kernel settings, and verifies each of them")
        .DependsOn(Provision)
        .Executes(() => Phase(PhaseName.Configure, (context, token) => new ConfigurePhase(context).RunAsync(token)));

    Target Prepare => _ => _
        .Description("Checks that every host can start: LiveKit answers, it accepts the API key, lk runs")
        .DependsOn(Configure)
        .Executes(() => Phase(PhaseName.Prepare, (context, token) => new PreparePhase(context).RunAsync(token)));

    Target Run => _ => _
        .Description("Starts the load on all hosts at the same instant and watches it. Refuses while a run is in progress; keeps the fleet")
        .DependsOn(Prepare)
        .Executes(() => Phase(PhaseName.Run, (context, token) => new RunPhase(context).RunAsync(token)));

    Target Collect => _ => _
        .Description("Waits for the run in progress, or takes the last one, and downloads its results")
        .DependsOn(Run)
        .AssuredAfterFailure()
        .OnlyWhenDynamic(() => FleetIsReady)
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => Phase(PhaseName.Collect, (context, token) => new CollectPhase(context).RunAsync(_gate!.Signal, token)));

    Target Report => _ => _
        .Description("Runs the whole test: fleet, load, results, report, then Destroy. With --skip: only renders the report again")
        .DependsOn(Collect)
        .Produces(RootDirectory / "results" / "*")
        .Triggers(Destroy)
        .AssuredAfterFailure()
        .OnlyWhenDynamic(() => FleetIsReady)
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => Phase(PhaseName.Report, WriteReport));

    Target Capacity => _ => _
        .Description("Finds how many participants the cluster carries, step by step until a threshold breaks, then Destroy")
        .DependsOn(Prepare)
        .Triggers(Destroy)
        .Executes(() => Phase(PhaseName.Capacity, FindCapacity));

    Target Destroy => _ => _
        .Description("Deletes everything in the cloud that has the fleet's ownership tag. Runs no other target")
        .After(Report, Capacity)
        .AssuredAfterFailure()
        .OnlyWhenDynamic(() => !KeepServers || InvokedTargets.Contains(Destroy))
        .Executes(() => Phase(PhaseName.Destroy, (context, token) => new DestroyPhase(context).RunAsync(token)));

    Target Sweep => _ => _
        .Description("Deletes all expired fleets, those of other users too")
        .Executes(() => Phase(PhaseName.Sweep, (context, token) => new SweepPhase(context).RunAsync(token)));

    Target Status => _ => _
        .Description("Lists the fleets with their age, their cost so far, and the run in progress")
        .Executes(() => Phase(PhaseName.Status, (context, token) => new StatusPhase(context).RunAsync(token)));

    Target Test => _ => _
        .Description("Runs all tests and installs their prerequisites. With --fast: only those that take seconds")
        .Executes(RunTests);

    Target Pack => _ => _
        .Description("Builds an archive for each platform that runs without an SDK, its bill of materials, and the Reporting package")
        .Executes(MakePackages);

    /// <summary>
    /// Evidence comes before teardown, but where no fleet could be made ready there is none. A skipped Report must still trigger Destroy;
    /// WhenSkipped provides for that.
    /// </summary>
    bool FleetIsReady => !FailedTargets.Any(target => target.Name is nameof(Provision) or nameof(Configure) or nameof(Prepare));
}
