namespace LoadTesting.Phases;

/// <summary>
/// Deletes the fleets that have expired by their ownership tag, whatever their name and their controller. Needs nothing but the cloud.
/// </summary>
/// <param name="context">What every phase is given.</param>
public sealed class SweepPhase(PhaseContext context)
{
    /// <summary>Returns when the cloud reports that nothing of them is left.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var swept = await context.Environment.Administration.DestroyExpiredAsync(cancellation);
        context.Log.Say(swept.Count == 0
            ? "No fleet has expired."
            : $"Deleted these expired fleets: {swept.Listed()}.");
    }
}
