using System.Text.RegularExpressions;

namespace Rehearsal.Hosts;

/// <summary>Reads lk's lines in the order of their time as a LiveKit would have seen the participants come and go.</summary>
/// <param name="killedAfter">When the LiveKit was killed, in seconds since lk's start; null when it was not.</param>
/// <param name="backAfter">When it was there again; null when it stayed away.</param>
internal sealed partial class PlayedParticipants(double? killedAfter, double? backAfter)
{
    private readonly HashSet<string> _present = [];
    private readonly List<(double At, RoomLoad Change)> _publishing = [];
    private int _waited;
    private int _refused;

    /// <summary>Those who are there and have no track yet.</summary>
    private int _without;
    private bool _killed;

    /// <summary>What changed when, in seconds since lk's start.</summary>
    public List<(double At, RoomLoad Change)> Changes { get; } = [];

    /// <summary>Takes the next line.</summary>
    public void Take(double at, string line)
    {
        if (!_killed && at > killedAfter)
            Kill(killedAfter.Value);

        if (line.StartsWith("Starting load test", Ordinal))
            _waited = Math.Max(Planned(line, "video publishers"), Planned(line, "audio publishers")) + Planned(line, "subscribers");
        else if (line.StartsWith("publishing", Ordinal))
            _publishing.Add(Seen(at, line[(line.LastIndexOf(' ') + 1)..], publishes: 1, gets: 0));
        else if (line.StartsWith("subscribed to track ", Ordinal))
            Seen(at, line.Split(' ')[3], publishes: 0, gets: 1);
        else if (line.StartsWith("could not connect", Ordinal))
            Refuse(at);
        else if (line.StartsWith("Finished connecting", Ordinal))
            Wait(at, _waited - _refused - _present.Count);
    }

    private static int Planned(string line, string who) =>
        Count().Matches(line).FirstOrDefault(match => match.Groups["who"].Value == who) is { } match
            && int.TryParse(match.Groups["count"].Value, out var count) ? count : 0;

    private (double At, RoomLoad Change) Seen(double at, string identity, int publishes, int gets)
    {
        var isNew = _present.Add(identity);
        var joins = isNew && _without == 0 ? 1 : 0;
        _without -= isNew && _without > 0 ? 1 : 0;
        return Add(at, new RoomLoad(joins, joins * publishes, publishes, gets, joins));
    }

    private void Refuse(double at)
    {
        _refused++;
        if (_without > 0)
            Wait(at, -1);
    }

    private void Wait(double at, int without)
    {
        _without += without;
        Add(at, new RoomLoad(without, 0, 0, 0, without));
    }

    /// <summary>All are away; those who publish are the first to be back, and print no line of it.</summary>
    private void Kill(double at)
    {
        _killed = true;
        _without = 0;
        Add(at, RoomLoad.Sum(Changes.Select(change => change.Change)).Times(-1) with { Joins = 0 });
        _present.Clear();
        if (backAfter is { } back)
            _publishing.ForEach(publishing => Add(back, publishing.Change));
    }

    private (double At, RoomLoad Change) Add(double at, RoomLoad change)
    {
        Changes.Add((at, change));
        return Changes[^1];
    }

    [GeneratedRegex("(?<count>[0-9]+) (?<who>video publishers|audio publishers|subscribers)", RegexOptions.ExplicitCapture)]
    private static partial Regex Count();
}
