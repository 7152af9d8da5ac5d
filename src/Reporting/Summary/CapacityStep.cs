namespace Reporting.Summary;

/// <summary>What a step of a search for the capacity shows about the cluster.</summary>
public enum StepOutcome
{
    /// <summary>The cluster carried it: every threshold held.</summary>
    Held,

    /// <summary>A threshold broke.</summary>
    Broke,

    /// <summary>The load generators were the bottleneck: nothing is known of the cluster at this load.</summary>
    GeneratorsSaturated,

    /// <summary>Something was not measured, so the step has no answer.</summary>
    Unclear,
}

/// <summary>One load of a search for the capacity, and what came of it.</summary>
public sealed record CapacityStep
{
    /// <summary>Participants in all.</summary>
    public required int Participants { get; init; }

    /// <summary>What it shows about the cluster.</summary>
    public required StepOutcome Outcome { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The run that it was; its results are in results/history/RUN, those of the last step in results/.</summary>
    public string? RunId { get; init; }

    /// <summary>The rooms that they were in.</summary>
    public int Rooms { get; init; }

    /// <summary>Participants in the fullest room.</summary>
    public int ParticipantsInFullestRoom { get; init; }

    /// <summary>Participants that were served, of those of which that is known, 0 to 1.</summary>
    public double? ServedRatio { get; init; }

    /// <summary>Time to join of 95 of 100 participants, in seconds.</summary>
    public double? JoinTimeP95Seconds { get; init; }

    /// <summary>Audio packets that arrived of those that were due, 0 to 1.</summary>
    public double? AudioDeliveryRatio { get; init; }

    /// <summary>Video that arrived of what was due, at all but 5 % of the subscribers, 0 to 1.</summary>
    public double? VideoDeliveryRatio { get; init; }

    /// <summary>What all subscribers received together, in bits per second.</summary>
    public double? ReceivedBitsPerSecond { get; init; }

    /// <summary>The busiest ten seconds of the busiest generator, 0 to 1.</summary>
    public double? GeneratorCpuPeakRatio { get; init; }

    /// <summary>The thresholds with what was measured.</summary>
    public IReadOnlyList<ThresholdResult> Thresholds { get; init; } = [];

    /// <summary>
    /// The same as a step of this number of participants: when the fleet did not load them all, it shows nothing about that number.
    /// </summary>
    public CapacityStep Asked(int participants) => Participants == participants ? this : this with
    {
        Participants = participants,
        Outcome = StepOutcome.Unclear,
        Reason = Invariant($"the fleet loaded {Participants:N0} participants, not {participants:N0}"),
    };
}
