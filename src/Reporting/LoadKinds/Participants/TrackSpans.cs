using System.Runtime.InteropServices;

namespace Reporting.LoadKinds.Participants;

/// <summary>From when to when a subscriber had a track; <see cref="To"/> is null for one that it had to the end.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TrackSpan(double From, double? To);

/// <summary>
/// The tracks of one subscriber over time. One that lost its room and comes back subscribes to a whole set again: to the same tracks,
/// whose counters begin again at 0, or to new ones, of which its count shows that nothing remained from before. lk's counts race: a new set
/// of three may count 2, 2, 3.
/// </summary>
internal sealed class TrackSpans
{
    /// <summary>Lines of one set may come that much apart and out of order.</summary>
    private const double RaceSeconds = 2;

    private readonly List<Set> _sets = [];

    /// <summary>When it first came back to a room that it had lost; null when it did not.</summary>
    public double? CameBackAt => _sets.Skip(1).FirstOrDefault(set => set.IsReturn)?.From;

    /// <summary>Whether it came back to other tracks alone: then those who publish had lost the room too.</summary>
    public bool IsBackToOthers => _sets.FindIndex(1, set => set.IsReturn) is > 0 and var back
        && !_sets[back].Lines.Exists(line => _sets[..back].Exists(set => set.Lines.Exists(before => before.TrackId == line.TrackId)));

    /// <summary>When its first track came.</summary>
    public double? FirstAt => _sets.Count == 0 ? null : _sets[0].From;

    public void Take(LkSubscription line)
    {
        if (line.At is not { } at)
            return;

        var set = _sets.Count == 0 ? null : _sets[^1];
        var before = set?.Lines.FindIndex(known => known.TrackId == line.TrackId) is >= 0 and var index ? set.Lines[index].At : null;
        var isAgain = at - before > RaceSeconds;
        if (set is null || isAgain || (before is null && line.Tracks <= set.Lines.Count && at - set.LastAt > RaceSeconds))
            _sets.Add(set = new Set(at, isAgain));
        else if (before is not null)
            return;

        set.Lines.Add(line);
        set.LastAt = at;
    }

    /// <summary>The spans of its tracks: of one that it got twice the last, for its counters tell of no other.</summary>
    public Dictionary<string, TrackSpan> Spans()
    {
        var spans = new Dictionary<string, TrackSpan>(StringComparer.Ordinal);
        for (var index = 0; index < _sets.Count; index++)
        {
            double? end = null;
            for (var later = index + 1; later < _sets.Count && end is null; later++)
                end = _sets[later].IsReturn ? _sets[later].From : null;
            foreach (var line in _sets[index].Lines)
                spans[line.TrackId] = new TrackSpan(line.At!.Value, end);
        }

        return spans;
    }

    /// <summary>Lines of one set of tracks.</summary>
    private sealed class Set(double from, bool hasTracksAgain)
    {
        public double From { get; } = from;

        public double LastAt { get; set; } = from;

        public List<LkSubscription> Lines { get; } = [];

        /// <summary>Whether nothing remained from the sets before.</summary>
        public bool IsReturn => hasTracksAgain || Lines.Max(line => line.Tracks) <= Lines.Count;
    }
}
