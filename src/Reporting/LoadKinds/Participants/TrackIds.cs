namespace Reporting.LoadKinds.Participants;

/// <summary>Track names, each kept once: every subscriber's row repeats them.</summary>
internal sealed class TrackIds
{
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public TrackIds() => _lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Intern(ReadOnlySpan<char> id)
    {
        if (_lookup.TryGetValue(id, out var known))
            return known;

        var added = id.ToString();
        _known.Add(added);
        return added;
    }
}
