using Reporting.Raw.Prometheus;

namespace Reporting.Raw.Observations;

/// <summary>
/// What a load test needs of LiveKit's metrics (livekit/livekit, pkg/telemetry/prometheus). Labels differ from version to version,
/// so all of a name are summed; what a version does not have is null.
/// </summary>
public sealed record LiveKitMetrics
{
    /// <summary>Rooms on the pod.</summary>
    public double? Rooms { get; init; }

    /// <summary>Participants on the pod.</summary>
    public double? Participants { get; init; }

    /// <summary>Tracks published to it.</summary>
    public double? TracksPublished { get; init; }

    /// <summary>Tracks it sends.</summary>
    public double? TracksSubscribed { get; init; }

    /// <summary>Counters by name, <c>packetsIn</c>; those that start with <c>join.</c> are the states that participants reached.</summary>
    public IReadOnlyDictionary<string, double> Counters { get; init; } = new Dictionary<string, double>();

    /// <summary>Histograms by name, <c>rttSeconds</c>.</summary>
    public IReadOnlyDictionary<string, Histogram> Histograms { get; init; } = new Dictionary<string, Histogram>();

    /// <summary>Memory of the process, in bytes.</summary>
    public double? ResidentBytes { get; init; }

    /// <summary>When the process started, in seconds of Unix time: counters begin there.</summary>
    public double? StartedAt { get; init; }

    /// <summary>The figures of a scrape.</summary>
    public static LiveKitMetrics Of(Scrape scrape) => new()
    {
        Rooms = scrape.Sum("livekit_room_total"),
        Participants = scrape.Sum("livekit_participant_total"),
        TracksPublished = scrape.Sum("livekit_track_published_total"),
        TracksSubscribed = scrape.Sum("livekit_track_subscribed_total"),
        Counters = Known(CountersOf(scrape)),
        Histograms = HistogramsOf(scrape),
        ResidentBytes = scrape.Sum("process_resident_memory_bytes"),
        StartedAt = scrape.Sum("process_start_time_seconds"),
    };

    private static IEnumerable<(string Name, double? Value)> CountersOf(Scrape scrape)
    {
        foreach (var (direction, name) in new[] { ("incoming", "In"), ("outgoing", "Out") })
        {
            yield return ($"packets{name}", scrape.Sum("livekit_packet_total", ("direction", direction)));
            yield return ($"bytes{name}", scrape.Sum("livekit_packet_bytes", ("direction", direction)));
            yield return ($"lost{name}", scrape.Sum("livekit_packet_loss_total", ("direction", direction)));
            yield return ($"nack{name}", scrape.Sum("livekit_nack_total", ("direction", direction)));
            yield return ($"pli{name}", scrape.Sum("livekit_pli_total", ("direction", direction)));
        }

        yield return ("cpuSeconds", scrape.Sum("process_cpu_seconds_total"));
        foreach (var state in scrape.Values("livekit_participant_join_total", "state"))
            yield return ($"join.{state}", scrape.Sum("livekit_participant_join_total", ("state", state)));
    }

    private static Dictionary<string, double> Known(IEnumerable<(string Name, double? Value)> counters) => counters
        .Where(counter => counter.Value is not null)
        .ToDictionary(counter => counter.Name, counter => counter.Value!.Value);

    private static Dictionary<string, Histogram> HistogramsOf(Scrape scrape)
    {
        const double Milli = 1e-3, Micro = 1e-6, Nano = 1e-9;
        (string Name, Histogram? Histogram)[] all =
        [
            ("rttSeconds", scrape.Histogram("livekit_rtt_ms", Milli)),
            ("jitterSeconds", scrape.Histogram("livekit_jitter_us", Micro)),
            ("forwardLatencySeconds", scrape.Histogram("livekit_forward_latency_ns", Nano)),
            ("joinSeconds", scrape.Histogram("livekit_session_start_time_ms", Milli)),
            ("quality", scrape.Histogram("livekit_quality_score", 1)),
        ];
        return all.Where(entry => entry.Histogram is not null)
            .ToDictionary(entry => entry.Name, entry => entry.Histogram!);
    }
}
