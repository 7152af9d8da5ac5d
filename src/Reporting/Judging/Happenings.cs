namespace Reporting.Judging;

/// <summary>The one list of what happened: in the cluster, to media, to participants; the earliest first.</summary>
internal static class Happenings
{
    /// <param name="summary">The run.</param>
    /// <param name="findings">What was noticed.</param>
    /// <param name="broken">The Run phase, where it failed.</param>
    public static IReadOnlyList<Happening> Of(RunSummary summary, IReadOnlyList<Finding> findings, Happening? broken) =>
    [
        .. summary.Happenings
            .Concat(summary.Stalls.Select(stall => new Happening(stall.StartedAt,
                stall.ToTheEnd ? null : stall.StartedAt.AddSeconds(stall.Seconds), HappeningKind.Stall,
                $"media stopped arriving at {stall.Where}")))
            .Concat(findings.Where(finding => finding is { Participants: not null, From: not null }
                or { Cause: not null, From: not null }).Select(finding =>
                new Happening(finding.From!.Value, finding.To,
                    finding.Participants is null ? HappeningKind.Errors : HappeningKind.Participants,
                    finding.Where is null ? finding.What : $"{finding.What} ({finding.Where})") { Cause = finding.Cause }))
            .Concat(broken is null ? [] : [broken])
            .OrderBy(happening => happening.At).ThenBy(happening => happening.Kind),
    ];
}
