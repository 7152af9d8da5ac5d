namespace LoadTesting.Model;

/// <summary>The program's exit codes. 99, 104 and 105 mean what they mean in k6.</summary>
public static class ExitCodes
{
    /// <summary>The load test passed, or the target did what it is for.</summary>
    public const int Passed = 0;

    /// <summary>Any failure without a separate code: of the cloud, a host or LiveKit; the message states what and where.</summary>
    public const int Failure = 1;

    /// <summary>The load that was asked for was not run: another run is on the fleet, and its results could not be collected.</summary>
    public const int NotRun = 97;

    /// <summary>Nothing can be concluded: not measured, or the generators were the bottleneck.</summary>
    public const int Inconclusive = 98;

    /// <summary>A threshold failed.</summary>
    public const int ThresholdsFailed = 99;

    /// <summary>Invalid parameters, credentials or files; nothing was created.</summary>
    public const int InvalidParameters = 104;

    /// <summary>Cancelled by a signal; the fleet was destroyed.</summary>
    public const int Cancelled = 105;
}
