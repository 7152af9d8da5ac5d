using Reporting.Raw.Observations;

namespace LoadTesting.Cluster.Observing;

/// <summary>What all sources share.</summary>
/// <param name="Log">Where observations go.</param>
/// <param name="Budget">How much may be asked.</param>
/// <param name="Time">The clock.</param>
/// <param name="Interval">How often to ask what cannot be watched.</param>
internal sealed record ObservationScope(ObservationLog Log, RequestBudget Budget, TimeProvider Time, TimeSpan Interval)
{
    /// <summary>The time on that clock.</summary>
    public DateTimeOffset Now => Time.GetUtcNow();
}

/// <summary>One thing that is observed, apart from all others: when it fails, a gap is written down, and it is asked again.</summary>
/// <param name="name">What it is, <c>nodes</c>.</param>
/// <param name="needs">The rights that it takes, <c>get,list,watch on nodes</c>; null when it takes none of Kubernetes'.</param>
/// <param name="scope">What all sources share.</param>
internal sealed class Source(string name, string? needs, ObservationScope scope)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Why it does not answer; null while it does.</summary>
    private string? _lost;

    public ObservationScope Scope => scope;

    /// <summary>Asks once, within the budget and the timeout.</summary>
    /// <returns>The fault; null when it answered.</returns>
    public async Task<ClusterFault?> AskAsync(Func<CancellationToken, Task> ask, CancellationToken cancellation)
    {
        await scope.Budget.TakeAsync(cancellation);
        using var timeout = new TimeLimit(Longest, scope.Time, cancellation);
        try
        {
            await ask(timeout.Token);
            Answered();
            return null;
        }
        catch (Exception error) when (ClusterFault.Is(error) && !cancellation.IsCancellationRequested)
        {
            var fault = ClusterFault.Of(error);
            Lost(fault);
            return fault;
        }
    }

    /// <summary>Notes a fault, unless it is the one that is noted already.</summary>
    public void Lost(ClusterFault fault)
    {
        if (_lost == fault.Why)
            return;

        _lost = fault.Why;
        scope.Log.Write(new SourceLost(scope.Now, name, fault.Why, fault.IsForbidden ? needs : null));
    }

    /// <summary>Notes that it answers.</summary>
    public void Answered()
    {
        if (_lost is null)
            return;

        _lost = null;
        scope.Log.Write(new SourceBack(scope.Now, name));
    }

    /// <summary>Waits until it is asked again: as long as it wants to be left alone, at least the interval.</summary>
    public Task PauseAsync(ClusterFault? fault, CancellationToken cancellation)
    {
        var pause = fault?.RetryAfter is { } wanted && wanted > scope.Interval ? wanted : scope.Interval;
        return Task.Delay(pause, scope.Time, cancellation);
    }

    /// <summary>Asks again and again, until it is cancelled.</summary>
    public async Task PollAsync(Func<CancellationToken, Task> ask, CancellationToken cancellation)
    {
        while (true)
            await PauseAsync(await AskAsync(ask, cancellation), cancellation);
    }
}
