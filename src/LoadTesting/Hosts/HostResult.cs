namespace LoadTesting.Hosts;

/// <summary>What became of one host in a step: its result, or the reason why it dropped out.</summary>
/// <typeparam name="T">The step's result.</typeparam>
/// <param name="Host">The host.</param>
/// <param name="Value">The result; default when it dropped out.</param>
/// <param name="Failure">Why it dropped out; null when it did not.</param>
public sealed record HostResult<T>(FleetHost Host, T? Value, string? Failure)
{
    /// <summary>Whether the host is still in.</summary>
    public bool Succeeded => Failure is null;

    /// <summary>It dropped out because it did not answer; it may have run the step.</summary>
    public bool Silent { get; init; }

    /// <summary>It dropped out because of a parameter or credentials that are wrong.</summary>
    public bool Invalid { get; init; }
}

/// <summary>Steps on many hosts at once.</summary>
public static class FanOut
{
    /// <summary>
    /// Runs a step on every host, a limited number at a time. A host that fails drops out with its reason and stops no other.
    /// </summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="parallel">How many at a time.</param>
    /// <param name="step">The step.</param>
    /// <param name="cancellation">Ends all of them.</param>
    /// <returns>One result a host, in the order given.</returns>
    public static async Task<IReadOnlyList<HostResult<T>>> ForEachAsync<T>(
        IReadOnlyList<FleetHost> hosts, int parallel, Func<FleetHost, CancellationToken, Task<T>> step, CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(parallel);
        return await Task.WhenAll(hosts.Select(async host =>
        {
            await slots.WaitAsync(cancellation);
            try
            {
                return new HostResult<T>(host, await step(host, cancellation), Failure: null);
            }
            catch (LoadTestException error)
            {
                return new HostResult<T>(host, default, error.Message)
                {
                    Silent = error is HostUnreachableException,
                    Invalid = error.ExitCode == ExitCodes.InvalidParameters,
                };
            }
            finally
            {
                slots.Release();
            }
        }));
    }
}
