namespace LoadTesting.Model;

/// <summary>A token that is cancelled when something takes too long, or with everything else.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly TimeSpan _longest;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;

    public TimeLimit(TimeSpan longest, TimeProvider time, CancellationToken cancellation)
    {
        _longest = longest;
        _limit = new CancellationTokenSource(longest, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancellation);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Waits as long again, from now on.</summary>
    public void Renew() => _limit.CancelAfter(_longest);

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
