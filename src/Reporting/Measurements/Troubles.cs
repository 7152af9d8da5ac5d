using System.Globalization;

namespace Reporting.Measurements;

/// <summary>What is wrong with how one lk process went, in one sentence.</summary>
internal static class Troubles
{
    /// <summary>Less than this part of the planned time means that it ended early.</summary>
    private const double LeastHeld = 0.9;

    /// <summary>Null when nothing is.</summary>
    public static string? Of(ProcessMeasures process) => process switch
    {
        { UnknownLines: null } => "there is no output of it",
        { Reach: ProcessReach.NotStarted } => $"it did not start a load test: {process.Complaint ?? "it does not say why"}",
        { Reach: ProcessReach.Ramp } => $"it ended before all participants had joined{Because(process)}",
        { Reach: ProcessReach.NoTables } => $"it ended without its tables{Because(process)}",
        { Reach: ProcessReach.TablesCut } => "its tables are cut off",
        { HasUrl: false } => "it was not told where the server is and tested http://localhost:7880",
        { AsPlanned: false } => "it started another load than was planned",
        { SteadySeconds: { } held } when held < process.Plan.DurationSeconds * LeastHeld =>
            string.Create(CultureInfo.InvariantCulture, $"it held the load for {held:0} s of {process.Plan.DurationSeconds:0} s"),
        { SteadySeconds: null, Plan.Subscribers: > 0 } => "its lines have no times: how long it held the load, and what was due, is not known",
        { Run.ExitCode: { } code and not 0 } => string.Create(CultureInfo.InvariantCulture, $"exit code {code}{Because(process)}"),
        _ => null,
    };

    private static string Because(ProcessMeasures process) => process.Complaint is { } complaint ? $": {complaint}" : "";
}
