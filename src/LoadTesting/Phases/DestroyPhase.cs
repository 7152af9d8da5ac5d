using LoadTesting.Hosts.Ssh;

namespace LoadTesting.Phases;

/// <summary>Deletes everything that carries the fleet's mark. Needs nothing but the cloud.</summary>
/// <param name="context">What every phase is given.</param>
public sealed class DestroyPhase(PhaseContext context)
{
    /// <summary>Returns when the cloud says that nothing is left.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await context.Cloud.DestroyAsync(cancellation);
        context.Results.Delete(SshFiles.ConfigName);
        context.Results.Delete(SshFiles.InventoryName);
        context.Log.Say(context.Parameters.Inventory is { } inventory
            ? $"Nothing of fleet {context.Parameters.Fleet.Name} is left on the machines of {inventory.File}; their settings are as they were."
            : $"Nothing of fleet {context.Parameters.Fleet.Name} is left in the cloud.");
    }
}
