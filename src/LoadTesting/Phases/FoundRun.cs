using LoadTesting.Results;

namespace LoadTesting.Phases;

/// <summary>
/// A run on the fleet that another command started, found by Report: it is collected and reported in the history, before the load that was
/// asked for is run. Its verdict is not that of the command.
/// </summary>
public sealed class FoundRun
{
    private readonly PhaseContext _context;
    private readonly string _runId;

    private FoundRun(PhaseContext context, string runId) => (_context, _runId) = (context, runId);

    /// <summary>Where its results go.</summary>
    public ResultsDirectory Results => _context.Results;

    /// <summary>Looks for one that is in progress, or that has ended and was not downloaded; null when there is none.</summary>
    public static async Task<FoundRun?> FindAsync(PhaseContext context, CancellationToken cancellation) =>
        IsSought(context) && await FleetRun.AttachedAsync(context, cancellation) is { RunId: var runId }
            ? new FoundRun(context with
            {
                Results = context.Results.History.Of(runId),
                Parameters = context.Parameters with { Results = context.Parameters.Results with {
                    Baseline = null, ThresholdsGiven = false } },
            }, runId)
            : null;

    /// <summary>Collects and reports it.</summary>
    /// <param name="stop">Stops a load that is still in progress; its results are collected anyway.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LoadTestException">It could not be collected: the load that was asked for cannot be run.</exception>
    public async Task TakeAsync(CancellationToken stop, CancellationToken cancellation)
    {
        _context.Log.Say($"Found run {_runId} on the fleet, which another command started. It is collected and reported in "
            + $"{Results.Path}; then the load that you asked for is run.");
        try
        {
            await new CollectPhase(_context).RunAsync(stop, cancellation);
            var summary = await new ReportPhase(_context.Parameters.Results, Results, _context.Time).RunAsync(cancellation);
            _context.Log.Say($"Run {_runId}: {Reporting.Summary.Phrases.For(summary.Judgement.Verdict)}. {summary.Judgement.Reason}");
        }
        catch (LoadTestException error)
        {
            throw InTheWay(_runId, error.Message.Split('\n')[0].TrimEnd());
        }
    }

    /// <summary>Whether the command asks for a new load: Report, without a target that is about the run on the fleet.</summary>
    internal static bool IsSought(PhaseContext context) =>
        context.IsNamed(PhaseName.Report) && !context.IsNamed(PhaseName.Run) && !context.IsNamed(PhaseName.Collect);

    /// <summary>The error of a run that keeps the fleet from the load that was asked for.</summary>
    internal static LoadTestException InTheWay(string runId, string why) => new(
        $"The load that you asked for was not run: run {runId} is on the fleet, and could not be collected: {why}",
        "./build.sh Collect downloads its results; ./build.sh Destroy deletes it with the fleet.", exitCode: ExitCodes.NotRun);
}
