namespace Reporting.Measuring;

/// <summary>In what the hosts of a run are not alike.</summary>
internal static class HostDifferences
{
    public static IReadOnlyList<HostDifference> Of(IReadOnlyList<HostMeasures> hosts)
    {
        var known = hosts.Where(host => host.Facts.Count > 0).Select(host => (host.Name, Facts: Facts(host))).ToList();
        return
        [
            .. known.SelectMany(host => host.Facts.Keys).Distinct()
                .Select(fact => new HostDifference(fact, [.. known
                    .GroupBy(host => host.Facts.GetValueOrDefault(fact), host => host.Name)
                    .OrderByDescending(value => value.Count())
                    .Select(value => new FactValue(value.Key, [.. value]))]))
                .Where(difference => difference.Values.Count > 1),
        ];
    }

    private static Dictionary<string, string> Facts(HostMeasures host)
    {
        var facts = new Dictionary<string, string>(host.Facts);
        if (host.Run?.LkVersion is { } lk)
            facts["lk"] = lk;
        // Less than half a second is corrected and shown as the uncertainty of the start.
        if (host.Run?.ClockOffsetSeconds is { } offset)
            facts["clock, compared with the controller's"] = Invariant($"{Math.Round(offset):+0;-0;0} s");
        if (Drift(host.Run) is { } drift)
            facts["clock, set or adrift during the run"] = Invariant($"{drift:+0.0;-0.0;0} s");
        return facts;
    }

    /// <summary>
    /// By how much a clock moved against the controller's, where that is more than the measurements may err and the charts show; else
    /// nothing.
    /// </summary>
    private static double? Drift(HostRun? run)
    {
        const double Shows = 0.1;
        var drift = run?.ClockOffsetAfterSeconds - run?.ClockOffsetSeconds;
        return drift is null ? null
            : Math.Abs(drift.Value) - (run?.ClockUncertaintySeconds ?? 0) - (run?.ClockUncertaintyAfterSeconds ?? 0) > Shows ? drift : 0;
    }
}
