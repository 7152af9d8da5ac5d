using Reporting.Measuring;
using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>How far an lk process came, as its output shows.</summary>
internal enum Completion
{
    /// <summary>There is no output, or none that announces the start of a load test.</summary>
    NotStarted,

    /// <summary>It ended before all participants had joined or given up.</summary>
    Ramp,

    /// <summary>All joins had ended; there are no tables although there were subscribers.</summary>
    NoTables,

    /// <summary>The tables are cut off.</summary>
    TablesCut,

    /// <summary>Everything is there.</summary>
    Complete,
}

/// <summary>What one process of participants experienced. Every number is measured; what was not is null or missing.</summary>
internal sealed record ParticipantMeasures : ProcessMeasures
{
    public required PlannedParticipants Expected { get; init; }

    public required Completion Reach { get; init; }

    /// <inheritdoc/>
    public override ProcessIssue? Issue => ProcessIssues.Of(this);

    /// <summary>Whether the load that lk announced is the planned one; null when it announced none.</summary>
    public bool? AsPlanned { get; init; }

    /// <summary>Whether lk had the server's URL; null when that is not known. Without one, it tests http://localhost:7880.</summary>
    public bool? HasUrl { get; init; }

    /// <summary>Why lk refused or broke, in its words; null when it did not say.</summary>
    public string? Complaint { get; init; }

    /// <summary>Participants that lk tried to join; null while the ramp did not end.</summary>
    public int? Attempted { get; init; }

    /// <summary>Participants that joined.</summary>
    public int? Connected { get; init; }

    /// <summary>Each planned participant, in the order in which they join.</summary>
    public IReadOnlyList<Participant> Participants { get; init; } = [];

    /// <summary>What lk reported besides failed joins.</summary>
    public IReadOnlyList<LkError> Reported { get; init; } = [];

    /// <summary>What the subscribers of each audio track lack of it.</summary>
    public IReadOnlyList<TrackShortfall> AudioTracks { get; init; } = [];

    /// <summary>What LiveKit counted in its room; null when it was not asked in time.</summary>
    public RoomCount? Counted { get; init; }

    /// <summary>Subscriptions that failed.</summary>
    public int FailedSubscriptions { get; init; }

    /// <summary>Panics of lk, each of which ended the reading of a track.</summary>
    public int Panics { get; init; }

    /// <summary>Failed joins, failed subscriptions and panics in the log.</summary>
    public int Errors { get; init; }

    /// <summary>Subscribers that joined and have a row in the tables.</summary>
    public IEnumerable<Participant> Received => Participants.Where(one => one is { Role: LkRole.Subscriber, HasRow: true });

    /// <summary>Packets received, all tracks.</summary>
    public long Packets { get; init; }

    /// <summary>What lk's jitter buffers dropped.</summary>
    public long Dropped { get; init; }

    /// <inheritdoc/>
    public override double PacketsCounted => Packets;

    /// <inheritdoc/>
    public override double PacketsHeldBack => Received.Sum(one => one.AudioHeldBack);

    /// <inheritdoc/>
    public override double PacketsMissing => Received.Sum(one => one.Audio.Due - one.Audio.Received - one.AudioHeldBack
        + (one.Video.Due - one.Video.Received));

    /// <summary>How long the load was held, in seconds.</summary>
    public double? SteadySeconds => EndedAt - SteadyAt;
}
