namespace Rehearsal.Hosts;

/// <summary>
/// What the machines of the rehearsal play, as a LiveKit would see it: who is in which room, what they publish and get. It is read from
/// what each lk plays, so that both sides tell of the same participants.
/// </summary>
/// <param name="directory">Where the machines are.</param>
public sealed class PlayedLoad(string directory)
{
    private readonly Dictionary<string, PlayedProcess> _processes = [];

    /// <summary>The rooms in which a participant has been, with what is in them at an instant and what has been until then.</summary>
    public IReadOnlyList<PlayedRoom> At(DateTimeOffset instant)
    {
        var now = Seconds(instant);
        return [.. Processes()
            .GroupBy(process => process.Room)
            .Select(room => new PlayedRoom(room.Key, RoomLoad.Sum(room.Select(process => process.Now(now)))))];
    }

    /// <summary>What has happened in a room since an instant, in units multiplied by seconds.</summary>
    public RoomLoad Since(DateTimeOffset from, DateTimeOffset to, Func<string, bool> room) => RoomLoad.Sum(Processes()
        .Where(process => room(process.Room))
        .Select(process => process.Until(Seconds(to)).Plus(process.Until(Seconds(from)).Times(-1))));

    /// <summary>When a LiveKit was killed first, after an instant; null when none has been until now.</summary>
    public DateTimeOffset? KilledAt(DateTimeOffset since, DateTimeOffset now) => Processes().Select(process => process.KilledAt)
        .Where(at => at >= Seconds(since) && at <= Seconds(now))
        .Min() is { } first
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(first * 1000))
            : null;

    /// <summary>Whether every LiveKit that was killed is there again for the processes that still run.</summary>
    public bool IsBack(DateTimeOffset now) => !Processes().Any(process => process.IsCutOff(Seconds(now)));

    private static double Seconds(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).TotalSeconds;

    private List<PlayedProcess> Processes()
    {
        lock (_processes)
        {
            if (!Directory.Exists(directory))
                return [];

            foreach (var host in Directory.GetDirectories(directory))
            {
                var played = Path.Combine(host, "var", "played");
                if (!Directory.Exists(played))
                    continue;

                foreach (var file in Directory.GetFiles(played))
                {
                    if (!_processes.ContainsKey(file) && PlayedProcess.Read(file) is { } process)
                        _processes[file] = process;
                    if (_processes.TryGetValue(file, out var known))
                        known.Refresh(host);
                }
            }

            return [.. _processes.Values];
        }
    }
}

/// <summary>A room, and what is in it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Load">What is in it.</param>
public sealed record PlayedRoom(string Name, RoomLoad Load);
