using Reporting.Measuring;
using Reporting.Measuring.Cluster;
using Reporting.Raw.Lk;
using Reporting.Raw.Observations;

namespace Reporting.LoadKinds.Participants;

/// <summary>
/// What became of the run's rooms while their participants were to be there, by LiveKit's own list of rooms: deleted, held at a limit, or
/// left for good. Where LiveKit was away or restarted meanwhile, that is the cause, and none of these is.
/// </summary>
internal static class RoomHappenings
{
    /// <summary>LiveKit keeps a room this long after its last participant left: sooner, one that had participants was deleted.</summary>
    private static readonly TimeSpan DepartureTimeout = TimeSpan.FromSeconds(20);

    /// <summary>A restart may be seen this long before or after what it caused.</summary>
    private static readonly TimeSpan SeenApart = TimeSpan.FromSeconds(15);

    public static IEnumerable<Happening> Of(IReadOnlyList<HostMeasures> hosts, IReadOnlyList<Observation> seen)
    {
        var lists = seen.OfType<RoomsSeen>().ToList();
        var processes = hosts.SelectMany(host => host.Own().Select(process => (host, process)))
            .Where(entry => entry.process.Plan.Room is not null)
            .GroupBy(entry => entry.process.Plan.Room!, StringComparer.Ordinal)
            .Select(room => (Name: room.Key, Of: room.ToList())).ToList();
        var listed = ListedRooms.Of(lists, processes.Select(room => room.Name));
        var rooms = processes.Select(room => Room.Of(room.Name, room.Of,
            [.. lists.Zip(listed[room.Name], (list, one) => new Count(list.At, one?.Participants))])).ToList();
        return Deleted(rooms, lists, seen).Concat(Shrunk(rooms, seen)).Concat(Limit(rooms));
    }

    private static IEnumerable<Happening> Deleted(
        IReadOnlyList<Room> rooms, IReadOnlyList<RoomsSeen> lists, IReadOnlyList<Observation> seen) => rooms
        .Select(room => (room.Name, Last: room.Counts.FindLast(count => count.Participants > 0), room.Counts))
        .Where(room => room.Last is not null && room.Counts[^1].Participants is null)
        .Select(room => (room.Name, Last: room.Last!.At, Missed: room.Counts.First(count => count.At > room.Last!.At)))
        .Where(room => room.Missed.Participants is null && room.Missed.At - room.Last <= DepartureTimeout
            && !Restarted(seen, room.Last, room.Missed.At) && RanOn(lists, seen, room.Missed.At))
        .GroupBy(room => (room.Last, room.Missed.At))
        .Select(gone => new Happening(gone.Key.At, gone.Key.At, HappeningKind.RoomDeleted,
            $"{Named([.. gone.Select(room => room.Name)])} {ErrorCause.RoomDeleted.Text} (last listed at {Format.Second(gone.Key.Last)})")
        {
            Cause = ErrorCause.RoomDeleted,
        });

    private static IEnumerable<Happening> Shrunk(IReadOnlyList<Room> rooms, IReadOnlyList<Observation> seen)
    {
        foreach (var room in rooms)
        {
            var steady = room.Counts.FindAll(count => count.At >= room.SteadyAt);
            if (steady is not [.., var before, var last] || steady.Max(count => count.Participants) is not { } most
                || last.Participants is not (> 0 and var left) || left >= most || before.Participants != left)
                continue;

            var full = steady.FindLastIndex(count => count.Participants > left);
            var (from, at) = (steady[full].At, steady[full + 1].At);
            if (!Restarted(seen, from, at))
                yield return new(at, null, HappeningKind.RoomShrank,
                    Invariant($"LiveKit had {left:#,0} of {Format.Counted(most, "participant")} in room {room.Name} ")
                    + ErrorCause.RoomShrank.Text) { Cause = ErrorCause.RoomShrank };
        }
    }

    /// <summary>Each room at one and the same number, which is what lk joined, and all others refused without a reason.</summary>
    private static IEnumerable<Happening> Limit(IReadOnlyList<Room> rooms)
    {
        var most = rooms.Max(room => room.Most) ?? 0;
        if (most == 0 || rooms.All(room => room.Planned <= most)
            || !rooms.All(room => room.Planned <= most ? room.Refused == 0 : room.IsHeldAt(most)))
            yield break;

        var held = rooms.Where(room => room.Planned > most).ToList();
        yield return new(held.Min(room => room.Counts.Find(count => count.Participants == most)!.At), null, HappeningKind.RoomLimit,
            Invariant($"LiveKit took {Format.Counted(most, "participant")} into ")
            + $"{(held.Count == 1 ? $"room {held[0].Name}" : "each room")} {ErrorCause.RoomLimit.Text}")
        {
            Cause = ErrorCause.RoomLimit,
        };
    }

    private static string Named(IReadOnlyList<string> rooms) =>
        rooms.Count == 1 ? $"room {rooms[0]}" : Invariant($"each of {rooms.Count:#,0} rooms ({NameList.Few(rooms)})");

    /// <summary>Whether LiveKit listed other rooms then, or its process was the one of before.</summary>
    private static bool RanOn(IReadOnlyList<RoomsSeen> lists, IReadOnlyList<Observation> seen, DateTimeOffset at) =>
        lists.Any(list => list.At == at && (list.Rooms.Count > 0 || list.OtherRooms > 0))
        || seen.OfType<LiveKitSeen>().Any(one => one.At >= at && one.Metrics.StartedAt < at.ToUnixTimeSeconds());

    private static bool Restarted(IReadOnlyList<Observation> seen, DateTimeOffset from, DateTimeOffset to)
    {
        bool IsThen(DateTimeOffset at) => at >= from - SeenApart && at <= to + SeenApart;
        return seen.Any(one => one switch
        {
            SourceLost lost => lost.Needs is null && IsThen(lost.At) && ClusterHappenings.IsOfLiveKit(lost.Source),
            LiveKitSeen { Metrics.StartedAt: { } started } => started >= from.ToUnixTimeSeconds() && started <= to.ToUnixTimeSeconds() + 1,
            PodSeen pod => IsThen(pod.At) && (pod.Gone || pod.Deleting || pod.Evicted || !pod.Ready),
            _ => false,
        });
    }

    /// <summary>What LiveKit counted in a room at an instant; null when it did not list the room.</summary>
    private sealed record Count(DateTimeOffset At, int? Participants);

    /// <summary>A room of the run.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Planned">Participants planned for it.</param>
    /// <param name="Joined">Participants that lk joined to it.</param>
    /// <param name="Refused">Participants that LiveKit refused without a reason.</param>
    /// <param name="SteadyAt">From when on all of them were to be in LiveKit's counts; null when that is not known.</param>
    /// <param name="Counts">What LiveKit counted until the first process of it ended.</param>
    private sealed record Room(string Name, int Planned, int Joined, int Refused, DateTimeOffset? SteadyAt, List<Count> Counts)
    {
        public int? Most => Counts.Max(count => count.Participants);

        public static Room Of(
            string name, IReadOnlyList<(HostMeasures Host, ParticipantMeasures Process)> processes, IReadOnlyList<Count> counts)
        {
            double? On(HostMeasures host, double? at) => at - host.ClockOffset;
            var all = processes.SelectMany(entry => entry.Process.Participants).ToList();
            var end = Starts.Instant(processes.Min(entry => On(entry.Host, entry.Process.EndedAt ?? entry.Process.LastLineAt)));
            return new Room(name, all.Count, all.Count(one => one.Attendance == Attendance.Joined), all.Count(IsRefused),
                Starts.Instant(processes.Max(entry => On(entry.Host, entry.Process.SteadyAt)) + RoomCounts.RefreshSeconds),
                [.. counts.Where(count => end is null || count.At <= end)]);
        }

        /// <summary>From when it first had that many to the end, at least twice.</summary>
        public bool IsHeldAt(int most)
        {
            var first = Counts.FindIndex(count => count.Participants == most);
            return first >= 0 && Counts.Count - first >= 2 && Counts.Skip(first).All(count => count.Participants == most)
                && Joined == most && Refused == Planned - most;
        }

        private static bool IsRefused(Participant one) => one.Refusal is { } error && ErrorCause.Of(error) is { IsUntoldRefusal: true };
    }
}
