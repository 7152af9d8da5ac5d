using Reporting.Measuring;
using Reporting.Raw.Observations;

namespace Reporting.LoadKinds.Participants;

/// <summary>What LiveKit counted in a room while all of its participants were to be there.</summary>
/// <param name="Most">Most of them.</param>
/// <param name="Last">How many were left at last.</param>
/// <param name="FellAt">Since when there were fewer than the most, on the controller's clock; null when there were not.</param>
/// <param name="PublishersLost">How many of those who published were not left at last.</param>
internal sealed record RoomCount(int Most, int Last, double? FellAt, int PublishersLost);

/// <summary>Adds to each process what LiveKit counted in its room, from when all had joined until the first process of it ended.</summary>
internal static class RoomCounts
{
    /// <summary>LiveKit refreshes the counts of its list of rooms as often as this.</summary>
    internal const double RefreshSeconds = 5;

    public static IReadOnlyList<HostMeasures> Of(IReadOnlyList<RoomsSeen> counted, IReadOnlyList<HostMeasures> hosts)
    {
        if (counted.Count == 0)
            return hosts;

        var at = counted.Select(seen => Starts.EpochSeconds(seen.At)!.Value).ToList();
        var listed = ListedRooms.Of(counted, hosts.SelectMany(host => host.Own().Select(RoomService.RoomOf)));
        var counts = hosts
            .SelectMany(host => host.Own()
                .Select(process => (Room: RoomService.RoomOf(process), Process: process, Offset: host.ClockOffset)))
            .GroupBy(entry => entry.Room, StringComparer.Ordinal)
            .ToDictionary(room => room.Key, room => Of(at, listed[room.Key],
                room.Max(entry => entry.Process.SteadyAt - entry.Offset),
                room.Min(entry => (entry.Process.EndedAt ?? entry.Process.LastLineAt) - entry.Offset)), StringComparer.Ordinal);
        return [.. hosts.Select(host => host.With(process => process with { Counted = counts[RoomService.RoomOf(process)] }))];
    }

    private static RoomCount? Of(IReadOnlyList<double> at, IReadOnlyList<RoomSeen?> listed, double? from, double? to)
    {
        var steady = at.Zip(listed, (second, room) => (At: second, Room: room))
            .Where(seen => seen.At >= from + RefreshSeconds && seen.At <= to)
            .Select(seen => (seen.At, Count: seen.Room?.Participants ?? 0, Publishers: seen.Room?.Publishers ?? 0)).ToList();
        if (steady.Count == 0)
            return null;

        var most = steady.Max(seen => seen.Count);
        var full = steady.FindLastIndex(seen => seen.Count == most);
        return new RoomCount(most, steady[^1].Count, full + 1 < steady.Count ? steady[full + 1].At : null,
            steady.Max(seen => seen.Publishers) - steady[^1].Publishers);
    }
}
