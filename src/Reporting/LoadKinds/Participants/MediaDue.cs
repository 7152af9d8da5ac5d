using Reporting.Measuring;
using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>
/// How much of each track was due. lk does not count what never came, so its own loss does not show an outage: the only witness is the
/// number of packets against the time since the track's own subscription.
/// </summary>
internal sealed class MediaDue
{
    /// <summary>Frames a second of the lowest video layer (180p) of lk's clips; a frame is at least one packet.</summary>
    private const double FramesPerSecond = 15;

    private readonly double _audioPacketsPerSecond;
    private readonly Dictionary<(int Participant, string TrackId), double> _seconds = [];
    private readonly Dictionary<string, double> _videoPacketsPerSecond = [];

    /// <param name="output">Output with times.</param>
    /// <param name="audioPacketsPerSecond">Packets a second that are due on an audio track.</param>
    /// <param name="oneLayer">
    /// Whether all subscribers of a video track get the same layer: only then do they bear witness for each other.
    /// </param>
    public MediaDue(LkOutput output, double audioPacketsPerSecond, bool oneLayer)
    {
        _audioPacketsPerSecond = audioPacketsPerSecond;
        foreach (var subscription in output.Subscriptions)
        {
            if (output.TablesAt - subscription.At is { } seconds && seconds > 0)
                _seconds.TryAdd((subscription.Participant, subscription.TrackId), seconds);
        }

        if (oneLayer && output.Start is { } start)
            Compare(output.Tracks, start);
    }

    /// <summary>What came of what was due on a track; nothing at all when its subscription has no time.</summary>
    public Delivery Of(LkTrackRow row, LkStart start)
    {
        if (!_seconds.TryGetValue((start.ParticipantOf(row.Subscriber), row.TrackId), out var seconds))
            return default;

        var rate = row.Kind == TrackKind.Audio
            ? _audioPacketsPerSecond
            : Math.Max(FramesPerSecond, _videoPacketsPerSecond.GetValueOrDefault(row.TrackId));
        return Delivery.Of(row.Packets, rate * seconds);
    }

    private void Compare(IReadOnlyList<LkTrackRow> rows, LkStart start)
    {
        foreach (var track in rows.Where(row => row.Kind == TrackKind.Video).GroupBy(row => row.TrackId))
        {
            var rates = Distribution.Of(track
                .Where(row => _seconds.ContainsKey((start.ParticipantOf(row.Subscriber), row.TrackId)))
                .Select(row => row.Packets / _seconds[(start.ParticipantOf(row.Subscriber), row.TrackId)]));
            _videoPacketsPerSecond[track.Key] = rates.Percentile(0.5) ?? 0;
        }
    }
}
