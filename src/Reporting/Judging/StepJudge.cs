namespace Reporting.Judging;

/// <summary>What a run shows about the cluster, as a step of a capacity search.</summary>
public static class StepJudge
{
    /// <summary>The run as a step.</summary>
    public static CapacityStep Of(RunSummary summary)
    {
        var rooms = summary.Processes.GroupBy(process => process.Room)
            .Select(room => room.Sum(process => process.Media.ParticipantsPlanned)).ToList();
        return new CapacityStep
        {
            Participants = summary.Load.Participants,
            Outcome = OutcomeOf(summary),
            Reason = summary.Judgement.Reason,
            RunId = summary.Run.RunId,
            Rooms = rooms.Count,
            ParticipantsInFullestRoom = rooms.DefaultIfEmpty().Max(),
            JoinTimeP95Seconds = summary.Fleet.JoinTimeSeconds?.P95,
            AudioDeliveryRatio = summary.Fleet.AudioDeliveryRatio,
            ReceivedBitsPerSecond = summary.Fleet.ReceivedBitsPerSecond,
            GeneratorCpuPeakRatio = summary.Generators.CpuPeakRatio,
            Thresholds = summary.Thresholds,
        };
    }

    private static StepOutcome OutcomeOf(RunSummary summary) => summary.Judgement.Verdict switch
    {
        Verdict.Passed => StepOutcome.Held,
        Verdict.Failed => StepOutcome.Broke,
        _ when summary.Generators.HostsSaturated > 0 || summary.Thresholds.Any(OfBusyGenerators) => StepOutcome.GeneratorsSaturated,
        _ => StepOutcome.Unclear,
    };

    private static bool OfBusyGenerators(ThresholdResult result) =>
        result.Outcome == ThresholdOutcome.Failed && Metrics.Find(result.Metric) is { OfGenerator: true };
}
