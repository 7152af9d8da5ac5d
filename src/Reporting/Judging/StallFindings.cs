using Reporting.Measuring;

namespace Reporting.Judging;

/// <summary>Where and when media stopped arriving, what that tells of its cause, and media that began late.</summary>
internal static class StallFindings
{
    /// <summary>Tracks that come later than this after the last join are noticed.</summary>
    private const double LateSeconds = 3;

    /// <summary>Stalls that begin and end within this time of each other have one cause; samples are a second apart.</summary>
    private const double AtOnceSeconds = 3;

    /// <summary>The longest stall of which no lost room is the cause, else the longest; and tracks that came late.</summary>
    public static IEnumerable<Finding> Of(Part part)
    {
        if (Longest(part) is { } stall)
            yield return new Finding(
                IsOfLostRooms(part, stall) ? Verdict.Passed : Verdict.Failed, Sentence(part, stall), Where(stall.Hosts));

        var late = part.Hosts.Where(host => host.MediaDelaySeconds >= LateSeconds).ToList();
        if (late.Count > 0)
            yield return new Finding(Verdict.Passed,
                Invariant($"tracks began up to {late.Max(host => host.MediaDelaySeconds):0} s after all participants had joined"),
                Where(late));
    }

    /// <summary>What to do about it, a sentence; null without a stall.</summary>
    public static string? NextStep(Part part) => Longest(part) switch
    {
        null => null,
        var stall when IsOfLostRooms(part, stall) =>
            "Find out in LiveKit's log what ended these rooms: an application, a webhook or another test may delete rooms or remove "
            + "participants.",
        var stall when Well(part).Count > 0 => AtSome(part, stall),
        _ when part.Summary.Fleet.ParticipantsDropped > 0 =>
            "Look at LiveKit's log and at its process at that time: participants lost their rooms as well.",
        { Lasting.Count: 0 } stall when IsAtOnce(stall) =>
            "Look at LiveKit's process, its node and the network before it: media stopped at all VMs at once and came back, and no "
            + "participant lost its room.",
        _ => "Look at LiveKit's log and its process, and at the network between the VMs and LiveKit (UDP).",
    };

    private static FleetStall? Longest(Part part) => FleetStall.Of(part.Hosts)
        .OrderBy(stall => IsOfLostRooms(part, stall)).ThenByDescending(stall => stall.Seconds).FirstOrDefault();

    /// <summary>Whether no media could arrive any more, as all participants there had lost their rooms for good.</summary>
    private static bool IsOfLostRooms(Part part, FleetStall stall) =>
        stall.Parts.All(at => at.Stall.IsOpen && part.Kind.HasLostItsRooms(at.Host));

    private static string Sentence(Part part, FleetStall stall)
    {
        var lasting = stall.Lasting;
        var back = lasting.Count == 0 ? "" : " and did not come back";
        if (lasting.Count < stall.Hosts.Count && lasting.Count > 0)
            back += $" at {NameList.Few(lasting)}";

        return $"media stopped arriving at {Place(part, stall)} from {Format.Period(Starts.Instant(stall.From)!.Value, End(stall))} "
            + Invariant($"({stall.Seconds:0} s){back}")
            + (IsOfLostRooms(part, stall) ? ": the participants there had lost their rooms"
                : WellWere(part, stall) is { } well ? $"; {well}" : "");
    }

    private static DateTimeOffset? End(FleetStall stall) => stall.Lasting.Count > 0 ? null : Starts.Instant(stall.To);

    private static string Place(Part part, FleetStall stall) => stall.Hosts.Count < part.Hosts.Count || part.Hosts.Count == 1
        ? Some(stall.Hosts, part)
        : Share(stall.Hosts, part);

    private static string Some(IReadOnlyList<HostMeasures> hosts, Part part) =>
        hosts.Count <= NameList.Most ? Where(hosts) : Share(hosts, part);

    private static string Share(IReadOnlyList<HostMeasures> hosts, Part part) =>
        Invariant($"{hosts.Count} of {Format.Counted(part.Summary.Load.Hosts, "VM")}");

    private static string Where(IReadOnlyList<HostMeasures> hosts) => NameList.Few([.. hosts.Select(host => host.Name)]);

    /// <summary>The hosts at which media was due and always arrived.</summary>
    private static List<HostMeasures> Well(Part part) => [.. part.Hosts.Where(host => host.Stalls is { Count: 0 })];

    /// <summary>Null when there are none.</summary>
    private static string? WellWere(Part part, FleetStall stall) => Well(part) switch
    {
        [] => null,
        [var one] => $"{one.Name} was well",
        var well => (well.Count + stall.Hosts.Count == part.Hosts.Count ? "the other " : "")
            + $"{Format.Counted(well.Count, "VM")} were well",
    };

    private static string AtSome(Part part, FleetStall stall)
    {
        var place = Some(stall.Hosts, part);
        return $"Look at the network between {place} and LiveKit (UDP, and the firewalls on its way)"
            + (MayBeOfItsRooms(part, stall) ? $", and at the LiveKit pod or node that had the rooms of {place}" : "")
            + $": {WellWere(part, stall)}.";
    }

    /// <summary>Whether those who were well had other rooms, which another pod may have had, or rooms were lost as well.</summary>
    private static bool MayBeOfItsRooms(Part part, FleetStall stall)
    {
        var rooms = Rooms(Well(part));
        var hasPods = part.Summary.Cluster is { ReadyAtStart: > 1 } or { Placement.Pods.Count: > 1 };
        return stall.Hosts.Any(host => !Rooms([host]).Overlaps(rooms) && (hasPods || HasDropped(part, host)));
    }

    private static bool HasDropped(Part part, HostMeasures host) =>
        part.Kind.Figures(host.Processes).ParticipantsDropped > 0;

    private static HashSet<string> Rooms(IReadOnlyList<HostMeasures> hosts) =>
        [.. hosts.SelectMany(host => host.Processes).Select(process => process.Plan.Room).OfType<string>()];

    /// <summary>Whether media stopped at several hosts at one instant and came back at one.</summary>
    private static bool IsAtOnce(FleetStall stall) => stall.Hosts.Count > 1
        && stall.Parts.Max(part => part.Stall.From) - stall.Parts.Min(part => part.Stall.From) <= AtOnceSeconds
        && stall.Parts.Max(part => part.Stall.To) - stall.Parts.Min(part => part.Stall.To) <= AtOnceSeconds;
}
