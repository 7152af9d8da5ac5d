using Reporting.Measuring;

namespace Reporting.Judging;

/// <summary>Everything that was measured of a run.</summary>
internal sealed record RunMeasures(
    LoadKind Kind, LoadShape Load, RunManifest Manifest,
        IReadOnlyList<HostMeasures> Hosts, ClusterSummary? Cluster, IReadOnlyList<TimeSeries> ClusterSeries)
{
    /// <summary>Whether the run was observed and the file of that is gone.</summary>
    public bool LacksObservations { get; init; }

    /// <summary>What happened in the cluster.</summary>
    public IReadOnlyList<Happening> Happenings { get; init; } = [];
}

/// <summary>From what was measured on each host to the summary of the run. Pure.</summary>
internal static class RunSummarizer
{
    public static RunSummary Summarize(RunMeasures measures, IReadOnlyList<Threshold> thresholds, DateTimeOffset renderedAt) =>
        Judge.Complete(Part.Of(measures, renderedAt), SoundPart.Of(measures, renderedAt), thresholds);

    /// <summary>The figures of the run, not judged.</summary>
    public static RunSummary Figures(RunMeasures measures, DateTimeOffset renderedAt)
    {
        var (kind, load, manifest, hosts, _, _) = measures;
        var processes = hosts.SelectMany(host => host.Processes.Select(process => (Host: host, Process: process))).ToList();
        return new RunSummary
        {
            RenderedAt = renderedAt,
            Run = Identity(manifest, hosts),
            Replay = manifest.Replay,
            Judgement = new Judgement { Verdict = Verdict.Inconclusive, Reason = "not judged" },
            Load = load,
            StartSkew = Starts.Skew(hosts),
            Fleet = kind.Figures([.. processes.Select(entry => entry.Process)]),
            Generators = GeneratorMeasurer.Together(hosts),
            Hosts = [.. hosts.Select(host => Host(kind, host, manifest.StartAt))],
            Processes = [.. processes.Select(entry => Process(kind, entry.Host, entry.Process))],
            Rooms = [.. processes.Where(entry => entry.Process.Plan.Room is not null)
                .GroupBy(entry => entry.Process.Plan.Room!).Select(room => new RoomSummary(
                room.Key,
                [.. room.Select(entry => entry.Host.Name).Distinct()],
                kind.Figures([.. room.Select(entry => entry.Process)])))],
            HostsDifferIn = HostDifferences.Of(hosts),
            Cluster = measures.Cluster,
            Happenings = measures.Happenings,
            Stalls = [.. FleetStall.Of(hosts).Select(stall => stall.Published())],
            Series = [.. Curves.Of(manifest, hosts), .. measures.ClusterSeries],
            Phases = manifest.Phases,
            Commands = Commands(manifest.Plan),
            Versions = Versions(manifest),
            Parameters = manifest.Parameters,
            Cost = manifest.Cost,
        };
    }

    private static RunIdentity Identity(RunManifest manifest, IReadOnlyList<HostMeasures> hosts)
    {
        var steady = hosts.SelectMany(host =>
            host.Processes.Select(process => (process.SteadyAt, process.EndedAt, Offset: host.ClockOffset))).ToList();
        return new RunIdentity
        {
            RunId = manifest.RunId,
            Fleet = manifest.Fleet,
            Cloud = manifest.Cloud,
            LiveKitUrl = manifest.LiveKitUrl,
            StartAt = manifest.StartAt,
            SteadyFrom = Starts.Instant(steady.Max(process => process.SteadyAt - process.Offset)),
            SteadyTo = Starts.Instant(steady.Min(process => process.EndedAt - process.Offset)),
            EndedAt = manifest.EndedAt,
            EndedEarly = manifest.EndedEarly,
            NotRun = manifest.NotRun,
        };
    }

    private static HostSummary Host(LoadKind kind, HostMeasures host, DateTimeOffset? startAt) => new()
    {
        Name = host.Name,
        Server = host.Run?.Server ?? host.Name,
        Outcome = host.Run?.Outcome ?? HostOutcome.Lost,
        Reason = host.Run?.Reason,
        StartDelaySeconds = (Starts.First(host) - startAt)?.TotalSeconds,
        StartUncertaintySeconds = host.Run?.ClockUncertaintySeconds,
        SaturatedBy = host.SaturatedBy,
        MissingFiles = host.Run?.Missing ?? [],
        Media = kind.Figures(host.Processes),
        Generator = host.Generator,
    };

    private static ProcessSummary Process(LoadKind kind, HostMeasures host, ProcessMeasures process)
    {
        var offset = TimeSpan.FromSeconds(host.ClockOffset);
        return new ProcessSummary
        {
            Host = host.Name,
            Name = process.Plan.Name,
            Room = process.Plan.Room,
            StartedAt = process.Run?.StartedAt - offset,
            SteadyFrom = Starts.Instant(process.SteadyAt - offset.TotalSeconds),
            EndedAt = process.Run?.EndedAt - offset,
            ExitCode = process.Run?.ExitCode,
            Trouble = process.Issue?.What,
            UnknownLines = process.UnknownLines,
            Media = kind.Figures([process]),
        };
    }

    private static IReadOnlyList<CommandLine> Commands(RunPlan plan) =>
    [
        .. plan.Processes.Select(process => new CommandLine($"lk {string.Join(' ', process.Arguments)}", $"{process.Host} {process.Name}")),
    ];

    private static IReadOnlyList<ProgramVersion> Versions(RunManifest manifest) =>
    [
        new ProgramVersion("livekit-loadtest", manifest.ToolVersion),
        .. manifest.Hosts.Where(host => host.LkVersion is not null).GroupBy(host => host.LkVersion!)
            .Select(version =>
            new ProgramVersion("lk", version.Key.Replace("lk version ", "", StringComparison.Ordinal),
                Format.Counted(version.Count(), "host"))),
    ];
}
