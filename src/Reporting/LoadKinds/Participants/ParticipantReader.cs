using Reporting.Measuring;
using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>From the output of one process to what became of each participant that was planned for it.</summary>
internal sealed class ParticipantReader
{
    private readonly LkOutput _output;
    private readonly PlannedParticipants _plan;
    private readonly PlannedMedia _media;
    private readonly double? _endedAt;
    private readonly int _publishers;
    private readonly Dictionary<int, TrackSpans> _tracks = [];
    private readonly Dictionary<int, LkFailedJoin> _failed = [];
    private IReadOnlyList<TrackShortfall> _shortfalls = [];
    private readonly ILookup<int, LkPublication> _published;
    private readonly ILookup<int, LkFailedSubscription> _failedSubscriptions;

    private ParticipantReader(LkOutput output, PlannedParticipants plan, PlannedMedia media, double? endedAt)
    {
        (_output, _plan, _media, _endedAt) = (output, plan, media, endedAt ?? output.LastLineAt);
        _publishers = Math.Max(plan.VideoPublishers, plan.AudioPublishers);
        _published = output.Publications.ToLookup(line => line.Participant);
        _failedSubscriptions = output.FailedSubscriptions.ToLookup(line => line.Participant);
        foreach (var line in output.Subscriptions)
        {
            if (!_tracks.TryGetValue(line.Participant, out var tracks))
                _tracks[line.Participant] = tracks = new TrackSpans();
            tracks.Take(line);
        }

        foreach (var join in output.FailedJoins)
            _failed[join.Role == LkRole.Publisher ? join.Tester : output.Start?.ParticipantOf(join.Tester) ?? -1] = join;
    }

    /// <summary>All that were planned, in the order in which they join, and what their audio tracks lack.</summary>
    /// <param name="output">What the process wrote.</param>
    /// <param name="plan">What was planned for it.</param>
    /// <param name="media">The media of the run.</param>
    /// <param name="endedAt">When it ended, on the host's clock; null when that is not known.</param>
    public static (IReadOnlyList<Participant> Participants, IReadOnlyList<TrackShortfall> Tracks) Read(
        LkOutput output, PlannedParticipants plan, PlannedMedia media, double? endedAt)
    {
        var reader = new ParticipantReader(output, plan, media, endedAt);
        return (reader.All(), reader._shortfalls);
    }

    private Participant[] All()
    {
        var all = new Participant[_publishers + _plan.Subscribers];
        for (var number = 0; number < all.Length; number++)
            all[number] = number < _publishers ? Publisher(number) : Subscriber(number);
        Receive(all);
        return all;
    }

    private Participant Publisher(int number)
    {
        var lines = _published[number].ToList();
        var again = lines.GroupBy(line => line.Kind).Select(kind => kind.Skip(1).FirstOrDefault().At).Min();
        return Joining(number, LkRole.Publisher, lines.Min(line => line.At), lines.Count > 0) with
        {
            AudioTracks = lines.Exists(line => line.Kind == TrackKind.Audio) ? 1 : 0,
            VideoTracks = lines.Exists(line => line.Kind == TrackKind.Video) ? 1 : 0,
            CameBack = again is not null,
            HurtAt = again ?? (_failed.TryGetValue(number, out var failed) ? failed.At : null),
            // Of publishers there are no tables: without subscribers lk ends with none.
            IsMeasured = _output is { FinishedConnecting: true } and ({ Tables: not LkTables.None } or { Start.Subscribers: 0 }),
        };
    }

    private Participant Subscriber(int number)
    {
        var tracks = _tracks.GetValueOrDefault(number);
        var joining = Joining(number, LkRole.Subscriber, tracks?.FirstAt, tracks is not null);
        return tracks is { CameBackAt: { } at }
            ? joining with { CameBack = true, HurtAt = at, IsBackToOthers = tracks.IsBackToOthers }
            : joining;
    }

    private Participant Joining(int number, LkRole role, double? seenAt, bool isSeen)
    {
        var dueAt = _output.Start?.At + LkFacts.TurnSeconds(number, _plan.JoinsPerSecond);
        var failed = _failed.GetValueOrDefault(number);
        return new Participant
        {
            Role = role,
            DueAt = dueAt,
            SeenAt = seenAt,
            Refusal = failed?.Error,
            HurtAt = failed?.At,
            Attendance = failed is not null ? Attendance.Absent
                : isSeen || (_output.FinishedConnecting && _output.Start is not null) ? Attendance.Joined
                : _endedAt - dueAt > _media.JoinLimitSeconds ? Attendance.Absent
                : Attendance.Unknown,
        };
    }

    /// <summary>Adds what subscribers received, which only the tables tell.</summary>
    private void Receive(Participant[] all)
    {
        if (_output.Start is not { } start)
            return;

        var spans = _tracks.ToDictionary(tracks => tracks.Key, tracks => tracks.Value.Spans());
        var rows = _output.Tracks.Select(row => (Participant: start.ParticipantOf(row.Subscriber), Row: row))
            .ToLookup(entry => entry.Participant, entry => new ReceivedTrack(entry.Row, Seconds(entry.Participant, entry.Row.TrackId)));
        var due = new MediaDue(_media, rows.SelectMany(tracks => tracks));
        _shortfalls = TrackShortfalls.Of(due, _media, rows.SelectMany(tracks => tracks.Where(track => !HasEnded(tracks.Key, track))));
        foreach (var row in _output.Subscribers.Where(row => row.Error is null))
        {
            var number = start.ParticipantOf(row.Subscriber);
            if (number >= _publishers && number < all.Length)
                all[number] = Received(all[number], number, row, [.. rows[number]], spans.GetValueOrDefault(number), due);
        }

        bool HasEnded(int participant, ReceivedTrack track) =>
            spans.TryGetValue(participant, out var mine) && mine.TryGetValue(track.Row.TrackId, out var span) && span.To is not null;

        double? Seconds(int participant, string trackId) =>
            spans.TryGetValue(participant, out var mine) && mine.TryGetValue(trackId, out var span)
                && (span.To ?? _output.TablesAt) - span.From is > 0 and var seconds ? seconds : null;
    }

    private Participant Received(Participant participant, int number, LkSubscriberRow row, List<ReceivedTrack> tracks,
        Dictionary<string, TrackSpan>? spans, MediaDue due)
    {
        var largest = tracks.Where(track => track.Row.Kind == TrackKind.Video).Select(track => track.Row.BitsPerSecond).Max();
        var current = tracks
            .Where(track => spans is null || !spans.TryGetValue(track.Row.TrackId, out var span) || span.To is null).ToList();
        var video = tracks.Where(track => track.Row.Kind == TrackKind.Video).ToList();
        var audio = tracks.Where(track => track.Row.Kind == TrackKind.Audio).ToList();
        return participant with
        {
            HasRow = true,
            IsMeasured = _output.Tables == LkTables.Complete && _output.TablesAt is not null,
            AudioTracks = current.Count(track => track.Row.Kind == TrackKind.Audio),
            VideoTracks = current.Count(track => track.Row.Kind == TrackKind.Video),
            Audio = audio.Aggregate(default(Delivery), (sum, track) => sum + due.Audio(track)),
            AudioHeldBack = audio.Sum(due.HeldBack),
            AudioUntil = due.AudioUntil([.. current.Where(track => track is { Row.Kind: TrackKind.Audio, Seconds: not null })
                .Select(track => (_output.TablesAt!.Value - track.Seconds!.Value, track.Row))]),
            Video = video.Aggregate(default(Delivery),
                (sum, track) => sum + due.Video(track, Nullable.Equals(track.Row.BitsPerSecond, largest))),
            HasAudio = audio.Exists(track => MediaDue.HasMedia(track.Row)),
            HasVideo = video.Exists(track => MediaDue.HasMedia(track.Row)) ? true
                : video.Exists(track => track.Seconds is <= MediaDue.KeyFrameSeconds) ? null : false,
            Tracks = row.Tracks,
            BitsPerSecond = row.BitsPerSecond,
            Packets = tracks.Sum(track => track.Row.Packets),
            Dropped = tracks.Sum(track => track.Row.Dropped),
            FailedSubscriptions = _failedSubscriptions[number]
                .Count(failed => spans is null || !spans.ContainsKey(failed.TrackId)),
        };
    }
}
