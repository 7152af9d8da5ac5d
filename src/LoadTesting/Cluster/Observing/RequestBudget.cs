using Reporting.Raw.Observations;

namespace LoadTesting.Cluster.Observing;

/// <summary>Counts requests and holds back those that are too many for a minute: who looks at a cluster must not be its load.</summary>
/// <param name="maxPerMinute">How many may be sent in any 60 seconds.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestBudget(int maxPerMinute, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Lock _one = new();
    private readonly Queue<DateTimeOffset> _lastMinute = new();
    private int _total;
    private int _most;

    /// <summary>Waits until one more may be sent.</summary>
    public async Task TakeAsync(CancellationToken cancellation)
    {
        while (Left() is { } wait)
            await Task.Delay(wait, time, cancellation);
    }

    /// <summary>What was sent so far.</summary>
    public RequestsMade Made()
    {
        lock (_one)
            return new RequestsMade(time.GetUtcNow(), _total, _most);
    }

    /// <summary>How long until the next may be sent; null when it has been counted just now.</summary>
    private TimeSpan? Left()
    {
        lock (_one)
        {
            var now = time.GetUtcNow();
            while (_lastMinute.TryPeek(out var oldest) && now - oldest >= Minute)
                _lastMinute.Dequeue();
            if (_lastMinute.Count >= maxPerMinute)
                return Minute - (now - _lastMinute.Peek());

            _lastMinute.Enqueue(now);
            _total++;
            _most = Math.Max(_most, _lastMinute.Count);
            return null;
        }
    }
}
