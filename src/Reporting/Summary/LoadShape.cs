using System.Diagnostics.CodeAnalysis;

namespace Reporting.Summary;

/// <summary>The load that was asked for; each kind of load adds what only it has.</summary>
public abstract record LoadShape
{
    /// <summary>Makes one to be filled.</summary>
    protected LoadShape()
    {
    }

    /// <summary>Takes what every kind of load has from a plan.</summary>
    [SetsRequiredMembers]
    protected LoadShape(RunPlan plan)
    {
        Kind = plan.Kind;
        Hosts = plan.Processes.Select(process => process.Host).Distinct().Count();
        Processes = plan.Processes.Count;
        Rooms = plan.Rooms().Count;
        Participants = plan.Processes.Sum(process => process.Participants);
        (RampUpSeconds, DurationSeconds) = (plan.RampUpSeconds, plan.DurationSeconds);
    }

    /// <summary>The kind of load.</summary>
    public string Kind { get; init => field = value ?? RunPlan.FirstKind; } = RunPlan.FirstKind;

    /// <summary>Number of machines.</summary>
    public required int Hosts { get; init; }

    /// <summary>Number of <c>lk</c> processes.</summary>
    public required int Processes { get; init; }

    /// <summary>Number of rooms.</summary>
    public required int Rooms { get; init; }

    /// <summary>Participants in all.</summary>
    public required int Participants { get; init; }

    /// <summary>Participants that join each second, all processes together.</summary>
    public required double JoinsPerSecond { get; init; }

    /// <summary>How long the slowest process takes to start all its participants, in seconds.</summary>
    public required double RampUpSeconds { get; init; }

    /// <summary>How long the load is held after that, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>What the participants do, as the rest of a sentence.</summary>
    public abstract string Roles();

    /// <summary>The media, in a sentence.</summary>
    public abstract string Media();

    /// <summary>What must be the same in two runs of this kind for their figures to be compared.</summary>
    public abstract IReadOnlyList<(string What, object Value)> Likeness();
}
