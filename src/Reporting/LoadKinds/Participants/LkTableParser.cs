using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>
/// Both of lk's tables in both of its forms: columns parted by | (up to 2.3.0), box tables (since). A row is recognised by
/// its cells, so that a title, a border or the end may be missing.
/// </summary>
internal sealed class LkTableParser(TrackIds ids)
{
    private const char Box = '│';
    private const int TrackColumns = 6;
    private const int SubscriberColumns = 5;

    private readonly List<LkTrackRow> _tracks = [];
    private readonly List<LkSubscriberRow> _subscribers = [];
    private bool _inSummary;
    private bool _errorsUnread;
    private int _tester = -1;

    public IReadOnlyList<LkTrackRow> Tracks => _tracks;

    public IReadOnlyList<LkSubscriberRow> Subscribers => _subscribers;

    public LkTotalRow? Total { get; private set; }

    public bool Begun { get; private set; }

    public int DamagedRows { get; private set; }

    /// <summary>Takes a title, border or dump line, which comes before or between rows.</summary>
    public void Begin() => Begun = true;

    public void BoxRow(ReadOnlySpan<char> line) => Row(line[1..], Box);

    /// <summary>Takes the line when it belongs to a table of columns parted by |.</summary>
    public bool TryPipeRow(ReadOnlySpan<char> line)
    {
        var bar = line.IndexOf(" | ");
        if (bar < 0)
            return false;

        var lead = line[..bar].Trim();
        var rest = line[(bar + 3)..];
        if (lead is "Summary")
            Header(summary: true);
        else if (rest.StartsWith("Track ") && TryTester(lead, out _tester))
            Header(summary: false);
        else if (Begun && lead.IsEmpty)
            Row(rest, '|');
        else
            return false;

        return true;
    }

    private void Header(bool summary)
    {
        Begun = true;
        _inSummary = summary;
    }

    private void Row(ReadOnlySpan<char> line, char separator)
    {
        Begun = true;
        Span<Range> cells = stackalloc Range[TrackColumns + 1];
        var columns = Columns(separator);
        var count = line.Split(cells[..(columns + 1)], separator);
        if (separator == Box && line[cells[0]].Trim() is "Tester")
            _inSummary = count > 1 && line[cells[1]].Trim() is "Tracks";
        else if (count < Needed(separator))
            DamagedRows++;
        else if (_inSummary)
            SummaryRow(line, cells, separator);
        else
            TrackRow(line, cells, separator);
    }

    // A track row has no free text. A subscriber's row ends with an error text that may hold separators itself, so the split must leave
    // them alone. In the pipe form the tester's name comes before the rows of tracks.
    private int Columns(char separator) => _inSummary ? SubscriberColumns - 1 : separator == Box ? TrackColumns : TrackColumns - 1;

    private int Needed(char separator) => _inSummary ? SubscriberColumns : separator == Box ? TrackColumns + 1 : TrackColumns - 1;

    private void TrackRow(ReadOnlySpan<char> line, ReadOnlySpan<Range> cells, char separator)
    {
        if (separator == Box)
        {
            if (TryTester(line[cells[0]].Trim(), out var tester))
                _tester = tester;

            cells = cells[1..];
        }

        var track = line[cells[0]].Trim();
        if (track.IsEmpty)
            return;

        // Up to 2.3.0 the publisher's number and kind stand before the name: 0V TR_….
        track = track[(track.LastIndexOf(' ') + 1)..];
        if (LkValues.TryKind(line[cells[1]].Trim(), out var kind) && LkValues.TryCount(line[cells[2]].Trim(), out var packets))
            _tracks.Add(new LkTrackRow(_tester, ids.Intern(track), kind, packets,
                LkValues.BitsPerSecond(line[cells[3]].Trim()), LkValues.Dropped(line[cells[4]].Trim()) ?? 0));
        else
            DamagedRows++;
    }

    private void SummaryRow(ReadOnlySpan<char> line, ReadOnlySpan<Range> cells, char separator)
    {
        var name = line[cells[0]].Trim(' ');
        var error = line[cells[4]];
        if (separator == Box && error.Length > 0 && error[^1] == Box)
            error = error[..^1];

        if (name.IsEmpty)
            ContinuationRow(error.Trim(' '));
        else if (!LkValues.TryPair(line[cells[1]].Trim(), out var tracks, out var expected))
            DamagedRows++;
        else if (name is "Total")
            SetTotal(new LkTotalRow(tracks, expected, LkValues.BitsPerSecond(line[cells[2]].Trim()),
                LkValues.Dropped(line[cells[3]].Trim()), 0), error);
        else if (TryTester(name, out var tester))
            _subscribers.Add(new LkSubscriberRow(tester, tracks, expected, LkValues.BitsPerSecond(line[cells[2]].Trim()),
                LkValues.Dropped(line[cells[3]].Trim()), error.Trim(' ') is "-" ? null : SignedTokens.Redact(error.Trim(' ').ToString())));
        else
            DamagedRows++;
    }

    // lk 2.3.1 to 2.5.0 prints the number of errors as the character with that code: 0 is NUL, 3 ETX, 13 CR. A TAB (9)
    // has become blanks and a line feed (10) a second line of the row, so for a blank cell the rows are counted.
    private void SetTotal(LkTotalRow total, ReadOnlySpan<char> errorCell)
    {
        var failed = _subscribers.Count(row => row.Error is not null);
        var errors = errorCell.Trim(' ') switch
        {
            [] => failed,
            [var c] when char.IsControl(c) => c,
            // One digit is the count in one version and the code of a character (48 to 57) in another.
            [var c] when c == failed => failed,
            var cell => int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : failed,
        };
        _errorsUnread = errorCell.Trim(' ').IsEmpty;
        Total = total with { Errors = errors };
    }

    private void ContinuationRow(ReadOnlySpan<char> error)
    {
        if (Total is not null && _errorsUnread)
            Total = Total with { Errors = '\n' };
        else if (Total is null && !error.IsEmpty && _subscribers is [.., var last])
            _subscribers[^1] = last with { Error = $"{last.Error} {SignedTokens.Redact(error.ToString())}" };
    }

    private static bool TryTester(ReadOnlySpan<char> name, out int number)
    {
        number = -1;
        return name.StartsWith("Sub ")
            && int.TryParse(name[4..], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
