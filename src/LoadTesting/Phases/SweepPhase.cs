namespace LoadTesting.Phases;

/// <summary>
/// Deletes the fleets whose mark says that their time is over, whatever their name and whoever made them. Needs nothing but the cloud.
/// </summary>
/// <param name="context">What every phase is given.</param>
public sealed class SweepPhase(PhaseContext context)
{
    /// <summary>Returns when the cloud says that nothing of them is left.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var swept = await context.Environment.Administration.DestroyExpiredAsync(cancellation);
        context.Log.Say(swept.Count == 0
            ? "No fleet has expired."
            : $"Deleted these expired fleets: {swept.Listed()}.");
    }
}
