namespace LoadTesting.Model;

/// <summary>How long a run takes, and how long it may: lk may never end by itself.</summary>
/// <param name="Expected">From the start until the last lk should end.</param>
/// <param name="Stop">From the start until an lk that has not ended receives SIGINT.</param>
/// <param name="Kill">From the start until one that did not heed it is killed.</param>
public sealed record RunLength(TimeSpan Expected, TimeSpan Stop, TimeSpan Kill)
{
    /// <summary>Longest that lk was seen to take until all joins had ended, with UDP blocked.</summary>
    private static readonly TimeSpan SlowestJoin = TimeSpan.FromSeconds(160);

    /// <summary>Longer than lk takes for its tables.</summary>
    private static readonly TimeSpan TablesTimeout = TimeSpan.FromSeconds(30);

    /// <summary>That of a plan.</summary>
    public static RunLength Of(RunPlan plan)
    {
        var expected = TimeSpan.FromSeconds(
            plan.Processes.Max(process => process.StartOffsetSeconds) + plan.RampUpSeconds + plan.DurationSeconds);
        return new RunLength(expected, expected + SlowestJoin, expected + SlowestJoin + TablesTimeout);
    }
}
