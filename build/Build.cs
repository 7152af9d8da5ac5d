using LoadTesting.Phases;
using Nuke.Common;

/// <summary>
/// Load-tests a LiveKit cluster from a fleet of VMs. A target that is named acts; one that is only needed brings itself up to
/// date. Nothing is handed from target to target but what is in the cloud, on the hosts and in the results folder.
/// </summary>
internal sealed partial class Build : NukeBuild
{
    public static int Main()
    {
        Packaging.PackedProgram.SettleIn();
        return CommandLine.CommandLineValidator.Validate(typeof(Build)) ?? Execute<Build>(x => x.Plan);
    }

    new Target Plan => _ => _
        .Description("Says what Report would do: servers, load, traffic, duration, price, and whether the cloud has it; touches nothing")
        .Executes(ShowPlan);

    Target Provision => _ => _
        .Description("Makes or completes the fleet; it stays")
        .Executes(() => Phase(PhaseName.Provision, (site, token) => new ProvisionPhase(site.Context).RunAsync(token)));

    Target Configure => _ => _
        .Description("Brings the hosts into the wanted state and reads it back")
        .DependsOn(Provision)
        .Executes(() => Phase(PhaseName.Configure, (site, token) => new ConfigurePhase(site.Context, site.Lk).RunAsync(token)));

    Target Prepare => _ => _
        .Description("Asks every host whether it could start now")
        .DependsOn(Configure)
        .Executes(() => Phase(PhaseName.Prepare, (site, token) => new PreparePhase(site.Context).RunAsync(token)));

    Target Run => _ => _
        .Description("Starts a load test on all hosts at the same instant and watches it; the fleet stays")
        .DependsOn(Prepare)
        .Executes(() => Phase(PhaseName.Run, (site, token) => new RunPhase(site.Context).RunAsync(token)));

    Target Collect => _ => _
        .Description("Waits for the run that is going on, or takes the last one, and brings its results home")
        .DependsOn(Run)
        .AssuredAfterFailure()
        .OnlyWhenDynamic(() => FleetIsReady)
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => Phase(PhaseName.Collect, (site, token) => new CollectPhase(site.Context).RunAsync(_gate!.Signal, token)));

    Target Report => _ => _
        .Description("Everything: a fleet, a load test, its report, and the fleet is destroyed; with --skip: renders results again")
        .DependsOn(Collect)
        .Produces(RootDirectory / "results" / "*")
        .Triggers(Destroy)
        .AssuredAfterFailure()
        .OnlyWhenDynamic(() => FleetIsReady)
        .WhenSkipped(DependencyBehavior.Execute)
        .Executes(() => Phase(PhaseName.Report, WriteReport));

    Target Capacity => _ => _
        .Description("Finds how many participants the cluster carries: load in steps until a threshold breaks; then the fleet is destroyed")
        .DependsOn(Prepare)
        .Triggers(Destroy)
        .Executes(() => Phase(PhaseName.Capacity, FindCapacity));

    Target Destroy => _ => _
        .Description("Deletes everything in the cloud that carries the fleet's mark; needs nothing")
        .After(Report, Capacity)
        .AssuredAfterFailure()
        .OnlyWhenDynamic(() => !KeepServers || InvokedTargets.Contains(Destroy))
        .Executes(() => Phase(PhaseName.Destroy, (site, token) => new DestroyPhase(site.Context).RunAsync(token)));

    Target Sweep => _ => _
        .Description("Deletes the fleets that have stood longer than their mark allows, whoever made them")
        .Executes(() => Phase(PhaseName.Sweep, (site, token) => new SweepPhase(site.Context).RunAsync(token)));

    Target Status => _ => _
        .Description("Says what exists in the cloud, what runs on it, how long it has stood and what it cost so far")
        .Executes(() => Phase(PhaseName.Status, (site, token) => new StatusPhase(site.Context).RunAsync(token)));

    Target Test => _ => _
        .Description("Runs every test, and installs what they need; with --fast: those that take seconds and need nothing installed")
        .Executes(RunTests);

    Target Pack => _ => _
        .Description("Makes an archive for each platform that runs without an SDK, its bill of materials, and the Reporting package")
        .Executes(MakePackages);

    /// <summary>
    /// Evidence comes before teardown, but where no fleet could be made ready there is none. A skipped Report must still trigger
    /// Destroy, which is what WhenSkipped says.
    /// </summary>
    bool FleetIsReady => !FailedTargets.Any(target => target.Name is nameof(Provision) or nameof(Configure) or nameof(Prepare));
}
