using Reporting.Raw.Observations;
using Reporting.Raw.Prometheus;

namespace Reporting.Measuring.Cluster;

/// <summary>Takes LiveKit's metrics as they come, pod by pod, and adds up what happened between the first and the last.</summary>
internal sealed class LiveKitSummarizer
{
    private readonly Dictionary<string, Pod> _pods = new();
    private readonly Dictionary<string, double> _counters = new();
    private readonly Dictionary<string, Histogram> _histograms = new();
    private readonly Dictionary<string, double> _most = new();
    private readonly Placements _placements = new();
    private DateTimeOffset? _began;

    public void Take(Observation observation)
    {
        _began ??= observation.At;
        if (observation is PodSeen { Gone: true } gone && _pods.TryGetValue(gone.Name, out var left))
            left.Latest = null;
        if (observation is not LiveKitSeen seen)
            return;

        if (!_pods.TryGetValue(seen.Pod, out var pod))
            _pods[seen.Pod] = pod = new Pod();
        Add(pod, seen);
        _placements.Take(seen.At, _pods.Select(each => (each.Key, each.Value.Latest)));
        Most("rooms", metrics => metrics.Rooms);
        Most("participants", metrics => metrics.Participants);
        Most("published", metrics => metrics.TracksPublished);
        Most("subscribed", metrics => metrics.TracksSubscribed);
        double PerSecond(string counter) => _pods.Values.Sum(each => each.Latest is null ? 0 : each.PerSecond(counter));
        Raise("received", PerSecond("bytesIn") * 8, pod.Rates);
        Raise("sent", PerSecond("bytesOut") * 8, pod.Rates);
        Raise("receivedPackets", PerSecond("packetsIn"), pod.Rates);
        Raise("sentPackets", PerSecond("packetsOut"), pod.Rates);
    }

    /// <summary>The load per pod; null when no pod had participants.</summary>
    public Placement? Placement(int podsNotRead) => _placements.Of(podsNotRead);

    public double? RoomsMost(string pod) => _pods.GetValueOrDefault(pod)?.RoomsMost;

    public double? ParticipantsMost(string pod) => _pods.GetValueOrDefault(pod)?.ParticipantsMost;

    public double? CoresMost(string pod) => _pods.GetValueOrDefault(pod)?.CoresMost;

    public double? MemoryMost(string pod) => _pods.GetValueOrDefault(pod)?.MemoryMost;

    /// <summary>Null when nothing was read.</summary>
    public LiveKitFigures? Figures() => _pods.Count == 0 ? null : new LiveKitFigures
    {
        Pods = _pods.Count,
        RoomsMost = Most("rooms"),
        ParticipantsMost = Most("participants"),
        TracksPublishedMost = Most("published"),
        TracksSubscribedMost = Most("subscribed"),
        ReceivedBitsPerSecondMost = Most("received"),
        SentBitsPerSecondMost = Most("sent"),
        ReceivedPacketsPerSecondMost = Most("receivedPackets"),
        SentPacketsPerSecondMost = Most("sentPackets"),
        IncomingLossRatio = Loss("In"),
        OutgoingLossRatio = Loss("Out"),
        Nacks = Both("nack"),
        Plis = Both("pli"),
        RttP95Seconds = P95("rttSeconds"),
        JitterP95Seconds = P95("jitterSeconds"),
        ForwardLatencyP95Seconds = P95("forwardLatencySeconds"),
        SessionStartP95Seconds = P95("joinSeconds"),
        Joins = _counters.Where(counter => counter.Key.StartsWith("join.", StringComparison.Ordinal))
            .OrderBy(counter => counter.Key, StringComparer.Ordinal)
            .ToDictionary(counter => counter.Key["join.".Length..], counter => counter.Value),
    };

    /// <summary>What a pod counted since it was read last; all of it when it began during the run or its counters restarted.</summary>
    private void Add(Pod pod, LiveKitSeen seen)
    {
        var now = seen.Metrics;
        var born = pod.Latest is null && now.StartedAt > _began!.Value.ToUnixTimeSeconds();
        var anew = born || (pod.Latest is { } latest && latest.StartedAt != now.StartedAt);
        var before = anew ? new LiveKitMetrics() : pod.Latest;
        if (before is not null)
        {
            Count(pod, now, before, pod.Latest is null ? 0 : (seen.At - pod.At).TotalSeconds);
            foreach (var (name, histogram) in now.Histograms)
            {
                var since = before.Histograms.TryGetValue(name, out var earlier) ? histogram.Since(earlier) : histogram;
                _histograms[name] = _histograms.TryGetValue(name, out var sum) ? sum.Plus(since) : since;
            }
        }

        pod.Take(seen);
    }

    private void Count(Pod pod, LiveKitMetrics now, LiveKitMetrics before, double seconds)
    {
        foreach (var (name, value) in now.Counters)
        {
            var since = Since(value, before.Counters.GetValueOrDefault(name));
            _counters[name] = _counters.GetValueOrDefault(name) + since;
            if (seconds > 0)
                pod.Rate(name, since / seconds);
        }
    }

    private static double Since(double now, double before) => now >= before ? now - before : now;

    private void Most(string name, Func<LiveKitMetrics, double?> value)
    {
        var values = _pods.Values.Select(pod => pod.Latest is null ? null : value(pod.Latest)).Where(each => each is not null).ToList();
        if (values.Count > 0)
            Raise(name, values.Sum()!.Value, known: true);
    }

    private void Raise(string name, double value, bool known)
    {
        if (known)
            _most[name] = Math.Max(_most.GetValueOrDefault(name), value);
    }

    private double? Most(string name) => _most.TryGetValue(name, out var most) ? most : null;

    private double? Both(string name) =>
        _counters.ContainsKey("packetsIn") ? _counters.GetValueOrDefault($"{name}In") + _counters.GetValueOrDefault($"{name}Out") : null;

    /// <summary>A version that has lost nothing yet reports no zero: it reports nothing.</summary>
    private double? Loss(string direction) => _counters.GetValueOrDefault($"packets{direction}") is > 0 and var packets
        ? _counters.GetValueOrDefault($"lost{direction}") is var lost ? lost / (packets + lost) : null
        : null;

    private double? P95(string name) => _histograms.GetValueOrDefault(name)?.Quantile(0.95);

    /// <summary>What is remembered of one pod.</summary>
    private sealed class Pod
    {
        public LiveKitMetrics? Latest { get; set; }

        public DateTimeOffset At { get; private set; }

        private readonly Dictionary<string, double> _rates = new();

        public bool Rates => _rates.Count > 0;

        public double? CoresMost { get; private set; }

        public double? MemoryMost { get; private set; }

        public double? RoomsMost { get; private set; }

        public double? ParticipantsMost { get; private set; }

        public double PerSecond(string counter) => _rates.GetValueOrDefault(counter);

        public void Rate(string counter, double perSecond)
        {
            _rates[counter] = perSecond;
            if (counter == "cpuSeconds")
                CoresMost = Math.Max(CoresMost ?? 0, perSecond);
        }

        public void Take(LiveKitSeen seen)
        {
            (Latest, At) = (seen.Metrics, seen.At);
            MemoryMost = Larger(MemoryMost, seen.Metrics.ResidentBytes);
            RoomsMost = Larger(RoomsMost, seen.Metrics.Rooms);
            ParticipantsMost = Larger(ParticipantsMost, seen.Metrics.Participants);
        }

        private static double? Larger(double? one, double? other) => one > other || other is null ? one : other;
    }
}
