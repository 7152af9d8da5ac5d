using Reporting.Summary;

namespace LoadTesting.Capacity;

/// <summary>Either the load to try next, or what was found.</summary>
/// <param name="Participants">The load to try; null when the search is over.</param>
/// <param name="Finding">What was found; null while the search continues.</param>
public sealed record CapacityMove(int? Participants, CapacityFinding? Finding)
{
    internal static CapacityMove Try(int participants) => new(participants, null);

    internal static CapacityMove End(CapacityKind kind, int? participants, string sentence) =>
        new(null, new CapacityFinding(kind, participants, sentence));
}

/// <summary>
/// Decides after each step which load comes next: upwards until a step does not hold, then between the last that did and the first that did
/// not. The last that held is tried again, because one good minute may be luck. Pure.
/// </summary>
public static class CapacitySearch
{
    /// <summary>The next move.</summary>
    /// <param name="range">The loads that may be tried.</param>
    /// <param name="steps">What was tried so far, in order.</param>
    public static CapacityMove Next(CapacityRange range, IReadOnlyList<CapacityStep> steps)
    {
        if (steps.Count == 0)
            return CapacityMove.Try(range.From);

        if (steps[^1] is { Outcome: StepOutcome.Unclear } unclear)
            return Again(steps, unclear);

        var ceiling = steps.Where(step => step.Outcome is StepOutcome.Broke or StepOutcome.GeneratorsSaturated)
            .MinBy(step => step.Participants);
        var held = steps.Where(step => step.Outcome == StepOutcome.Held && (ceiling is null || step.Participants < ceiling.Participants))
            .ToList();
        if (held.Count == 0)
            return NoneHeld(ceiling!);

        var floor = held.Max(step => step.Participants);
        if (Between(range, floor, ceiling?.Participants) is { } next)
            return CapacityMove.Try(next);

        List<CapacityStep> answer = [.. held.Where(step => step.Participants == floor)];
        return answer.Count < 2 ? CapacityMove.Try(floor) : Found(range, $"{floor:N0} participants{Figures(answer)}", floor, ceiling);
    }

    /// <summary>What is known when the search was ended in the middle.</summary>
    public static CapacityFinding Unfinished(IReadOnlyList<CapacityStep> steps)
    {
        var held = steps.Where(step => step.Outcome == StepOutcome.Held).Select(step => (int?)step.Participants).Max();
        return CapacityMove.End(CapacityKind.Unknown, held, $"The search was ended after {steps.Count} steps{Most(held)}.").Finding!;
    }

    private static CapacityMove Again(IReadOnlyList<CapacityStep> steps, CapacityStep unclear)
    {
        if (steps.Count < 2 || steps[^2].Outcome != StepOutcome.Unclear)
            return CapacityMove.Try(unclear.Participants);

        var held = steps.Where(step => step.Outcome == StepOutcome.Held).Select(step => (int?)step.Participants).Max();
        return CapacityMove.End(CapacityKind.Unknown, held,
            $"Twice {unclear.Participants:N0} participants could not be measured ({unclear.Reason.TrimEnd('.')}){Most(held)}.");
    }

    /// <summary>The load to try between what held and what did not; null when nothing is left between them.</summary>
    private static int? Between(CapacityRange range, int floor, int? ceiling)
    {
        var up = range.Step is { } step ? floor + step : 2 * floor;
        if (ceiling is null)
            return floor == range.To ? null : Math.Min(up, range.To);

        var between = range.Step is null ? floor + (range.Unit * ((ceiling.Value - floor) / range.Unit / 2)) : up;
        return between > floor && between < ceiling ? between : null;
    }

    private static CapacityMove NoneHeld(CapacityStep ceiling) => ceiling.Outcome == StepOutcome.Broke
        ? CapacityMove.End(CapacityKind.LessThanAsked, null,
            $"The cluster does not carry {ceiling.Participants:N0} participants. {ceiling.Reason}")
        : CapacityMove.End(CapacityKind.Unknown, null,
            $"Nothing is known of the cluster, not even with {ceiling.Participants:N0} participants. {ceiling.Reason}");

    /// <summary>What people got at the answer, the worse of its runs.</summary>
    private static string Figures(IReadOnlyList<CapacityStep> steps)
    {
        string?[] figures =
        [
            steps.Min(step => step.ServedRatio) is { } served ? $"{Format.Show(served, Unit.Ratio)} served" : null,
            steps.Max(step => step.JoinTimeP95Seconds) is { } join ? $"p95 of the join time {Format.Show(join, Unit.Seconds)}" : null,
            steps.Min(step => step.AudioDeliveryRatio) is { } audio ? $"audio {Format.Show(audio, Unit.Ratio)}" : null,
            steps.Min(step => step.VideoDeliveryRatio) is { } video ? $"video {Format.Show(video, Unit.Ratio)}" : null,
        ];
        return string.Join(", ", figures.OfType<string>()) is { Length: > 0 } words ? $" ({words})" : "";
    }

    private static CapacityMove Found(CapacityRange range, string answer, int floor, CapacityStep? ceiling) => ceiling switch
    {
        null => CapacityMove.End(CapacityKind.AtLeast, floor,
            $"The cluster carries at least {answer}; more were not asked for (--capacity-to {range.To})."),
        { Outcome: StepOutcome.Broke } => CapacityMove.End(CapacityKind.Knee, floor,
            $"The cluster carries {answer}, but not {ceiling.Participants:N0}. {ceiling.Reason}"),
        _ => CapacityMove.End(CapacityKind.AtLeast, floor,
            $"The cluster carries at least {answer}: with {ceiling.Participants:N0} the load generators were the "
                + "bottleneck. Use fewer participants a VM, or a larger flavor."),
    };

    private static string Most(int? held) => held is { } most ? $"; the most that held was {most:N0} participants" : "; none held";
}
