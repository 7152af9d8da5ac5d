namespace LoadTesting.Phases;

/// <summary>Deletes everything that carries the fleet's ownership tag. Needs nothing but the cloud.</summary>
/// <param name="context">What every phase is given.</param>
public sealed class DestroyPhase(PhaseContext context)
{
    /// <summary>Returns when the cloud reports that nothing is left.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await context.Environment.Cloud.DestroyAsync(cancellation);
        context.Results.DeleteFleetFiles();
        context.Log.Say($"Nothing of fleet {context.Parameters.Fleet.Name} is left {context.Environment.DestroyedFrom}.");
    }
}
