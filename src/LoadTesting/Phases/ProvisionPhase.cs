namespace LoadTesting.Phases;

/// <summary>Makes or completes the fleet.</summary>
/// <param name="context">What every phase is given.</param>
public sealed class ProvisionPhase(PhaseContext context)
{
    /// <summary>Does nothing when the fleet is complete, or carries a run.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!context.IsNamed("Provision") && await FleetRun.LeavesNothingToDoAsync(context, "Provision", cancellation))
            return;

        // Before the first server is made: a fleet that has nothing to load costs money for nothing, and so does one whose kubeconfig is wrong.
        if (!context.IsNamed("Provision") && !context.IsNamed("Configure"))
        {
            await context.LiveKit(cancellation);
            context.Cluster();
        }

        var machines = await context.Cloud.ProvisionAsync(cancellation);
        context.Log.Say($"{machines.Count} servers are up: {machines[0].Name} to {machines[^1].Name}.");
    }
}
