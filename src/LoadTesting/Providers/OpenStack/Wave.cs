namespace LoadTesting.Providers.OpenStack;

/// <summary>Many requests at once: as many as a control plane takes without refusing.</summary>
internal static class Wave
{
    private const int AtOnce = 20;

    /// <summary>Does it for all; fails with the first error when all have ended.</summary>
    public static async Task ForEachAsync<T>(IReadOnlyList<T> things, Func<T, CancellationToken, Task> request, CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(things.Select(async thing =>
        {
            await slots.WaitAsync(cancellation);
            try
            {
                await request(thing, cancellation);
            }
            finally
            {
                slots.Release();
            }
        }));
    }
}
