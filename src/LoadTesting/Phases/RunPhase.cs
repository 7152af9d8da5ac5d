using Humanizer;
using LoadTesting.Fleet;
using LoadTesting.Fleet.Host;
using LoadTesting.LiveKit;
using LoadTesting.Plan;
using Reporting.Results;

namespace LoadTesting.Phases;

/// <summary>Starts a load test on all hosts at the same instant and watches it to its end.</summary>
/// <param name="context">What every phase is given.</param>
public sealed class RunPhase(PhaseContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestLead = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongAsking = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestLead = TimeSpan.FromSeconds(120);

    /// <summary>Leaves a run alone that is to be attached to; refuses when it was named while one is going on.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (await FleetRun.LeavesNothingToDoAsync(context, "Run", cancellation))
            return;

        var liveKit = await context.LiveKit(cancellation);
        var machines = await context.Cloud.ListAsync(cancellation);
        if (machines.Count == 0)
            throw new LoadTestException("Run: the fleet has no servers.", "./build.sh Run makes them, unless Provision is skipped.");

        context.Results.Archive();
        var askedAt = context.Time.GetUtcNow();
        var ready = await context.Hosts.EachAsync("Run", machines, Patience, async (machine, shell, token) => await ReadyAsync(machine, shell, token), cancellation);
        var lead = Lead(context.Time.GetUtcNow() - askedAt);
        var manifest = Planned(machines, Agreed([.. ready.Where(host => host.Succeeded).Select(host => host.Value!)]), liveKit.Url, context.Time.GetUtcNow() + lead);
        context.Results.Write(manifest);
        context.Log.Say($"Run {manifest.RunId}: {"host".ToQuantity(manifest.Hosts.Count)} start together in {lead.TotalSeconds:0.0} s.");

        var armed = await ArmAsync(machines, manifest, liveKit, cancellation);
        await new RunWatch(context, manifest).UntilDoneAsync(armed, cancellation);
    }

    /// <summary>
    /// Time for the slowest host to be armed: half as much again as it took to ask all of them, and a second and a half. A fleet that
    /// took long to ask is short of processors somewhere, and there launching takes far longer than answering.
    /// </summary>
    private static TimeSpan Lead(TimeSpan asking)
    {
        var lead = ((asking < LongAsking ? 1.5 : 4) * asking) + TimeSpan.FromSeconds(1.5);
        return lead < ShortestLead ? ShortestLead : lead > LongestLead ? LongestLead : lead;
    }

    private async Task<ReadyHost> ReadyAsync(Machine machine, IRemoteShell shell, CancellationToken cancellation)
    {
        var version = await shell.RunAsync($"{HostAgent.Home}/bin/lk --version </dev/null", Patience, cancellation);
        return new ReadyHost(machine, await HostClock.MeasureAsync(shell, context.Time, cancellation), version.Text.Trim());
    }

    private static IReadOnlyList<ReadyHost> Agreed(IReadOnlyList<ReadyHost> hosts) =>
        [.. hosts.Zip(HostClock.Agreed([.. hosts.Select(host => host.Clock)]), (host, clock) => host with { Clock = clock })];

    private RunManifest Planned(IReadOnlyList<Machine> machines, IReadOnlyList<ReadyHost> ready, string url, DateTimeOffset startAt)
    {
        var runId = RunId.Create(context.Time, Random.Shared);
        var clocks = ready.ToDictionary(host => host.Machine.Id, StringComparer.Ordinal);
        return new RunManifest
        {
            RunId = runId,
            Fleet = context.Parameters.Fleet.Name,
            Cloud = context.CloudName,
            ToolVersion = context.ToolVersion,
            Replay = context.Replay,
            StartAt = startAt,
            LiveKitUrl = url,
            Parameters = context.Given,
            Plan = LoadPlanner.Plan(context.Parameters.Load, [.. ready.Select(host => host.Machine.ShortName)], runId),
            Hosts = [.. machines.Select(machine => Expected(machine, clocks.GetValueOrDefault(machine.Id)))],
        };
    }

    /// <summary>A host counts as lost until its results are at home.</summary>
    private static HostRun Expected(Machine machine, ReadyHost? ready) => new()
    {
        Name = machine.ShortName,
        Server = machine.Name,
        Address = machine.Address,
        Outcome = ready is null ? HostOutcome.NotReady : HostOutcome.Lost,
        Reason = ready is null ? machine.Fault ?? "it did not answer before the start" : "its results were not brought home",
        ClockOffsetSeconds = ready?.Clock.Offset.TotalSeconds,
        ClockUncertaintySeconds = ready?.Clock.Uncertainty.TotalSeconds,
        LkVersion = ready?.LkVersion,
    };

    /// <summary>Arms all hosts; those that are not ready in time are left out and named. A start that fails leaves no host loading.</summary>
    private async Task<IReadOnlyList<Machine>> ArmAsync(IReadOnlyList<Machine> machines, RunManifest manifest, LiveKitCredentials liveKit, CancellationToken cancellation)
    {
        var hosts = manifest.Hosts.Where(host => host.Outcome == HostOutcome.Lost).ToDictionary(host => host.Server, StringComparer.Ordinal);
        var taking = machines.Where(machine => hosts.ContainsKey(machine.Name)).ToList();
        var json = ManifestJson.Text(manifest);
        try
        {
            var results = await context.Hosts.TryEachAsync(taking, Patience, async (machine, shell, token) =>
            {
                var own = manifest.Plan.Processes.Where(process => process.Host == machine.ShortName).ToList();
                var offset = TimeSpan.FromSeconds(hosts[machine.Name].ClockOffsetSeconds ?? 0);
                await new HostAgent(shell).ArmAsync(new RunFiles(manifest.RunId, own, json, liveKit), manifest.StartAt!.Value + offset, token);
                return machine;
            }, cancellation);
            context.Results.Write(manifest with { Hosts = [.. manifest.Hosts.Select(host => AfterArming(host, results))] });
            context.Hosts.Require("Run", results);
            return [.. results.Where(result => result.Succeeded).Select(result => result.Machine)];
        }
        catch (Exception error) when (error is LoadTestException or OperationCanceledException)
        {
            using var patience = new CancellationTokenSource(Patience, context.Time);
            await context.Hosts.TryEachAsync(taking, Patience, async (machine, shell, token) =>
            {
                await new HostAgent(shell).KillAsync(manifest.RunId, token);
                return machine;
            }, patience.Token);
            throw;
        }
    }

    private static HostRun AfterArming(HostRun host, IReadOnlyList<HostResult<Machine>> results) =>
        results.FirstOrDefault(result => result.Machine.Name == host.Server) is { Failure: { } why }
            ? host with { Outcome = HostOutcome.NotArmed, Reason = why }
            : host;

    private sealed record ReadyHost(Machine Machine, HostClock Clock, string LkVersion);
}
