namespace Reporting.Measuring;

/// <summary>When processes started, on the controller's clock.</summary>
internal static class Starts
{
    /// <summary>When the first process of a host started, less the delay that was planned for it.</summary>
    public static DateTimeOffset? First(HostMeasures host) => host.Processes.Min(process => Of(host, process));

    /// <summary>How far apart the starts were; null when fewer than two are known.</summary>
    public static StartSkew? Skew(IReadOnlyList<HostMeasures> hosts)
    {
        var starts = hosts.SelectMany(host => host.Processes.Select(process => Of(host, process))).ToList();
        var known = starts.OfType<DateTimeOffset>().ToList();
        return known.Count < 2
            ? null
            : new StartSkew((known.Max() - known.Min()).TotalSeconds, hosts.Max(host => host.Run?.ClockUncertaintySeconds), known.Count,
                starts.Count);
    }

    /// <summary>The instant of epoch seconds.</summary>
    public static DateTimeOffset? Instant(double? epochSeconds) =>
        epochSeconds is { } seconds ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;

    /// <summary>The epoch seconds of an instant.</summary>
    public static double? EpochSeconds(DateTimeOffset? instant) => (instant - DateTimeOffset.UnixEpoch)?.TotalSeconds;

    private static DateTimeOffset? Of(HostMeasures host, ProcessMeasures process) =>
        process.Run?.StartedAt - TimeSpan.FromSeconds(host.ClockOffset + process.Plan.StartOffsetSeconds);
}
