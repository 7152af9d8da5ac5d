namespace Reporting.LoadKinds.Participants;

/// <summary>The rows of LiveKit's benchmark, found by the load of a run.</summary>
internal static class PublishedRows
{
    /// <summary>LiveKit's machine, a c2-standard-16.</summary>
    private const double Cores = 16;

    /// <summary>A load of another size than this share more or less is another load.</summary>
    private const double AlikeWithin = 0.2;

    // Published in bytes a second.
    private static readonly Row[] Rows =
    [
        new("Audio only, large room", 0, 10, 3_000, 7.3e3, 23e6, 305, 959_156, 0.80)
        {
            Note = "LiveKit's publishers sent 3 kbps of audio each.",
        },
        new("Large meeting", 150, 0, 150, 50e6, 93e6, 51_068, 762_749, 0.85),
        new("Livestream", 1, null, 3_000, 233e3, 531e6, 246, 560_962, 0.92),
    ];

    /// <summary>The row whose load the run had; null when it had none of them, or was a replay.</summary>
    public static PublishedBenchmark? Of(RunSummary summary) =>
        summary.Replay is null && summary.Load is ParticipantsShape load && Array.Find(Rows, row => row.IsOf(load)) is { } row
            ? new PublishedBenchmark(row.Name, [.. Beside(row, summary)], [.. Differences(row, summary, load)])
            : null;

    private static IEnumerable<PublishedFigure> Beside(Row row, RunSummary summary)
    {
        var liveKit = summary.Cluster?.LiveKit;
        const string Metrics = "LiveKit's metrics, at the busiest", Interfaces = "network interfaces of the generators";
        yield return liveKit?.ReceivedBitsPerSecondMost is { } received
            ? new("Into LiveKit", 8 * row.BytesIn, received, Unit.BitsPerSecond, Metrics)
            : new("Into LiveKit", 8 * row.BytesIn, summary.Generators.SentBitsPerSecond, Unit.BitsPerSecond, Interfaces);
        yield return liveKit?.SentBitsPerSecondMost is { } sent
            ? new("Out of LiveKit", 8 * row.BytesOut, sent, Unit.BitsPerSecond, Metrics)
            : new("Out of LiveKit", 8 * row.BytesOut, summary.Generators.ReceivedBitsPerSecond, Unit.BitsPerSecond, Interfaces);
        yield return new("Packets into LiveKit", row.PacketsIn, liveKit?.ReceivedPacketsPerSecondMost, Unit.PacketsPerSecond, Metrics);
        yield return new("Packets out of LiveKit", row.PacketsOut, liveKit?.SentPacketsPerSecondMost, Unit.PacketsPerSecond, Metrics);
        var cores = summary.Series.FirstOrDefault(series => series is { Name: "pods.cores", Host: null })?.Values.Max();
        yield return new("Cores in use", Cores * row.CpuRatio, cores, Unit.Count, "all LiveKit pods, at most");
    }

    private static IEnumerable<string> Differences(Row row, RunSummary summary, ParticipantsShape load)
    {
        yield return Invariant($"LiveKit's figures are of one c2-standard-16 with {Cores} cores, ")
            + $"{Format.Show(row.CpuRatio, Unit.Ratio)} of them in use; here {Here(summary.Cluster)}.";
        if (load.Subscribers != row.Subscribers)
            yield return Invariant($"LiveKit had {row.Subscribers:N0} subscribers; here {load.Subscribers:N0}.");
        if (row.Note is not null)
            yield return row.Note;
        if (summary.Fleet.ConnectedRatio is not >= 1)
        {
            var connected = Format.OutOf(summary.Fleet.ParticipantsConnected, summary.Fleet.ParticipantsPlanned);
            yield return $"Here {connected} participants connected.";
        }

        if (summary.Generators.HostsSaturated is > 0 and var saturated)
            yield return Invariant($"{Format.Counted(saturated, "load generator")} could not keep up: what was measured here is too low.");
        yield return "LiveKit states neither the version nor how many packets were lost.";
    }

    private static string Here(ClusterSummary? cluster) => cluster?.ReadyMost is { } pods
        ? Format.Counted(pods, "pod")
            + (cluster.Nodes is [{ AllocatableCores: { } cores }, ..] ? Invariant($" on nodes of {cores:0.#} cores") : "")
            + (cluster.Image is null ? "" : $", {cluster.Image}")
        : "it is not known what LiveKit ran on";

    /// <summary>A row of the benchmark.</summary>
    private sealed record Row(
        string Name, int VideoPublishers, int? AudioPublishers, int Subscribers,
        double BytesIn, double BytesOut, double PacketsIn, double PacketsOut, double CpuRatio)
    {
        public string? Note { get; init; }

        public bool IsOf(ParticipantsShape load) =>
            load.Rooms == 1
            && load.VideoPublishers == VideoPublishers
            && (AudioPublishers is { } audio ? load.AudioPublishers == audio : load.AudioPublishers <= load.VideoPublishers)
            && (VideoPublishers == 0 || load.VideoResolution == "high")
            && Math.Abs(load.Subscribers - Subscribers) <= AlikeWithin * Subscribers;
    }
}
