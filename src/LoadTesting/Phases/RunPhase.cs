using LoadTesting.Hosts.Agent;
using LoadTesting.LiveKit;
using LoadTesting.LoadKinds;

namespace LoadTesting.Phases;

/// <summary>Starts a load test on all hosts at the same instant and watches it to its end.</summary>
/// <param name="context">What every phase is given.</param>
public sealed class RunPhase(PhaseContext context)
{
    private static readonly TimeSpan HostTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestLead = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLead = TimeSpan.FromSeconds(120);

    /// <summary>Does nothing when there is a run to attach to; refuses when it was named while a run is in progress.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (await FleetRun.SkipsPhaseAsync(context, PhaseName.Run, cancellation))
            return;

        var liveKit = await context.LiveKit(cancellation);
        var fleet = await context.ListAsync(cancellation);
        if (fleet.Count == 0)
            throw new LoadTestException("Run: the fleet has no servers.", "./build.sh Run makes them, unless Provision is skipped.");

        context.Results.History.Archive();
        var ready = await context.Hosts.EachAsync(nameof(PhaseName.Run), fleet, HostTimeout, ReadyAsync, cancellation);
        var manifest = Planned(fleet, Agreed([.. ready.Where(host => host.Succeeded).Select(host => host.Value!)]), liveKit.Url) with
        {
            Sources = await RunMonitor.SourcesAsync(context, cancellation),
        };
        context.Results.Write(manifest);
        await using var beside = await RunMonitor.StartAsync(context, manifest, liveKit, cancellation);
        manifest = await StartAsync(manifest, fleet, liveKit, beside, cancellation);
        var loading = manifest.Hosts.Where(host => host.Outcome == HostOutcome.Lost).Select(host => host.Server).ToHashSet();
        await new RunWatch(context, manifest, beside).UntilDoneAsync([.. fleet.Where(host => loading.Contains(host.Name))], cancellation);
    }

    /// <summary>
    /// Arms all hosts, then gives them one instant; those that fail are left out and named. A start that fails leaves no host loading.
    /// </summary>
    private async Task<RunManifest> StartAsync(RunManifest manifest, IReadOnlyList<FleetHost> fleet, LiveKitCredentials liveKit,
        RunMonitor beside, CancellationToken cancellation)
    {
        var offsets = manifest.Hosts.Where(host => host.Outcome == HostOutcome.Lost)
            .ToDictionary(host => host.Server, host => TimeSpan.FromSeconds(host.ClockOffsetSeconds ?? 0));
        var taking = fleet.Where(host => offsets.ContainsKey(host.Name)).ToList();
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.RunManifest);
        try
        {
            var askedAt = context.Now;
            manifest = await StepAsync(manifest, taking, mayHaveStarted: false, async (host, agent, token) =>
            {
                var own = manifest.Plan.Processes.Where(process => process.Host == host.ShortName).ToList();
                await agent.ArmAsync(new RunFiles(manifest.RunId, own, RunLength.Of(manifest.Plan), liveKit), json, token);
            }, cancellation);

            var lead = Lead(context.Now - askedAt);
            manifest = manifest with { StartAt = context.Now + lead };
            context.Results.Write(manifest);
            var armed = taking.Where(host => manifest.Hosts.Any(run => run.Server == host.Name && run.Outcome == HostOutcome.Lost))
                .ToList();
            context.Log.Say($"Run {manifest.RunId}: {Format.Counted(armed.Count, "host")} armed; they start together in "
                + $"{lead.TotalSeconds:0.0} s.");
            return await StepAsync(manifest, armed, mayHaveStarted: true,
                async (host, agent, token) =>
                    await agent.StartAsync(manifest.RunId, manifest.StartAt!.Value, offsets[host.Name], token), cancellation);
        }
        catch
        {
            var off = await CallOffAsync(manifest.RunId, taking, beside);
            manifest = context.Results.Manifest() ?? manifest; // with what became of each host
            context.Results.Write(manifest with
            {
                Hosts = [.. manifest.Hosts.Select(host => host.Outcome == HostOutcome.Lost && off.Contains(host.Server)
                    ? host with { Outcome = HostOutcome.NotArmed, Reason = "the start was called off" }
                    : host)],
            });
            throw;
        }
    }

    /// <returns>The hosts that answered; none where one kept the others waiting for too long.</returns>
    private async Task<IReadOnlySet<string>> CallOffAsync(string runId, IReadOnlyList<FleetHost> fleet, RunMonitor beside)
    {
        using var timeout = new CancellationTokenSource(HostTimeout, context.Time);
        try
        {
            var answers = await context.Hosts.TryEachAsync(fleet, HostTimeout, async (host, shell, token) =>
            {
                await new HostAgent(shell).CallOffAsync(runId, token);
                return host;
            }, timeout.Token);
            beside.LoadEnded();
            return answers.Where(answer => answer.Succeeded).Select(answer => answer.Host.Name).ToHashSet();
        }
        catch (OperationCanceledException)
        {
            return new HashSet<string>(); // the error of the start is the one to report
        }
    }

    /// <summary>
    /// A step of the start on every host; writes down which ones it left out and why. One whose answer to the start was lost may run its
    /// load: it is watched and collected like those that answered.
    /// </summary>
    private async Task<RunManifest> StepAsync(
        RunManifest manifest,
        IReadOnlyList<FleetHost> fleet, bool mayHaveStarted, Func<FleetHost, HostAgent, CancellationToken, Task> step,
        CancellationToken cancellation)
    {
        var results = await context.Hosts.TryEachAsync(fleet, HostTimeout, async (host, shell, token) =>
        {
            await step(host, new HostAgent(shell), token);
            return host;
        }, cancellation);
        manifest = manifest with { Hosts = [.. manifest.Hosts.Select(host => AfterStep(host, results, mayHaveStarted))] };
        context.Results.Write(manifest);
        context.Hosts.Require(nameof(PhaseName.Run), results);
        return manifest;
    }

    /// <summary>
    /// Time until the start for the slowest host to be told: telling is one short command, arming was a longer one. A fleet that took
    /// long to arm is short of processors somewhere.
    /// </summary>
    private static TimeSpan Lead(TimeSpan arming)
    {
        var lead = (1.5 * arming) + TimeSpan.FromSeconds(1);
        return lead < ShortestLead ? ShortestLead : lead > LongestLead ? LongestLead : lead;
    }

    private static async Task<ReadyHost> ReadyAsync(FleetHost host, IRemoteShell shell, CancellationToken cancellation)
    {
        var version = await shell.RunAsync($"{HostAgent.Home}/bin/lk --version", HostTimeout, cancellation);
        if (version.ExitCode != 0)
            throw new LoadTestException($"lk does not run: {version.Error.Trim()}"); // it was left out before, and has no lk
        return new ReadyHost(host, await HostClock.MeasureAsync(shell, cancellation), version.Text.Trim());
    }

    private static IReadOnlyList<ReadyHost> Agreed(IReadOnlyList<ReadyHost> hosts) =>
        [.. hosts.Zip(HostClock.Agreed([.. hosts.Select(host => host.Clock)]), (host, clock) => host with { Clock = clock })];

    private RunManifest Planned(IReadOnlyList<FleetHost> fleet, IReadOnlyList<ReadyHost> ready, string url)
    {
        var runId = RunId.Create(context.Time, Random.Shared);
        var clocks = ready.ToDictionary(host => host.Host.Id);
        return new RunManifest
        {
            RunId = runId,
            Fleet = context.Parameters.Fleet.Name,
            Cloud = context.Environment.Provider,
            ToolVersion = context.ToolVersion,
            Replay = context.Environment.Replay,
            LiveKitUrl = url,
            Parameters = context.Given,
            Plan = KnownKinds.Of(context.Parameters.Load)
                .Plan(context.Parameters.Load, [.. ready.Select(host => host.Host.ShortName)], runId, context.Results.Trial),
            Hosts = [.. fleet.Select(host => Expected(host, clocks.GetValueOrDefault(host.Id)))],
        };
    }

    /// <summary>A host counts as lost until its results are downloaded.</summary>
    private static HostRun Expected(FleetHost host, ReadyHost? ready) => new()
    {
        Name = host.ShortName,
        Server = host.Name,
        Address = host.Address,
        Outcome = ready is null ? HostOutcome.NotReady : HostOutcome.Lost,
        Reason = ready is null ? host.Fault ?? "it did not answer before the start" : "its results were not downloaded",
        ClockOffsetSeconds = ready?.Clock.Offset.TotalSeconds,
        ClockUncertaintySeconds = ready?.Clock.Uncertainty.TotalSeconds,
        LkVersion = ready?.LkVersion,
    };

    private static HostRun AfterStep(HostRun host, IReadOnlyList<HostResult<FleetHost>> results, bool mayHaveStarted) =>
        results.FirstOrDefault(result => result.Host.Name == host.Server) is { Failure: { } why } failed
            ? host with { Outcome = failed.Silent && mayHaveStarted ? HostOutcome.Lost : HostOutcome.NotArmed, Reason = why }
            : host;

    private sealed record ReadyHost(FleetHost Host, HostClock Clock, string LkVersion);
}
