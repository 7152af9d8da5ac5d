using Reporting.Measuring;

namespace Reporting.LoadKinds.Participants;

/// <summary>What participants got, of any group of processes: counts are summed, observations merged.</summary>
internal static class Media
{
    public static MediaFigures Of(IReadOnlyList<ParticipantMeasures> processes)
    {
        var joined = new MediaFigures
        {
            ParticipantsPlanned = processes.Sum(process => process.Plan.Participants),
            ParticipantsAttempted = Sum(processes, process => process.Attempted),
            ParticipantsConnected = Sum(processes, process => process.Connected),
            LkErrors = processes.All(process => process.Reach == Completion.NotStarted) ? null : processes.Sum(process => process.Errors),
            JoinTimeSeconds = Spread(processes.SelectMany(process => process.JoinSeconds)),
            TimeToFirstTrackSeconds = Spread(processes.SelectMany(process => process.FirstTrackSeconds)),
        };

        // Only tables tell what subscribers got.
        var told = processes.Where(process => process.Subscribers.Count > 0 || process.Reach == Completion.Complete).ToList();
        return told.Count == 0 ? joined : Received(joined, told);
    }

    private static MediaFigures Received(MediaFigures joined, IReadOnlyList<ParticipantMeasures> told)
    {
        var subscribers = told.SelectMany(process => process.Subscribers).ToList();
        var audio = subscribers.Aggregate(default(Delivery), (sum, subscriber) => sum + subscriber.Audio);
        var video = subscribers.Aggregate(default(Delivery), (sum, subscriber) => sum + subscriber.Video);
        return joined with
        {
            ParticipantsDropped = subscribers.Count(subscriber => subscriber.CameBack),
            SubscribersConnected = subscribers.Count,
            TracksSubscribed = subscribers.Sum(subscriber => subscriber.Tracks),
            TracksDueMin = told.Sum(process => process.Subscribers.Count * process.Expected.MinTracksPerSubscriber),
            TracksDueMax = told.Sum(process => process.Subscribers.Count * process.Expected.MaxTracksPerSubscriber),
            AudioPacketsReceived = audio.Due > 0 ? audio.Received : null,
            AudioPacketsDue = audio.Due > 0 ? audio.Due : null,
            VideoPacketsReceived = video.Due > 0 ? video.Received : null,
            VideoPacketsDue = video.Due > 0 ? video.Due : null,
            LkPackets = told.Sum(process => process.Packets),
            LkPacketsDropped = told.Sum(process => process.Dropped),
            ReceivedBitsPerSecond = Received(subscribers),
        };
    }

    /// <summary>One subscriber without a number leaves the sum unknown, but for one that had no track to receive.</summary>
    private static double? Received(List<SubscriberMeasures> subscribers) =>
        subscribers.Count == 0 || subscribers.Exists(subscriber => subscriber is { BitsPerSecond: null, Tracks: > 0 })
            ? null
            : subscribers.Sum(subscriber => subscriber.BitsPerSecond);

    private static Percentiles? Spread(IEnumerable<double> seconds)
    {
        var values = Distribution.Of(seconds);
        double At(double share) => values.Percentile(share)!.Value;
        return values.Count == 0 ? null : new Percentiles(values.Count, At(0.5), At(0.9), At(0.95), At(0.99), values.Max!.Value);
    }

    private static int? Sum(IReadOnlyList<ParticipantMeasures> processes, Func<ParticipantMeasures, int?> value) =>
        processes.Any(process => value(process) is not null) ? processes.Sum(value) : null;
}
