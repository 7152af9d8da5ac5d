using Reporting.Measuring;

namespace Reporting.LoadKinds.Participants;

/// <summary>What is wrong with how one lk process went, as the rest of a sentence that begins with the process.</summary>
internal static class ProcessIssues
{
    /// <summary>Less than this part of the planned time means that it ended early.</summary>
    private const double MinHeld = 0.9;

    /// <summary>Null when nothing is.</summary>
    public static ProcessIssue? Of(ParticipantMeasures process) => What(process) is { } what
        ? new(IsFault(process) ? Verdict.Failed : Verdict.Inconclusive, what)
        : null;

    private static bool IsFault(ParticipantMeasures process) =>
        process is { Reach: Completion.NotStarted, UnknownLines: not null } or { AsPlanned: false } or { HasUrl: false };

    private static string? What(ParticipantMeasures process) => process switch
    {
        { UnknownLines: null } => "left no output",
        { Reach: Completion.NotStarted } => $"did not start a load test: {process.Complaint ?? "no reason given"}",
        { Reach: Completion.Ramp } => $"ended before all participants had joined{Because(process)}",
        { Reach: Completion.NoTables } => $"ended without tables{Because(process)}",
        { Reach: Completion.TablesCut } => "left tables that are cut off",
        { HasUrl: false } => "did not know where the server is and tested http://localhost:7880",
        { AsPlanned: false } => "started another load than was planned",
        { SteadySeconds: { } held } when held < process.Plan.DurationSeconds * MinHeld =>
            Invariant($"held the load for {held:0} s of {process.Plan.DurationSeconds:0} s"),
        { SteadySeconds: null, Expected.Subscribers: > 0 } =>
            "left lines without times: how long the load was held, and what was due, is not known",
        { Run.ExitCode: { } code and not 0 } => Invariant($"ended with exit code {code}{Because(process)}"),
        _ => null,
    };

    private static string Because(ParticipantMeasures process) => process.Complaint is { } complaint ? $": {complaint}" : "";
}
