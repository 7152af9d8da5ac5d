namespace Reporting.Judging;

/// <summary>A run whose Run phase failed: the controller lost sight of it, and may have deleted its rooms while lk ran.</summary>
internal static class FailedRun
{
    /// <summary>When and why; null when the last Run phase did not fail.</summary>
    public static Happening? Of(RunManifest manifest) =>
        manifest.Phases.LastOrDefault(phase => phase.Name == "Run") is { Outcome: "failed" } run
            ? new Happening(run.StartedAt.AddSeconds(run.Seconds), run.StartedAt.AddSeconds(run.Seconds), HappeningKind.RunFailed,
                $"the Run phase failed: {(run.Reason ?? "no reason given").TrimEnd('.')}")
            : null;

    public static Judgement Judgement(Happening failure) => new()
    {
        Verdict = Verdict.Inconclusive,
        Reason = $"The Run phase failed at {Format.Second(failure.At)}{failure.What["the Run phase failed".Length..]}; "
            + "what followed shows nothing about LiveKit.",
        Advice = "Remove that cause and run again; what was measured before that time still holds.",
    };
}
