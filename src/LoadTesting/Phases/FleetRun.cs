using System.Collections.Concurrent;
using LoadTesting.Hosts.Agent;

namespace LoadTesting.Phases;

/// <summary>A run as the fleet's hosts tell it.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Hosts">How far it is on each host that answers.</param>
public sealed record FleetRun(string RunId, IReadOnlyList<(FleetHost Host, RunOnHost Run)> Hosts)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Whether it is still loading the cluster, or about to.</summary>
    public bool InProgress => Hosts.Any(host => host.Run.InProgress);

    /// <summary>Whether every host's results were downloaded.</summary>
    public bool Collected => Hosts.All(host => host.Run.Collected);

    /// <summary>
    /// The newest run on the fleet; null when there never was one. A host that does not answer is left out; one whose connection is cut is
    /// asked again, since a fleet that seems to have no run is destroyed with all that is on it.
    /// </summary>
    public static async Task<FleetRun?> LatestAsync(
        PhaseContext context, IReadOnlyList<FleetHost> fleet, CancellationToken cancellation) =>
        (await AskAsync(context, fleet, cancellation)).Latest;

    /// <summary>The same, with the names of the hosts that did not answer.</summary>
    public static async Task<(FleetRun? Latest, IReadOnlyList<string> Silent)> AskAsync(
        PhaseContext context, IReadOnlyList<FleetHost> fleet, CancellationToken cancellation)
    {
        var cut = new ConcurrentBag<FleetHost>();
        async Task<IReadOnlyList<RunOnHost>> AskAsync(FleetHost host, IRemoteShell shell, CancellationToken token)
        {
            try
            {
                return await new HostAgent(shell).RunsAsync(token);
            }
            catch (HostUnreachableException)
            {
                cut.Add(host);
                throw;
            }
        }

        var first = await context.Hosts.TryEachAsync(fleet, ConnectTimeout, AskAsync, cancellation);
        var again = await context.Hosts.TryEachAsync([.. cut], ConnectTimeout, AskAsync, cancellation);
        var answers = first.Concat(again).Where(answer => answer.Value is not null).ToList();
        var runs = answers
            .SelectMany(answer =>
                answer.Value!.Where(run => run.State is not (RunState.New or RunState.Late)).Select(run => (answer.Host, Run: run)))
            .ToLookup(entry => entry.Run.RunId);

        // Ids begin with the time of their start.
        var latest = runs.OrderBy(run => run.Key, StringComparer.Ordinal).LastOrDefault();
        return (
            latest is null ? null : new FleetRun(latest.Key, [.. latest]),
            [.. fleet.Where(host => answers.TrueForAll(answer => answer.Host != host)).Select(host => host.ShortName)]);
    }

    /// <summary>
    /// The run that the named targets are about: one in progress; with Report named, also one that has ended and was not downloaded; with
    /// Collect, even one that was.
    /// </summary>
    public static async Task<FleetRun?> AttachedAsync(PhaseContext context, CancellationToken cancellation)
    {
        var latest = await LatestAsync(context, await context.ListAsync(cancellation), cancellation);
        if (latest is null || latest.InProgress)
            return latest;

        var wanted = (context.IsNamed(PhaseName.Report) && !latest.Collected) || context.IsNamed(PhaseName.Collect);
        return wanted && !context.IsNamed(PhaseName.Run) ? latest : null;
    }

    /// <summary>Whether a phase before Collect has nothing to do, because the fleet has a run that it must not disturb.</summary>
    /// <exception cref="LoadTestException">The phase was named while a run is in progress.</exception>
    public static async Task<bool> SkipsPhaseAsync(PhaseContext context, PhaseName phase, CancellationToken cancellation)
    {
        var run = await AttachedAsync(context, cancellation);
        if (run is null)
            return false;

        if (FoundRun.IsSought(context))
            throw FoundRun.InTheWay(run.RunId, $"{phase} would disturb it");
        if (context.IsNamed(phase))
            return run.InProgress ? throw Busy(run, phase) : false;

        context.Log.Say($"Found run {run.RunId} on the fleet "
            + $"({(run.InProgress ? "in progress" : run.Collected ? "ended, downloaded" : "ended, not downloaded")}); "
            + "leaving it as it is.");
        return true;
    }

    private static LoadTestException Busy(FleetRun run, PhaseName phase) => new(
        $"{phase}: run {run.RunId} is in progress on {Format.Counted(run.Hosts.Count(host => host.Run.InProgress), "host")} and would be "
            + "disturbed.",
        "./build.sh Collect waits for it and downloads its results; ./build.sh Destroy ends it and deletes the fleet.");
}
