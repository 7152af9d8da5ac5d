using Reporting.Raw.Observations;

namespace Reporting.Measuring.Cluster;

/// <summary>
/// The cluster over time, a value a second, for charts. A second that was not observed is null: neither 0 nor the value before it.
/// </summary>
internal static class ClusterCurves
{
    /// <summary>Two days, as for the fleet.</summary>
    private const int MaxSeconds = 2 * 86_400;

    /// <summary>What is asked every ten seconds is not known any more when it failed three times.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <summary>The curves from the start of the load on; none without observations.</summary>
    public static IReadOnlyList<TimeSeries> Of(IReadOnlyList<Observation> all, IReadOnlyList<ObservationGap> gaps, DateTimeOffset? startAt)
    {
        if (all.Count == 0)
            return [];

        var from = (startAt ?? all.Min(seen => seen.At)).ToUnixTimeSeconds();
        var count = all.Max(seen => seen.At).ToUnixTimeSeconds() - from + 1;
        if (count is < 2 or > MaxSeconds)
            return [];

        return
        [
            .. Figures(all).Where(figure => figure.Samples.Count > 0).Select(figure => new TimeSeries(
                figure.Name, null, figure.Unit, DateTimeOffset.FromUnixTimeSeconds(from), 1,
                [.. Values(figure, [.. gaps.Where(gap => gap.Source.StartsWith(figure.Source, StringComparison.Ordinal))], from,
                    (int)count)])),
        ];
    }

    private static IEnumerable<Figure> Figures(IReadOnlyList<Observation> all)
    {
        var pods = all.OfType<PodSeen>().ToList();
        var gone = pods.Where(pod => pod.Gone).Select(pod => new Sample(pod.At, pod.Name, null)).ToList();
        var liveKit = all.OfType<LiveKitSeen>().ToList();
        var usage = all.OfType<UsageSeen>().Where(used => !used.OfNode).ToList();
        IReadOnlyList<Sample> Polled(IEnumerable<Sample> samples) =>
            samples.ToList() is { Count: > 0 } some ? [.. some.Concat(gone).OrderBy(sample => sample.At)] : [];

        yield return new Figure("pods.ready", Unit.Count, "pods",
            [.. pods.Select(pod => new Sample(pod.At, pod.Uid, pod.Ready && !pod.Gone ? 1 : 0))], TimeSpan.MaxValue);
        yield return new Figure("pods.wanted", Unit.Count, "deployments",
            [.. all.OfType<DeploymentSeen>().Select(seen => new Sample(seen.At, "", seen.Wanted))], TimeSpan.MaxValue);
        var (cores, memory, source) = usage.Count > 0
            ? (usage.Select(used => new Sample(used.At, used.Name, used.Cores)),
                usage.Select(used => new Sample(used.At, used.Name, used.Bytes)), "pod metrics")
            : (Cores(liveKit), liveKit.Where(seen => seen.Metrics.ResidentBytes is not null)
                .Select(seen => new Sample(seen.At, seen.Pod, seen.Metrics.ResidentBytes)), "LiveKit's metrics");
        yield return new Figure("pods.cores", Unit.Count, source, Polled(cores), Fresh);
        yield return new Figure("pods.memory", Unit.Bytes, source, Polled(memory), Fresh);
        yield return new Figure("livekit.participants", Unit.Count, "LiveKit's metrics",
            Polled(liveKit.Where(seen => seen.Metrics.Participants is not null)
                .Select(seen => new Sample(seen.At, seen.Pod, seen.Metrics.Participants))), Fresh);
        yield return new Figure("rooms.participants", Unit.Count, "rooms",
            [.. all.OfType<RoomsSeen>().Select(seen => new Sample(seen.At, "", seen.Rooms.Sum(room => room.Participants)))], Fresh);
    }

    /// <summary>By LiveKit's own counter of processor time, which a restart resets.</summary>
    private static IEnumerable<Sample> Cores(IEnumerable<LiveKitSeen> all) => all
        .GroupBy(seen => seen.Pod)
        .SelectMany(pod => pod.Zip(pod.Skip(1), (before, now) => (
            Seen: now,
            Used: now.Metrics.Counters.GetValueOrDefault("cpuSeconds") - before.Metrics.Counters.GetValueOrDefault("cpuSeconds"),
            Seconds: (now.At - before.At).TotalSeconds)))
        .Where(step => step is { Used: > 0, Seconds: > 0 })
        .Select(step => new Sample(step.Seen.At, step.Seen.Pod, step.Used / step.Seconds));

    /// <summary>The sum over pods at the end of each second; a pod counts from its first sample until it is gone.</summary>
    private static IEnumerable<double?> Values(Figure figure, IReadOnlyList<ObservationGap> gaps, long from, int count)
    {
        var latest = new Dictionary<string, Sample>();
        var next = 0;
        for (var second = 0; second < count; second++)
        {
            var now = DateTimeOffset.FromUnixTimeSeconds(from + second + 1);
            for (; next < figure.Samples.Count && figure.Samples[next].At < now; next++)
            {
                var sample = figure.Samples[next];
                if (sample.Value is null)
                    latest.Remove(sample.Of);
                else
                    latest[sample.Of] = sample;
            }

            var known = latest.Count > 0 && latest.Values.All(sample => now - sample.At <= figure.Lasts)
                && !gaps.Any(gap => gap.From < now && (gap.To is null || gap.To >= now));
            yield return known ? latest.Values.Sum(sample => sample.Value) : null;
        }
    }

    /// <summary>A curve to be.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Unit">Its unit.</param>
    /// <param name="Source">The source whose silence is a gap.</param>
    /// <param name="Samples">What was seen, the earliest first.</param>
    /// <param name="Lasts">How long a sample holds; a watched source reports each change.</param>
    private sealed record Figure(string Name, Unit Unit, string Source, IReadOnlyList<Sample> Samples, TimeSpan Lasts);

    /// <summary>A value of a pod at an instant; null when there is no such pod any more.</summary>
    private readonly record struct Sample(DateTimeOffset At, string Of, double? Value);
}
