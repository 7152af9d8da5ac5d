using System.Globalization;

namespace Rehearsal.Hosts;

/// <summary>
/// One lk that plays, or has played: its room, and from the lines that it prints when each of its participants was there with what. A
/// participant without any line that was not refused is there, without a track, when lk has finished connecting.
/// </summary>
internal sealed class PlayedProcess
{
    private readonly string _file;
    private readonly double _began;
    private readonly List<(double At, RoomLoad Change)> _changes;
    private readonly double? _backAt;
    private double? _endedAt;

    private PlayedProcess(string file, string room, double began, string made)
    {
        (_file, Room, _began) = (file, room, began);
        string[] facts = File.ReadAllText(Path.Combine(made, "facts")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        KilledAt = Number(facts[5]) + began;
        _backAt = Number(facts[6]) + began;
        var people = new PlayedParticipants(KilledAt - began, _backAt - began);
        foreach (var line in File.ReadLines(Path.Combine(made, "lines")))
        {
            if (line.Split('\t') is [var at, var text] && Number(at) is { } time)
                people.Take(time, text);
        }

        _changes = [.. people.Changes.Select(change => (change.At + began, change.Change))];
    }

    /// <summary>The room that it loads.</summary>
    public string Room { get; }

    /// <summary>When its LiveKit was killed, in epoch seconds; null when it was not.</summary>
    public double? KilledAt { get; }

    /// <summary>Reads what a process left when it began to play: room, beginning in microseconds, folder of its lines.</summary>
    /// <returns>Null while that is not all there.</returns>
    public static PlayedProcess? Read(string file) =>
        File.ReadAllText(file).Split('\n') is [var room, var began, var made, ..] && Number(began) is { } micros && Directory.Exists(made)
            ? new PlayedProcess(file, room, micros / 1e6, made)
            : null;

    /// <summary>Looks whether it has ended, by itself or with its host.</summary>
    public void Refresh(string host)
    {
        if (_endedAt is not null)
            return;

        var lost = new FileInfo(Path.Combine(host, "lost"));
        _endedAt = File.Exists(_file) && File.ReadAllText(_file).Split('\n') is [_, _, _, var ended, ..] && Number(ended) is { } micros
            ? micros / 1e6
            : lost.Exists ? (lost.LastWriteTimeUtc - DateTime.UnixEpoch).TotalSeconds : null;
    }

    /// <summary>Whether its LiveKit is away.</summary>
    public bool IsCutOff(double now) => KilledAt <= now && !(_backAt <= now) && !(_endedAt <= now);

    /// <summary>What it has in the room at an instant.</summary>
    public RoomLoad Now(double now)
    {
        var load = Sum(Math.Min(now, _endedAt ?? now));
        return _endedAt <= now ? new RoomLoad(0, 0, 0, 0, load.Joins) : load;
    }

    /// <summary>What it has had until an instant, multiplied by seconds; joins as they were.</summary>
    public RoomLoad Until(double instant)
    {
        var end = Math.Min(instant, _endedAt ?? instant);
        var until = RoomLoad.Sum(_changes.TakeWhile(change => change.At < end)
            .Select(change => change.Change.Times(end - change.At)));
        return until with { Joins = Sum(end).Joins };
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private RoomLoad Sum(double until) =>
        RoomLoad.Sum(_changes.TakeWhile(change => change.At <= until).Select(change => change.Change));
}
