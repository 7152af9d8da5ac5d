using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>
/// Reads what <c>lk load-test</c> (or <c>livekit-cli load-test</c>) 1.5 to 2.18 prints, a line at a time: afterwards from files, or
/// while it runs, with the figures of progress after any line. No line is fatal: what is not known is kept and counted.
/// </summary>
public sealed class LkOutputParser
{
    private const int KeptUnknownLines = 20;
    private const int KeptLineLength = 500;
    private const int KeptErrors = 50;

    private readonly TrackIds _ids = new();
    private readonly LkTableParser _tables;
    private readonly List<LkPublication> _publications = [];
    private readonly List<LkSubscription> _subscriptions = [];
    private readonly List<LkFailedJoin> _failedJoins = [];
    private readonly List<LkFailedSubscription> _failedSubscriptions = [];
    private readonly Dictionary<string, LkError> _errors = new(StringComparer.Ordinal);
    private readonly HashSet<int> _seen = [];
    private readonly HashSet<int> _withTrack = [];
    private readonly List<string> _firstUnknown = [];
    private readonly Queue<string> _lastUnknown = [];
    private LkStart? _start;
    private string? _fromEnvironment;
    private bool _finished;
    private double? _connectedAt;
    private bool _mediaBegun;
    private double? _mediaAt;
    private double? _tablesAt;
    private double? _lastLineAt;
    private string? _complaintOnStdout;
    private string? _complaintOnStderr;
    private long _lines;
    private long _unknown;
    private int _panics;

    /// <summary>Makes a parser for the output of one process.</summary>
    public LkOutputParser() => _tables = new LkTableParser(_ids);

    /// <summary>Reads all output of a process that has ended.</summary>
    /// <param name="streams">Its files.</param>
    public static LkOutput Read(LkStreams streams)
    {
        var parser = new LkOutputParser();
        var whole = streams.Read(parser.Feed);
        return parser.Complete() with { Truncated = !whole };
    }

    /// <summary>
    /// Participants known to have joined: those whose lines were seen and, once all joins have ended, all that did not give up.
    /// </summary>
    public int Connected => _finished && _start is not null ? Math.Max(0, _start.Participants - _failedJoins.Count) : _seen.Count;

    /// <summary>Subscriptions so far, all subscribers together.</summary>
    public int Tracks => _subscriptions.Count;

    /// <summary>Failed joins, failed subscriptions and caught panics.</summary>
    public int Errors => _failedJoins.Count + _failedSubscriptions.Count + _panics;

    /// <summary>
    /// Whether media should arrive: all joins have ended, half of those who subscribe have had a track (tracks may come seconds after all
    /// joins, and some never get any), and the tables have not begun.
    /// </summary>
    public bool IsMediaDue => _mediaBegun && !_tables.Begun;

    /// <summary>Takes the next line of one of the two streams.</summary>
    /// <param name="source">Where it came from.</param>
    /// <param name="line">The line without its line feed.</param>
    /// <param name="at">When it came, in epoch seconds on the clock of the host; null when that is not known.</param>
    public void Feed(LkSource source, ReadOnlySpan<char> line, double? at)
    {
        _lines++;
        _lastLineAt = at ?? _lastLineAt;
        line = AnsiCodes.Strip(line.TrimEnd('\r'));
        if (line.Trim().IsEmpty)
            return;

        if (source == LkSource.Stderr || !(TableLine(line, at) || FrequentLine(line, at)))
            RareLine(source, line, at);
        if (!_mediaBegun && _finished && HasHalfTheirTracks())
            (_mediaBegun, _mediaAt) = (true, at);
    }

    /// <summary>What the lines say, all together.</summary>
    public LkOutput Complete() => new()
    {
        Start = _start,
        FromEnvironment = _fromEnvironment,
        FinishedConnecting = _finished,
        ConnectedAt = _connectedAt,
        MediaAt = _mediaAt,
        TablesAt = _tablesAt,
        LastLineAt = _lastLineAt,
        Publications = _publications,
        Subscriptions = _subscriptions,
        FailedJoins = _failedJoins,
        FailedSubscriptions = _failedSubscriptions,
        Panics = _panics,
        Errors = [.. _errors.Values],
        Tables = _tables.Total is not null ? LkTables.Complete : _tables.Begun ? LkTables.Cut : LkTables.None,
        Tracks = _tables.Tracks,
        Subscribers = _tables.Subscribers,
        Total = _tables.Total,
        DamagedRows = _tables.DamagedRows,
        Lines = _lines,
        UnknownLineCount = _unknown,
        UnknownLines = [.. _firstUnknown, .. _lastUnknown],
        Complaint = _complaintOnStderr ?? _complaintOnStdout,
    };

    private bool HasHalfTheirTracks() => _withTrack.Count > 0
        && 2 * _withTrack.Count >= _start?.Subscribers - _failedJoins.Count(join => join.Role == LkRole.Subscriber);

    private bool TableLine(ReadOnlySpan<char> line, double? at)
    {
        var begun = _tables.Begun;
        switch (line[0])
        {
            case '│':
                _tables.BoxRow(line);
                break;
            case '┌' or '├' or '└':
            case 'T' when line is "Track loading:":
            case 'S' when line is "Subscriber summaries:":
            // 2.0.0 to 2.3.0 print the tester's Go structures before its rows.
            case '&' when line.StartsWith("&{"):
                _tables.Begin();
                break;
            default:
                if (!_tables.TryPipeRow(line))
                    return false;

                break;
        }

        if (!begun)
            _tablesAt = at;

        return true;
    }

    private bool FrequentLine(ReadOnlySpan<char> line, double? at)
    {
        if (LkLogParser.TrySubscription(line, at, _ids, out var subscription))
        {
            _subscriptions.Add(subscription);
            _seen.Add(subscription.Participant);
            _withTrack.Add(subscription.Participant);
            return true;
        }

        if (LkLogParser.TryPublication(line, at, out var publication))
        {
            _publications.Add(publication);
            _seen.Add(publication.Participant);
            return true;
        }

        if (!LkLogParser.TryFailedJoin(line, at, out var failed))
            return false;

        _failedJoins.Add(failed);
        return true;
    }

    private void RareLine(LkSource source, ReadOnlySpan<char> line, double? at)
    {
        if (LkLogParser.TryStart(line, at, out var start))
            _start = start;
        else if (LkLogParser.IsFinished(line))
            (_finished, _connectedAt) = (true, at);
        else if (LkLogParser.TryEnvironment(line, out var taken))
            _fromEnvironment = taken;
        else
            ErrorLine(source, line, at);
    }

    private void ErrorLine(LkSource source, ReadOnlySpan<char> line, double? at)
    {
        if (LkLogParser.TryFailedSubscription(line, _ids, out var subscription))
        {
            _failedSubscriptions.Add(subscription);
            Error(ErrorCause.FailedSubscription.Text, at);
        }
        else if (line.StartsWith(ErrorCause.Panic.Text))
        {
            _panics++;
            Error(ErrorCause.Panic.Text, at);
        }
        else
        {
            Unknown(source, line, at);
        }
    }

    private void Error(string text, double? at)
    {
        if (_errors.TryGetValue(text, out var known))
            _errors[text] = known with { Count = known.Count + 1, From = known.From ?? at, To = at ?? known.To };
        else if (_errors.Count < KeptErrors)
            _errors[text] = new LkError(text, 1, at, at);
    }

    private void Unknown(LkSource source, ReadOnlySpan<char> line, double? at)
    {
        _unknown++;
        var kept = SignedTokens.Redact(line[..Math.Min(line.Length, KeptLineLength)].ToString());
        Error(ErrorTexts.Normalized(kept), at);
        if (source == LkSource.Stderr)
            _complaintOnStderr ??= kept;
        else
            _complaintOnStdout ??= kept;

        if (_firstUnknown.Count < KeptUnknownLines)
        {
            _firstUnknown.Add(kept);
            return;
        }

        _lastUnknown.Enqueue(kept);
        if (_lastUnknown.Count > KeptUnknownLines)
            _lastUnknown.Dequeue();
    }
}
