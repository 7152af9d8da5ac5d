using Reporting.Raw.Lk;

namespace Reporting.Summary;

/// <summary>What kind of thing happened; as causes of trouble the first are the likelier.</summary>
public enum HappeningKind
{
    /// <summary>A container of LiveKit was restarted.</summary>
    Restart,

    /// <summary>A LiveKit pod was evicted.</summary>
    Eviction,

    /// <summary>A node was under pressure, cordoned, not ready or gone.</summary>
    NodeTrouble,

    /// <summary>A LiveKit pod was at its limit of processors or memory.</summary>
    PodAtLimit,

    /// <summary>A LiveKit pod was terminating.</summary>
    Termination,

    /// <summary>A LiveKit pod was not as it should be: unschedulable, crashing.</summary>
    PodTrouble,

    /// <summary>The autoscaler could not scale.</summary>
    NotScaled,

    /// <summary>LiveKit's nodes did not know of each other's rooms.</summary>
    NodesApart,

    /// <summary>LiveKit did not answer.</summary>
    NoAnswer,

    /// <summary>A room of the run was deleted.</summary>
    RoomDeleted,

    /// <summary>LiveKit took a fixed number of participants into a room.</summary>
    RoomLimit,

    /// <summary>Participants left a room for good.</summary>
    RoomShrank,

    /// <summary>The number of wanted pods changed.</summary>
    Scaling,

    /// <summary>Media stopped arriving.</summary>
    Stall,

    /// <summary>Participants could not join, or lost their room.</summary>
    Participants,

    /// <summary>lk reported errors.</summary>
    Errors,

    /// <summary>The Run phase failed.</summary>
    RunFailed,
}

/// <summary>Something that happened during the run.</summary>
/// <param name="At">When it began.</param>
/// <param name="To">When it ended; null when it lasted to the end, or was no more than a moment.</param>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="What">What it was, a sentence without its end.</param>
public sealed record Happening(DateTimeOffset At, DateTimeOffset? To, HappeningKind Kind, string What)
{
    /// <summary>What it means and what to do about it; null when that goes without saying, or is not known.</summary>
    public ErrorCause? Cause { get; init; }
}
