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
            ServedRatio = summary.Fleet.ServedRatio,
            JoinTimeP95Seconds = summary.Fleet.JoinTimeSeconds?.P95,
            AudioDeliveryRatio = summary.Fleet.AudioDeliveryRatio,
            VideoDeliveryRatio = summary.Fleet.VideoDeliveryRatio,
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
        _ => IsNotShownToHold(summary) ? StepOutcome.Broke : StepOutcome.Unclear,
    };

    /// <summary>Whether nothing is missing but that a threshold may hold: the cluster is not known to carry this load.</summary>
    private static bool IsNotShownToHold(RunSummary summary) =>
        summary.Findings.All(finding => finding.Weight == Verdict.Passed)
        && summary.Thresholds.Where(result => result.Outcome == ThresholdOutcome.Unmeasured).All(result => result.Least is not null);

    private static bool OfBusyGenerators(ThresholdResult result) =>
        result.Outcome == ThresholdOutcome.Failed && Metrics.Find(result.Metric) is { OfGenerator: true };
}
