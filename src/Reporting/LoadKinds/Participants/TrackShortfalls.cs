using Reporting.Measuring;
using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>What the subscribers of an audio track lack of it, in one process.</summary>
/// <param name="TrackId">LiveKit's name of the track.</param>
/// <param name="Subscribers">How many subscribers it has.</param>
/// <param name="Least">What the one lacks that lacks least, in seconds.</param>
/// <param name="Most">What the one lacks that lacks most.</param>
internal sealed record TrackShortfall(string TrackId, int Subscribers, double Least, double Most);

/// <summary>
/// Tracks that stopped for all of their subscribers while the others of the room came whole: what one lacks, all lack. Loss on a network,
/// a generator and a LiveKit that is too small hurt all tracks, and each subscriber otherwise.
/// </summary>
internal static class TrackShortfalls
{
    /// <summary>Less may be loss; lk holds back 2 s of a track with a gap.</summary>
    private const double LeastSeconds = 5;

    /// <summary>Subscribers of one track begin at different times, and lk holds packets back.</summary>
    private const double AlikeSeconds = 2;

    /// <summary>The shortfalls of a process.</summary>
    public static IReadOnlyList<TrackShortfall> Of(MediaDue due, PlannedMedia media, IEnumerable<ReceivedTrack> tracks) =>
    [
        .. tracks.Where(track => track is { Row.Kind: TrackKind.Audio, Seconds: not null })
            .GroupBy(track => track.Row.TrackId, track => Missing(due.Audio(track)) / media.AudioPacketsPerSecond, StringComparer.Ordinal)
            .Select(track => new TrackShortfall(track.Key, track.Count(), track.Min(), track.Max())),
    ];

    public static IEnumerable<Finding> Findings(IReadOnlyList<HostMeasures> hosts)
    {
        var rooms = hosts.SelectMany(host => host.Own().SelectMany(process =>
                process.AudioTracks.Select(track => (Room: RoomService.RoomOf(process), Host: host.Name, Track: track))))
            .GroupBy(entry => entry.Room, StringComparer.Ordinal);
        foreach (var room in rooms)
        {
            var tracks = room.GroupBy(entry => entry.Track.TrackId, StringComparer.Ordinal).Select(track => (
                Hosts: NameList.Few([.. track.Select(entry => entry.Host).Distinct(StringComparer.Ordinal)]),
                Track: new TrackShortfall(track.Key, track.Sum(entry => entry.Track.Subscribers), track.Min(entry => entry.Track.Least),
                    track.Max(entry => entry.Track.Most)))).ToList();
            var stopped = tracks.FindAll(entry => entry.Track.Subscribers > 1
                && entry.Track.Least >= LeastSeconds
                && entry.Track.Most - entry.Track.Least <= Math.Max(AlikeSeconds, entry.Track.Most / 10));
            if (stopped.Count < tracks.Count
                && tracks.TrueForAll(entry => stopped.Contains(entry) || entry.Track.Most <= AlikeSeconds))
            {
                foreach (var (at, track) in stopped)
                    yield return Stopped(room.Key, at, track);
            }
        }
    }

    private static Finding Stopped(string room, string at, TrackShortfall track) => new(Verdict.Passed,
        Invariant($"track {track.TrackId} of room {room} stopped being sent: each of its {track.Subscribers:#,0} subscribers lacks ")
        + Invariant($"{track.Least:0} s of it {ErrorCause.TrackStopped.Text}"), at)
    {
        Cause = ErrorCause.TrackStopped,
    };

    private static double Missing(Delivery audio) => audio.Due - audio.Received;
}
