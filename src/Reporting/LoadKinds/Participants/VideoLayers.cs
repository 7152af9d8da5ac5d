namespace Reporting.LoadKinds.Participants;

/// <summary>
/// The layers of simulcast video that a layout asks for (livekit-cli, <c>pkg/loadtester</c>) and the least that a layer of lk's clips
/// carries; the recordings and LiveKit's list of clips have more.
/// </summary>
internal static class VideoLayers
{
    private const double Low = 90_000;
    private const double Medium = 250_000;
    private const double High = 1_000_000;

    /// <summary>Whether each subscriber gets one and the same layer of a track: only then do they bear witness for each other.</summary>
    public static bool IsAlike(PlannedMedia media) => media.VideoResolution == "low" || media.Layout is "3x3" or "4x4" or "5x5";

    /// <summary>Least bits a second of a track.</summary>
    /// <param name="media">The plan's media.</param>
    /// <param name="isLargest">Whether it is the largest that its subscriber shows.</param>
    public static double LeastBitsPerSecond(PlannedMedia media, bool isLargest) => (media.Layout, media.VideoResolution) switch
    {
        ("3x3", "high") => Medium,
        ("3x3" or "4x4" or "5x5", _) or (_, "low") => Low,
        _ when !isLargest => Low,
        (_, "medium") => Medium,
        _ => High,
    };
}
