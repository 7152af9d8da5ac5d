namespace LoadTesting.Phases;

/// <summary>Notices when media stops arriving at a host. lk says nothing of it: its tracks stay subscribed and its errors at 0.</summary>
public sealed class MediaFlow
{
    /// <summary>Less than this part of the most that came is next to nothing.</summary>
    private const double NextToNothing = 0.1;

    /// <summary>A host that never got more than this has no media to lose.</summary>
    private const double LeastBitsPerSecond = 20_000;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);

    private double _most;
    private DateTimeOffset? _quietSince;

    /// <summary>Since when nothing arrives; null while media flows.</summary>
    public DateTimeOffset? StalledSince { get; private set; }

    /// <summary>Takes what arrived in an interval.</summary>
    /// <param name="bitsPerSecond">How much.</param>
    /// <param name="length">How long the interval was.</param>
    /// <param name="end">When it ended.</param>
    public void Take(double bitsPerSecond, TimeSpan length, DateTimeOffset end)
    {
        _most = Math.Max(_most, bitsPerSecond);
        var quiet = _most >= LeastBitsPerSecond && bitsPerSecond < _most * NextToNothing;
        _quietSince = quiet ? _quietSince ?? end - length : null;
        StalledSince = end - _quietSince >= Shortest ? _quietSince : null;
    }
}
