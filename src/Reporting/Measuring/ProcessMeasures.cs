using Reporting.Raw.Lk;

namespace Reporting.Measuring;

/// <summary>What is wrong with how a process went.</summary>
/// <param name="Weight">What it means for the verdict.</param>
/// <param name="What">The rest of a sentence that begins with the process.</param>
internal sealed record ProcessIssue(Verdict Weight, string What);

/// <summary>
/// What one lk process experienced, as far as every kind of load knows it. What was not measured is null or missing; instants are on
/// the host's clock.
/// </summary>
internal abstract record ProcessMeasures
{
    public required PlannedProcess Plan { get; init; }

    public ProcessRun? Run { get; init; }

    /// <summary>What is wrong with how it went; null when nothing is.</summary>
    public abstract ProcessIssue? Issue { get; }

    /// <summary>All errors that lk reported, each text once.</summary>
    public IReadOnlyList<LkError> Complaints { get; init; } = [];

    /// <summary>Packets that lk counted on its tracks.</summary>
    public virtual double PacketsCounted => 0;

    /// <summary>Packets that were due, and that lk may have received and not counted.</summary>
    public virtual double PacketsHeldBack => 0;

    /// <summary>Packets that were due and that lk did not count.</summary>
    public virtual double PacketsMissing => 0;

    /// <summary>When all joins had ended: the steady state begins.</summary>
    public double? SteadyAt { get; init; }

    /// <summary>From when on media should arrive at it; null where none is due, or none began.</summary>
    public double? MediaAt { get; init; }

    /// <summary>When the steady state ended.</summary>
    public double? EndedAt { get; init; }

    /// <summary>When the last line came, whatever it was.</summary>
    public double? LastLineAt { get; init; }

    /// <summary>Lines that are not known; null when there is no output.</summary>
    public int? UnknownLines { get; init; }

    /// <summary>When each participant was first seen in its room.</summary>
    public IReadOnlyList<double> Joins { get; init; } = [];

    /// <summary>When each track was subscribed.</summary>
    public IReadOnlyList<double> Subscriptions { get; init; } = [];
}
