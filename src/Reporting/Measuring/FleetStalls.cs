namespace Reporting.Measuring;

/// <summary>Stalls of hosts that overlap are one stall of the fleet.</summary>
internal static class FleetStalls
{
    public static IReadOnlyList<Stall> Of(IReadOnlyList<HostMeasures> hosts)
    {
        var stalls = new List<(double From, double To, List<string> Hosts)>();
        foreach (var (name, stall) in hosts.SelectMany(host => host.Stalls.Select(stall => (host.Name, stall)))
            .OrderBy(entry => entry.stall.From))
        {
            if (stalls is [.., var last] && stall.From <= last.To)
            {
                last.Hosts.Add(name);
                stalls[^1] = last with { To = Math.Max(last.To, stall.To) };
            }
            else
            {
                stalls.Add((stall.From, stall.To, [name]));
            }
        }

        return [.. stalls.Select(stall => Stall(stall.From, stall.To, [.. stall.Hosts.Distinct()]))];
    }

    private static Stall Stall(double from, double to, IReadOnlyList<string> hosts) =>
        new(Starts.Instant(from)!.Value, to - from, hosts.Count, NameList.Few(hosts));
}
