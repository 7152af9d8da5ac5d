using Reporting.Measuring;

namespace Reporting.LoadKinds.Participants;

/// <summary>What participants got, of any group of processes: counts are summed, observations merged.</summary>
internal static class Media
{
    /// <summary>A share is the value that this part of the participants reached at least, as a time is its 95th percentile.</summary>
    private const double MostPeople = 0.95;

    public static MediaFigures Of(IReadOnlyList<ParticipantMeasures> processes)
    {
        var participants = processes.SelectMany(process => process.Participants).ToList();
        var joined = new MediaFigures
        {
            ParticipantsPlanned = processes.Sum(process => process.Plan.Participants),
            ParticipantsAttempted = Sum(processes, process => process.Attempted),
            ParticipantsConnected = Sum(processes, process => process.Connected - process.Participants.Count(one => one.IsGone)),
            LkErrors = processes.All(process => process.Reach == Completion.NotStarted) ? null : processes.Sum(process => process.Errors),
            LkPanics = processes.Sum(process => process.Panics),
            LkFailedSubscriptions = processes.Sum(process => process.FailedSubscriptions),
            ParticipantsServed = participants.Count(one => one.IsServed),
            ParticipantsUnknown = participants.Count(one => one.IsUnknown),
            JoinTimeSeconds = Spread(participants.Select(one => one.JoinSeconds)),
            TimeToFirstTrackSeconds = Spread(participants.Where(one => one.Role == LkRole.Subscriber).Select(one => one.JoinSeconds)),
        };

        // Only tables tell what subscribers got.
        var told = processes.Where(process => process.Received.Any() || process.Reach == Completion.Complete).ToList();
        return told.Count == 0 ? joined : Received(joined, told);
    }

    private static MediaFigures Received(MediaFigures joined, IReadOnlyList<ParticipantMeasures> told)
    {
        var participants = told.SelectMany(process => process.Participants).ToList();
        var subscribers = told.SelectMany(process => process.Received).ToList();
        var audio = subscribers.Aggregate(default(Delivery), (sum, subscriber) => sum + subscriber.Audio);
        var video = subscribers.Aggregate(default(Delivery), (sum, subscriber) => sum + subscriber.Video);
        return joined with
        {
            ParticipantsDropped = participants.Count(one => one.CameBack || one.IsGone),
            ParticipantsGone = participants.Count(one => one.IsGone),
            ParticipantsStarved = participants.Count(one => one.IsStarved),
            SubscribersConnected = subscribers.Count,
            TracksSubscribed = subscribers.Sum(subscriber => subscriber.Tracks),
            TracksDueMin = told.Sum(process => process.Received.Count() * process.Expected.MinTracksPerSubscriber),
            TracksDueMax = told.Sum(process => process.Received.Count() * process.Expected.MaxTracksPerSubscriber),
            AudioPacketsReceived = audio.Due > 0 ? audio.Received : null,
            AudioPacketsDue = audio.Due > 0 ? audio.Due : null,
            AudioPacketsHeldBack = audio.Due > 0 ? subscribers.Sum(subscriber => subscriber.AudioHeldBack) : null,
            VideoPacketsReceived = video.Due > 0 ? video.Received : null,
            VideoPacketsDue = video.Due > 0 ? video.Due : null,
            LkPackets = told.Sum(process => process.Packets),
            LkPacketsDropped = told.Sum(process => process.Dropped),
            ReceivedBitsPerSecond = Received(subscribers),
            VideoDeliveryRatio = Distribution.Of(subscribers.Select(one => one.Video.Share).OfType<double>()).Reached(MostPeople),
        };
    }

    /// <summary>One subscriber without a number leaves the sum unknown, but for one that had no track to receive.</summary>
    private static double? Received(List<Participant> subscribers) =>
        subscribers.Count == 0 || subscribers.Exists(subscriber => subscriber is { BitsPerSecond: null, Tracks: > 0 })
            ? null
            : subscribers.Sum(subscriber => subscriber.BitsPerSecond);

    private static Percentiles? Spread(IEnumerable<double?> seconds)
    {
        var values = Distribution.Of(seconds.OfType<double>());
        double At(double share) => values.Percentile(share)!.Value;
        return values.Count == 0 ? null : new Percentiles(values.Count, At(0.5), At(0.9), At(0.95), At(0.99), values.Max!.Value);
    }

    private static int? Sum(IReadOnlyList<ParticipantMeasures> processes, Func<ParticipantMeasures, int?> value) =>
        processes.Any(process => value(process) is not null) ? processes.Sum(value) : null;
}
