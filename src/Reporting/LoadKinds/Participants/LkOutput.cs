using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>
/// The output of one <c>lk load-test</c> process, turned into facts line by line. Nothing is judged here: lk calls an outage healthy, so
/// its words are evidence and no verdict.
/// </summary>
public sealed record LkOutput
{
    /// <summary>Output without a single line.</summary>
    public static LkOutput Empty { get; } = new();

    /// <summary>The load that lk announced at its start; null when it announced none.</summary>
    public LkStart? Start { get; init; }

    /// <summary>What lk reported to take from the environment (<c>url, api-key, api-secret</c>); null when it reported nothing.</summary>
    public string? FromEnvironment { get; init; }

    /// <summary>When <c>Finished connecting to room</c> came: all joins have ended, well or not, and the duration begins.</summary>
    public double? ConnectedAt { get; init; }

    /// <summary>Whether that line came at all (recordings without times have no instant for it).</summary>
    public bool FinishedConnecting { get; init; }

    /// <summary>When joins had ended and half of those who subscribe had had a track; null where none is due or they never had.</summary>
    public double? MediaAt { get; init; }

    /// <summary>When the tables began: the load had ended.</summary>
    public double? TablesAt { get; init; }

    /// <summary>When the last line came.</summary>
    public double? LastLineAt { get; init; }

    /// <summary>Publishers' tracks in the order of the lines.</summary>
    public IReadOnlyList<LkPublication> Publications { get; init; } = [];

    /// <summary>Subscriptions in the order of the lines.</summary>
    public IReadOnlyList<LkSubscription> Subscriptions { get; init; } = [];

    /// <summary>Joins that were given up, from the log lines: publishers appear nowhere else.</summary>
    public IReadOnlyList<LkFailedJoin> FailedJoins { get; init; } = [];

    /// <summary>Lines <c>track subscription failed</c>.</summary>
    public IReadOnlyList<LkFailedSubscription> FailedSubscriptions { get; init; } = [];

    /// <summary>Lines <c>caught panic in consumeTrack</c>.</summary>
    public int Panics { get; init; }

    /// <summary>
    /// What lk wrote beside failed joins and what is no error: panics, failed subscriptions and lines that are not known, the first few
    /// texts of them.
    /// </summary>
    public IReadOnlyList<LkError> Errors { get; init; } = [];

    /// <summary>How much of the tables there is.</summary>
    public LkTables Tables { get; init; }

    /// <summary>The table of tracks.</summary>
    public IReadOnlyList<LkTrackRow> Tracks { get; init; } = [];

    /// <summary>The table of subscribers without its last row.</summary>
    public IReadOnlyList<LkSubscriberRow> Subscribers { get; init; } = [];

    /// <summary>The last row of the table of subscribers.</summary>
    public LkTotalRow? Total { get; init; }

    /// <summary>Rows of the tables that could not be read: cut off or damaged.</summary>
    public int DamagedRows { get; init; }

    /// <summary>Whether more was written than is read: a line or a file beyond all measure.</summary>
    public bool Truncated { get; init; }

    /// <summary>Lines read in all.</summary>
    public long Lines { get; init; }

    /// <summary>Lines that this library does not know.</summary>
    public long UnknownLineCount { get; init; }

    /// <summary>The first and the last few of them, without signed tokens: a refusal or a panic is among them.</summary>
    public IReadOnlyList<string> UnknownLines { get; init; } = [];

    /// <summary>The first unknown line on standard error, or else on standard output: why lk refused or broke, if it did.</summary>
    public string? Complaint { get; init; }
}
