namespace Reporting.Measuring;

/// <summary>Stalls of hosts that overlap are one stall of the fleet.</summary>
internal sealed record FleetStall(double From, double To)
{
    /// <summary>The hosts with their times, the earliest first; a host may have several.</summary>
    public required IReadOnlyList<(HostMeasures Host, HostStall Stall)> Parts { get; init; }

    /// <summary>The hosts, in the order of their names.</summary>
    public IReadOnlyList<HostMeasures> Hosts =>
        [.. Parts.Select(part => part.Host).Distinct<HostMeasures>(ReferenceEqualityComparer.Instance)
            .OrderBy(host => host.Name, StringComparer.Ordinal)];

    /// <summary>The hosts at which media is known not to have come back: their samples go to the end.</summary>
    public IReadOnlyList<string> Lasting =>
        [.. Parts.Where(part => part is { Stall.IsOpen: true, Host.UnsampledSeconds: null }).Select(part => part.Host.Name)];

    public double Seconds => To - From;

    /// <summary>All of them, the earliest first.</summary>
    public static IReadOnlyList<FleetStall> Of(IReadOnlyList<HostMeasures> hosts)
    {
        var stalls = new List<FleetStall>();
        foreach (var part in hosts.SelectMany(host => (host.Stalls ?? []).Select(stall => (Host: host, Stall: stall)))
            .OrderBy(part => part.Stall.From))
        {
            if (stalls is [.., var last] && part.Stall.From <= last.To)
                stalls[^1] = last with { To = Math.Max(last.To, part.Stall.To), Parts = [.. last.Parts, part] };
            else
                stalls.Add(new FleetStall(part.Stall.From, part.Stall.To) { Parts = [part] });
        }

        return stalls;
    }

    /// <summary>As it is published.</summary>
    public Stall Published() => new(Starts.Instant(From)!.Value, Seconds, Hosts.Count, NameList.Few([.. Hosts.Select(host => host.Name)]))
    {
        ToTheEnd = Lasting.Count > 0,
    };
}
