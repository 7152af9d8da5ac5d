using LoadTesting.Cluster;
using LoadTesting.Lk;
using LoadTesting.Phases;

/// <summary>One kind of cloud, ready for the phases; letting go of it leaves the fleet as it is.</summary>
/// <param name="Context">What every phase is given.</param>
/// <param name="Lk">Where lk comes from.</param>
/// <param name="Owned">What is let go of in the end, in this order.</param>
internal sealed record Site(PhaseContext Context, ILkInstaller Lk, IReadOnlyList<object> Owned) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Context.Hosts.DisposeAsync();
        foreach (var owned in Owned)
        {
            if (owned is IAsyncDisposable patient)
                await patient.DisposeAsync();
            else if (owned is Lazy<ClusterUnderTest?> { IsValueCreated: true } cluster)
                cluster.Value?.Dispose();
            else
                (owned as IDisposable)?.Dispose();
        }
    }
}
