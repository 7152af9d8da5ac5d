using Reporting.Measuring;

namespace Reporting.Judging;

/// <summary>
/// The part of a run that is certain although some load generators were the bottleneck, or may have been: what the others show.
/// </summary>
internal static class SoundPart
{
    /// <summary>Null when no generator is in doubt.</summary>
    public static Part? Of(RunMeasures measures, DateTimeOffset renderedAt)
    {
        var doubtful = measures.Hosts.Where(host => host.SaturatedBy is not null)
            .Concat(Findings.Silent(measures.Hosts)).Concat(Findings.Unseen(measures.Hosts).Where(IsMostlyUnseen))
            .Select(host => host.Name).ToHashSet(StringComparer.Ordinal);
        return doubtful.Count == 0
            ? null
            : Part.Of(measures with { Hosts = measures.Kind.Without(doubtful, measures.Hosts) }, renderedAt);
    }

    /// <summary>Of a host whose samples lack the last seconds, those before tell whether it kept up; there is one a second.</summary>
    private static bool IsMostlyUnseen(HostMeasures host) => host.UnsampledSeconds > host.Seconds.Count;

    /// <summary>
    /// The thresholds that fail for certain: those that fail in the part alone. A sum over all subscribers tells nothing of a part, and
    /// what LiveKit has from participants it has from the doubtful ones too.
    /// </summary>
    public static IReadOnlyList<ThresholdResult> Results(Part sound, IReadOnlyList<Threshold> thresholds) =>
        [.. thresholds.Where(threshold => threshold.Metric is { EachSubscriber: null, FromParticipants: false, OfGenerator: false })
            .Select(threshold => threshold.Judge(sound.Summary, sound.Measures.Manifest))];
}
