using System.Runtime.InteropServices;
using Reporting.Measuring;

namespace Reporting.LoadKinds.Participants;

/// <summary>A track of a subscriber: its row in the tables and the time over which its packets were counted.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReceivedTrack(LkTrackRow Row, double? Seconds);

/// <summary>
/// How much of each track was due. lk does not count what never came, so its own loss does not show an outage: the only witness is the
/// number of packets against the time since the track's own subscription.
/// </summary>
internal sealed class MediaDue
{
    /// <summary>
    /// Video begins with a key frame, and lk, which plays files, sends none when asked: the first can come as late as this after the
    /// subscription.
    /// </summary>
    public const double KeyFrameSeconds = 8;

    /// <summary>Frames a second of the lowest video layer (180p) of lk's clips; a frame is at least one packet.</summary>
    public const double FramesPerSecond = 15;

    /// <summary>
    /// What lk's buffer of a track holds back behind a gap, and at the end never counts: packets that may have arrived although lk does
    /// not count them.
    /// </summary>
    public const double MostHeldBack = 100;

    private readonly PlannedMedia _media;
    private readonly bool _byPackets;
    private readonly Dictionary<string, double> _usual = new(StringComparer.Ordinal);

    /// <param name="media">The plan's media.</param>
    /// <param name="tracks">All tracks of a process.</param>
    public MediaDue(PlannedMedia media, IEnumerable<ReceivedTrack> tracks)
    {
        _media = media;
        // Only of the lowest layer is a frame about a packet.
        _byPackets = media.VideoResolution == "low";
        if (VideoLayers.IsAlike(media))
        {
            foreach (var track in tracks.Where(track => track is { Row.Kind: Raw.Lk.TrackKind.Video, Seconds: > 0 })
                .GroupBy(track => track.Row.TrackId, StringComparer.Ordinal))
                _usual[track.Key] = Distribution.Of(track.Select(one => Amount(one) / one.Seconds!.Value)).Percentile(0.5) ?? 0;
        }
    }

    /// <summary>Whether anything but padding came: LiveKit sends some packets on a track that has no frames.</summary>
    public static bool HasMedia(LkTrackRow row) => row is { Packets: > 0, BitsPerSecond: not 0 };

    /// <summary>Audio packets that came of those due.</summary>
    public Delivery Audio(ReceivedTrack track) => Delivery.Of(track.Row.Packets, _media.AudioPacketsPerSecond * (track.Seconds ?? 0));

    /// <summary>Audio packets missing of a track that lk may have held back; of one on which nothing came it has none.</summary>
    public double HeldBack(ReceivedTrack track) => Audio(track) is { Received: > 0 } audio
        ? Math.Min(audio.Due - audio.Received, MostHeldBack)
        : 0;

    /// <summary>When the last of its audio came, had none been lost before: the same for all tracks; null when it is not.</summary>
    public double? AudioUntil(IReadOnlyList<(double From, LkTrackRow Row)> audio)
    {
        const double Alike = 2;
        var until = audio.Where(track => HasMedia(track.Row))
            .Select(track => track.From + (track.Row.Packets / _media.AudioPacketsPerSecond)).ToList();
        return until.Count == 0 || until.Count < audio.Count || until.Max() - until.Min() > Alike ? null : until.Max();
    }

    /// <summary>Video packets that came of those due, from the first frame that can have come.</summary>
    /// <param name="track">The track.</param>
    /// <param name="isLargest">Whether it is the largest that its subscriber shows.</param>
    public Delivery Video(ReceivedTrack track, bool isLargest)
    {
        if (track.Seconds is not { } seconds)
            return default;

        var least = _byPackets ? FramesPerSecond : VideoLayers.LeastBitsPerSecond(_media, isLargest);
        var rate = Math.Max(least, _usual.GetValueOrDefault(track.Row.TrackId));
        var came = Amount(track) / rate;
        var due = seconds - Math.Clamp(seconds - came, 0, KeyFrameSeconds);
        var packets = came > 0 ? track.Row.Packets / came : FramesPerSecond;
        return Delivery.Of(HasMedia(track.Row) ? track.Row.Packets : 0, due * packets);
    }

    private double Amount(ReceivedTrack track) => !HasMedia(track.Row) ? 0
        : _byPackets ? track.Row.Packets
        : (track.Row.BitsPerSecond ?? 0) * (track.Seconds ?? 0);
}
