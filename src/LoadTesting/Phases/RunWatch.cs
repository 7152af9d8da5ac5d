using LoadTesting.Hosts.Agent;
using LoadTesting.LoadKinds;

namespace LoadTesting.Phases;

/// <summary>
/// Watches a run until it ends. The hosts carry it by themselves: a host that does not answer is silent, not failed, and when the
/// controller goes away nothing happens to the run.
/// </summary>
/// <param name="context">What every phase is given.</param>
/// <param name="manifest">The run.</param>
/// <param name="beside">What is beside the run and waits for the end of the load; null where nothing is.</param>
public sealed class RunWatch(PhaseContext context, RunManifest manifest, RunMonitor? beside)
{
    private static readonly TimeSpan KillMargin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TablesTimeout = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A host that has not answered for so long counts as silent, and joins that have not come so long after the ramp-up as failed.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A poll costs a host a few milliseconds, which would make its start late: no host is polled before this has passed.
    /// </summary>
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan ShortInterval = TimeSpan.FromMilliseconds(250);

    private readonly IReadOnlyList<AbortCondition> _abortWhen = AbortCondition.Parse(context.Parameters.Load.AbortWhen, out _);
    private readonly HashSet<WatchedHost> _stalled = [];

    /// <summary>LiveKit's answers in a row that had fewer participants than lk.</summary>
    private readonly HashSet<DateTimeOffset> _fewer = [];

    /// <summary>Waits until lk has ended on every host that answers, or until it must have.</summary>
    /// <param name="fleet">The hosts that run it.</param>
    /// <param name="cancellation">Stops the load: each lk receives one SIGINT, its tables are awaited, then it is ended.</param>
    public async Task UntilDoneAsync(IReadOnlyList<FleetHost> fleet, CancellationToken cancellation)
    {
        var hosts = fleet.Select(host => new WatchedHost(host, KnownKinds.Of(manifest.Plan),
            manifest.Plan.Processes.Where(process => process.Host == host.ShortName).Sum(process => process.Participants))).ToList();
        try
        {
            if (Start + QuietPeriod - context.Now is var left && left > TimeSpan.Zero)
                await Task.Delay(left, context.Time, cancellation);
            if (await WatchAsync(hosts, Deadline, _abortWhen, cancellation) is { } condition)
            {
                context.Log.Warn($"Run {manifest.RunId}: {condition} holds: the load is stopped.");
                await StopAsync(hosts, $"--abort-when {condition}");
            }

            beside?.LoadEnded();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await StopAsync(hosts, "cancelled");
            beside?.LoadEnded();
            throw;
        }
    }

    /// <summary>A look takes the controller two milliseconds: fifty a second are a tenth of a core.</summary>
    private TimeSpan Interval => TimeSpan.FromSeconds(Math.Clamp(manifest.Hosts.Count / 50.0, 2, 10));

    private int Participants => manifest.Plan.Processes.Sum(process => process.Participants);

    private DateTimeOffset Start => manifest.StartAt ?? context.Now;

    /// <summary>When all have joined, or never will.</summary>
    private DateTimeOffset AllJoined => Start + TimeSpan.FromSeconds(
        manifest.Plan.Processes.Max(process => process.StartOffsetSeconds) + manifest.Plan.RampUpSeconds) + Grace;

    private DateTimeOffset ExpectedEnd => Start + RunLength.Of(manifest.Plan).Expected;

    /// <summary>When every host has ended it by itself.</summary>
    private DateTimeOffset Deadline => Start + RunLength.Of(manifest.Plan).Kill + KillMargin;

    /// <returns>The condition that was met before the end; null at the end.</returns>
    private async Task<AbortCondition?> WatchAsync(
        List<WatchedHost> hosts, DateTimeOffset deadline, IReadOnlyList<AbortCondition> abortWhen, CancellationToken cancellation)
    {
        while (true)
        {
            var askedAt = context.Now;
            var asked = hosts.Where(host => !host.Done).ToList();
            var answers = await context.Hosts.TryEachAsync(
                [.. asked.Select(host => host.Host)],
                ConnectTimeout,
                (host, shell, token) =>
                    new HostAgent(shell).WatchAsync(manifest.RunId, asked.First(watched => watched.Host == host).Seen, token),
                cancellation);
            var now = context.Now;
            foreach (var (host, answer) in asked.Zip(answers))
                host.Take(answer.Value, now);

            context.Log.Show(View(hosts, now));
            SayStalls(hosts, now);
            SayFewer(hosts, now);
            if (hosts.TrueForAll(host => host.Done) || now > deadline || LostAfterEnd(hosts, now))
                return null;
            if (abortWhen.FirstOrDefault(condition => condition.Holds(Figures(hosts, now))) is { } met && now > Start && now < ExpectedEnd)
                return met;

            var onlySilentLeft = hosts.TrueForAll(host => host.Done || host.Silent);
            await Task.Delay(onlySilentLeft ? Interval : Pause(now, now - askedAt), context.Time, cancellation);
        }
    }

    private LiveFigures Figures(IReadOnlyList<WatchedHost> hosts, DateTimeOffset now)
    {
        return new LiveFigures
        {
            Participants = Participants,
            Connected = now > AllJoined ? Connected(hosts, now).Count : null,
            Errors = hosts.Sum(host => host.Errors),
            Hosts = hosts.Count,
            Silent = hosts.Count(host => host.Silent && now - (host.Heard ?? Start) > Grace),
            Stalled = hosts.Count(host => host.StalledSince is not null),
        };
    }

    private ConnectedNow Connected(IReadOnlyList<WatchedHost> hosts, DateTimeOffset now) =>
        ConnectedNow.Of(hosts.Sum(host => host.Connected), beside?.Rooms, AllJoined, ExpectedEnd, now);

    /// <summary>Reports once that LiveKit has fewer participants than lk: in two answers, for one may be of an instant of change.</summary>
    private void SayFewer(IReadOnlyList<WatchedHost> hosts, DateTimeOffset now)
    {
        var connected = Connected(hosts, now);
        if (!connected.IsFewer)
            _fewer.Clear();
        else if (_fewer.Add(beside!.Rooms!.At) && _fewer.Count == 2)
            context.Log.Warn($"LiveKit's rooms have {connected.Count} of {connected.Joined} participants that joined: the others have lost "
                + "their rooms; lk does not report it.");
    }

    /// <summary>Reports at once when media stops arriving, and when it arrives again: lk does neither.</summary>
    private void SayStalls(IReadOnlyList<WatchedHost> hosts, DateTimeOffset now)
    {
        if (now > ExpectedEnd)
            return;

        var fresh = hosts.Where(host => host.StalledSince is not null && _stalled.Add(host)).ToList();
        var flowing = _stalled.Where(host => host is { StalledSince: null, Silent: false }).ToList();
        _stalled.ExceptWith(flowing);
        if (fresh.Count > 0)
        {
            context.Log.Warn($"Media stopped arriving at {Named(fresh)} at {fresh.Min(host => host.StalledSince):HH:mm:ss} UTC; lk does "
                + "not report it.");
        }

        if (flowing.Exists(host => !host.Done))
            context.Log.Say($"Media arrives again at {Named([.. flowing.Where(host => !host.Done)])}.");
    }

    private static string Named(IReadOnlyList<WatchedHost> hosts) => hosts.Count <= 5
        ? hosts.Select(host => host.Host.ShortName).Listed()
        : $"{hosts.Count} hosts ({hosts[0].Host.ShortName}, {hosts[1].Host.ShortName}, ...)";

    /// <summary>Ends the wait for hosts that do not answer, once all others have ended and their own end should have come.</summary>
    private bool LostAfterEnd(List<WatchedHost> hosts, DateTimeOffset now) =>
        now > ExpectedEnd + TablesTimeout && hosts.TrueForAll(host => host.Done || host.Silent);

    /// <summary>
    /// Polls more often when the end is near, so that the wait does not outlast the run; but never for more than a third of the time, so
    /// that watching a large fleet stays cheap.
    /// </summary>
    private TimeSpan Pause(DateTimeOffset now, TimeSpan took)
    {
        var left = ExpectedEnd - now;
        var pause = left > Interval ? Interval : left > ShortInterval ? left : ShortInterval;
        return pause > 2 * took ? pause : 2 * took;
    }

    private async Task StopAsync(List<WatchedHost> hosts, string reason)
    {
        context.Log.Say("Stopping the load: one SIGINT to each lk, then its tables are awaited.");
        using var timeout = new CancellationTokenSource(TablesTimeout + TablesTimeout, context.Time);
        hosts.ForEach(host => host.Stopping = true);
        await context.Hosts.TryEachAsync<bool>([.. hosts.Select(host => host.Host)], ConnectTimeout, async (_, shell, token) =>
        {
            await new HostAgent(shell).StopAsync(manifest.RunId, reason, token);
            return true;
        }, timeout.Token);
        await WatchAsync(hosts, context.Now + TablesTimeout, [], timeout.Token);
        var stubborn = hosts.Where(host => !host.Done).Select(host => host.Host).ToList();
        await context.Hosts.TryEachAsync<bool>(stubborn, ConnectTimeout, async (_, shell, token) =>
        {
            await new HostAgent(shell).KillAsync(manifest.RunId, token);
            return true;
        }, timeout.Token);
    }

    private ProgressView View(IReadOnlyList<WatchedHost> hosts, DateTimeOffset now)
    {
        var elapsed = now - Start;
        var time = elapsed < TimeSpan.Zero
            ? $"starts in {-elapsed.TotalSeconds:0} s"
            : $"{WatchedHost.Clock(elapsed)} of about {WatchedHost.Clock(ExpectedEnd - Start)}";
        var line = $"{time}, "
            + $"{Connected(hosts, now).Of(Participants)}, {hosts.Sum(host => host.Tracks)} tracks, "
            + $"{Format.Show(hosts.Sum(host => host.ReceivedBitsPerSecond), Unit.BitsPerSecond)} received, "
                + $"{hosts.Sum(host => host.Errors)} errors"
            + (hosts.Count(host => host.Silent) is > 0 and var silent ? $", {Format.Counted(silent, "host")} silent" : "");
        return new ProgressView($"Run {manifest.RunId}", line, WatchedHost.Columns, [.. hosts.Select(host => host.Row(now))]);
    }
}
