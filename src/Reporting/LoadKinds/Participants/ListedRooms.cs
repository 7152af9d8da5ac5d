using Reporting.Raw.Observations;

namespace Reporting.LoadKinds.Participants;

/// <summary>
/// LiveKit's lists of rooms by room. A run of hours has a list every ten seconds, each with a thousand rooms: each is read once.
/// </summary>
internal static class ListedRooms
{
    /// <summary>What each list had of each room, in the order of the lists; null where it did not have the room.</summary>
    public static IReadOnlyDictionary<string, RoomSeen?[]> Of(IReadOnlyList<RoomsSeen> lists, IEnumerable<string> rooms)
    {
        var listed = rooms.Distinct(StringComparer.Ordinal)
            .ToDictionary(room => room, _ => new RoomSeen?[lists.Count], StringComparer.Ordinal);
        foreach (var (number, list) in lists.Index())
        {
            foreach (var room in list.Rooms)
            {
                if (listed.TryGetValue(room.Name, out var own))
                    own[number] ??= room;
            }
        }

        return listed;
    }
}
