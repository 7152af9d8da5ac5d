using System.Collections.Concurrent;
using LoadTesting.Hosts.Agent;
using LoadTesting.Results;
using Reporting.Json;
using Reporting.Summary;

namespace LoadTesting.Phases;

/// <summary>
/// Waits for the run and downloads its results from the hosts. A host that is gone is recorded as lost; it stops no other.
/// </summary>
/// <param name="context">What every phase is given.</param>
public sealed class CollectPhase(PhaseContext context)
{
    private const int MaxTries = 4;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Takes the run in progress, or the last one. What was downloaded before is not fetched again unless Collect was named.
    /// </summary>
    /// <param name="stop">Stops a load that is still in progress; its results are downloaded anyway.</param>
    /// <param name="cancellation">Ends the phase.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken cancellation)
    {
        var fleet = await context.ListAsync(cancellation);
        var run = await FleetRun.LatestAsync(context, fleet, cancellation);
        if (run is not null)
            context.Results.History.TakeBack(run.RunId);
        var manifest = await ManifestAsync(run, cancellation);
        var loaded = manifest.Hosts.Where(host => host.Outcome is not (HostOutcome.NotReady or HostOutcome.NotArmed))
            .Select(host => host.Server).ToHashSet();
        var hosts = fleet.Where(host => loaded.Contains(host.Name)).ToList();
        if (run is null)
            hosts = [];
        else
            await WatchAsync(run, manifest, stop.IsCancellationRequested ? CancellationToken.None : stop,
                cancellation); // stopped already: by Run

        var fetched = await FetchAsync(hosts, manifest, cancellation);
        var collected = Collected(manifest, fetched, fleet);
        context.Results.Write(collected);
        await MarkAsync(fetched, manifest.RunId, cancellation);
        Say(collected);
    }

    private async Task WatchAsync(FleetRun run, RunManifest manifest, CancellationToken stop, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellation);
        await using var beside = await RunMonitor.JoinAsync(context, manifest, run.InProgress, cancellation);
        if (!run.InProgress)
        {
            beside?.LoadEnded();
            return;
        }

        try
        {
            await new RunWatch(context, manifest, beside).UntilDoneAsync([.. run.Hosts.Select(host => host.Host)], either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The load has been stopped, and its tables were awaited.
        }
    }

    /// <summary>What was meant: from the results folder, or, on another controller, from the hosts themselves.</summary>
    private async Task<RunManifest> ManifestAsync(FleetRun? run, CancellationToken cancellation)
    {
        var known = context.Results.Manifest();
        if (known is not null && known.RunId == run?.RunId)
            return known;
        if (run is null && known is not null && known.Hosts.Any(host => host.Outcome is HostOutcome.Lost or HostOutcome.NotArmed))
            return known; // its hosts are all gone, or its start was called off: what was downloaded is all there will be
        if (run is null)
            throw new LoadTestException("Collect: neither the fleet nor the results folder has a run.",
                "./build.sh Run starts one.");

        var texts = await context.Hosts.TryEachAsync([.. run.Hosts.Select(host => host.Host)], ConnectTimeout,
            (_, shell, token) => new HostAgent(shell).ManifestAsync(run.RunId, token), cancellation);
        var manifest = texts.Select(text => Parsed(text.Value)).FirstOrDefault(parsed => parsed is not null);
        return manifest ?? throw new LoadTestException($"Collect: no host has the plan of run {run.RunId}.");
    }

    private static RunManifest? Parsed((string Json, DateTimeOffset? StartAt)? put)
    {
        try
        {
            return put is var (json, startAt) ? StrictJson.Read(json, ManifestJson.Default.RunManifest) with { StartAt = startAt } : null;
        }
        catch (JsonException)
        {
            return null; // cut off when the host was written to; another one has it
        }
    }

    /// <summary>
    /// Downloads from all hosts. A host whose connection is cut in the middle is connected again, and the download continues where it
    /// stopped.
    /// </summary>
    private async Task<IReadOnlyList<HostResult<Fetched>>> FetchAsync(IReadOnlyList<FleetHost> hosts, RunManifest manifest,
        CancellationToken cancellation)
    {
        var fetched = new Dictionary<string, HostResult<Fetched>>();
        var cut = new ConcurrentBag<FleetHost>(hosts);
        for (var tries = 0; tries < MaxTries && !cut.IsEmpty; tries++)
        {
            var these = cut.ToList();
            cut.Clear();
            foreach (var result in await context.Hosts.TryEachAsync(these, ConnectTimeout,
                (host, shell, token) => FetchAsync(host, shell, manifest, cut, token), cancellation))
                fetched[result.Host.Id] = result;
        }

        return [.. fetched.Values];
    }

    private async Task<Fetched> FetchAsync(FleetHost host, IRemoteShell shell, RunManifest manifest, ConcurrentBag<FleetHost> cut,
        CancellationToken cancellation)
    {
        try
        {
            var packed = await new HostAgent(shell).PackAsync(manifest.RunId, cancellation);
            var name = $"{host.ShortName}-results.tar.gz";
            var archive = await new ArchiveDownload(context.Results.Path).FetchAsync(name, packed, shell, cancellation);
            ResultsArchive.Unpack(archive, context.Results.File(host.ShortName));
            return new Fetched(
                new Archive(name, packed.Sha256, packed.Bytes),
                HostFolder.Read(context.Results.File(host.ShortName), host.ShortName, manifest.Plan),
                await ClockAsync(shell, cancellation));
        }
        catch (HostUnreachableException)
        {
            cut.Add(host);
            throw;
        }
    }

    /// <summary>Whether the clock went on as it did before the start. What is fetched stays fetched without an answer.</summary>
    private static async Task<HostClock?> ClockAsync(IRemoteShell shell, CancellationToken cancellation)
    {
        try
        {
            return await HostClock.MeasureAsync(shell, cancellation);
        }
        catch (LoadTestException)
        {
            return null;
        }
    }

    private RunManifest Collected(RunManifest manifest, IReadOnlyList<HostResult<Fetched>> fetched, IReadOnlyList<FleetHost> fleet)
    {
        var hosts = manifest.Hosts
            .Select(host => Collected(host, fetched.FirstOrDefault(result => result.Host.Name == host.Server), fleet)).ToList();
        var ends = hosts.SelectMany(
            host => host.Processes.Select(process => process.EndedAt - TimeSpan.FromSeconds(host.ClockOffsetSeconds ?? 0))).ToList();
        var early = fetched.Select(result => result.Value?.Folder.EndedEarly).FirstOrDefault(reason => reason is not null);
        return manifest with
        {
            Hosts = hosts,
            EndedAt = ends.Max() ?? manifest.EndedAt,
            EndedEarly = early ?? manifest.EndedEarly,
            Cost = CostOf(fleet) ?? manifest.Cost,
        };
    }

    private static HostRun Collected(HostRun host, HostResult<Fetched>? result, IReadOnlyList<FleetHost> fleet)
    {
        if (host.Outcome is HostOutcome.NotReady or HostOutcome.NotArmed)
            return host;
        if (result?.Value is { } fetched)
        {
            return fetched.Folder.Of(host) with
            {
                Archive = fetched.Archive,
                ClockOffsetAfterSeconds = fetched.Clock?.Offset.TotalSeconds,
                ClockUncertaintyAfterSeconds = fetched.Clock?.Uncertainty.TotalSeconds,
            };
        }

        if (host.Outcome is HostOutcome.Collected or HostOutcome.Incomplete)
            return host; // it was downloaded before, and the host may be gone

        var why = result?.Failure ?? (fleet.Any(server => server.Name == host.Server) ? host.Reason : "its server is gone");
        return host with { Outcome = HostOutcome.Lost, Reason = why };
    }

    private Cost? CostOf(IReadOnlyList<FleetHost> fleet)
    {
        var price = context.Parameters.Fleet.PricePerHour;
        return price > 0 && fleet.Min(host => host.CreatedAt) is { } first
            ? new Cost(price, fleet.Count, (context.Now - first).TotalHours)
            : null;
    }

    private async Task MarkAsync(IReadOnlyList<HostResult<Fetched>> fetched, string runId, CancellationToken cancellation) =>
        await context.Hosts.TryEachAsync([.. fetched.Where(result => result.Succeeded).Select(result => result.Host)], ConnectTimeout,
            async (host, shell, token) =>
        {
            await new HostAgent(shell).MarkCollectedAsync(runId, token);
            return host;
        }, cancellation);

    private void Say(RunManifest manifest)
    {
        var collected = manifest.Hosts.Where(host => host.Archive is not null).ToList();
        var size = Format.Show(collected.Sum(host => host.Archive!.Bytes), Unit.Bytes);
        context.Log.Say($"Run {manifest.RunId}: results of {Format.Counted(collected.Count, "host")} are in {context.Results.Path} "
            + $"({size}).");
        foreach (var host in manifest.Hosts.Where(host => host.Outcome != HostOutcome.Collected))
            context.Log.Warn($"{host.Name} ({host.Server}): {Phrases.For(host.Outcome)}: {host.Reason}");
    }

    private sealed record Fetched(Archive Archive, HostFolder Folder, HostClock? Clock);
}
