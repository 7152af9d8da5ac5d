using System.Globalization;
using Rehearsal.Hosts;

namespace Rehearsal.Kubernetes;

/// <summary>
/// LiveKit's metrics before and after a recorded load, told for another load: counters go as far as they went there for a participant or a
/// track in a second, so that every ratio stays the recorded one.
/// </summary>
internal sealed class RecordedScrapes
{
    private readonly Dictionary<string, double> _before;
    private readonly string[] _after;
    private readonly HashSet<string> _gauges;
    private readonly RoomLoad _recorded;

    private RecordedScrapes(string folder, string[] load)
    {
        double Load(int column) => double.Parse(load[column], CultureInfo.InvariantCulture);
        _recorded = new RoomLoad(Load(1), 0, Load(2), Load(3), 0);
        _after = File.ReadAllLines(Path.Combine(folder, "after.prom"));
        _before = File.ReadLines(Path.Combine(folder, "before.prom")).Where(line => !line.StartsWith('#') && line.Contains(' ', Ordinal))
            .ToDictionary(Key, Value);
        _gauges = [.. _after.Select(line => line.Split(' ')).Where(words => words is ["#", "TYPE", _, "gauge"]).Select(words => words[2])];
    }

    /// <summary>Those of a scenario; where it has none, those of a healthy load.</summary>
    public static RecordedScrapes Read(string folder, string scenario)
    {
        var loads = File.ReadLines(Path.Combine(folder, "loads.tsv")).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t'))
            .ToList();
        var load = loads.Find(row => row[0] == scenario) ?? loads[0];
        return new RecordedScrapes(Path.Combine(folder, load[0]), load);
    }

    /// <summary>The metrics of a LiveKit.</summary>
    /// <param name="now">What is on it.</param>
    /// <param name="rooms">How many rooms.</param>
    /// <param name="since">What has been on it since it started, multiplied by seconds.</param>
    /// <param name="startedAt">When it started.</param>
    public string Text(RoomLoad now, int rooms, RoomLoad since, DateTimeOffset startedAt)
    {
        var gauges = new Dictionary<string, double>
        {
            ["livekit_room_total"] = rooms,
            ["livekit_participant_total"] = now.Participants,
            ["livekit_track_published_total"] = now.Published,
            ["livekit_track_subscribed_total"] = now.Subscribed,
            ["process_start_time_seconds"] = (startedAt - DateTimeOffset.UnixEpoch).TotalSeconds,
        };
        return string.Concat(_after.Select(line =>
            (line.StartsWith('#') || !line.Contains(' ', Ordinal) ? line : $"{Key(line)} {Text(Told(line, gauges, since))}") + "\n"));
    }

    private double Told(string line, Dictionary<string, double> gauges, RoomLoad since)
    {
        var name = Name(line);
        if (gauges.Remove(name, out var gauge)) // of several series, by kind, the first stands for all
            return gauge;
        if (_gauges.Contains(name))
            return name.StartsWith("livekit_", Ordinal) ? 0 : Value(line);
        if (name == "livekit_participant_join_total")
            return since.Joins;

        var share = line.Contains("direction=\"incoming\"", Ordinal) ? since.Published / _recorded.Published
            : line.Contains("direction=\"outgoing\"", Ordinal) ? since.Subscribed / _recorded.Subscribed
            : since.Participants / _recorded.Participants;
        var told = Math.Max(0, Value(line) - _before.GetValueOrDefault(Key(line))) * share;
        return name.StartsWith("livekit_", Ordinal) ? Math.Round(told) : told; // LiveKit counts whole packets, bytes and people
    }

    private static string Text(double value) => value.ToString("0.######");

    private static string Key(string line) => line[..line.LastIndexOf(' ')];

    private static string Name(string line) => line[..line.IndexOfAny(['{', ' '])];

    private static double Value(string line) => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
}
