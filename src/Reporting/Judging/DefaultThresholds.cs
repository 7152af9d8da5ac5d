namespace Reporting.Judging;

/// <summary>
/// The thresholds of a run that was given none. One that the planned load cannot measure does not apply.
/// </summary>
public static class DefaultThresholds
{
    /// <summary>As a person would write them.</summary>
    public const string Text =
        "served>=99%, p95(join-time)<5s, audio-delivery>=95%, video-delivery>=90%, generator-cpu<80%, livekit.packet-loss<2%";

    private static readonly string[] Texts = Text.Split(", ");

    /// <summary>Whether the threshold is one of them.</summary>
    public static bool Has(Threshold threshold) => Texts.Contains(threshold.Text, StringComparer.Ordinal);
}
