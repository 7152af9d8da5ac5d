using Reporting.Measuring;
using Reporting.Raw.Hosts;
using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>Measures one lk process by its output.</summary>
internal static class ProcessMeasurer
{
    /// <summary>A count of tracks that restarts this long after the first one means that the subscriber came back.</summary>
    private const double ComesBackAfterSeconds = 2;

    public static ParticipantMeasures Measure(ProcessRecording recording, RunPlan plan)
    {
        using var streams = recording.Open();
        var output = streams is null ? LkOutput.Empty : LkOutputParser.Read(streams);
        var process = recording.Plan;
        var expected = process.Read(ParticipantsJson.Default.PlannedParticipants);
        var subscribers = JoinTimes.OfSubscribers(output, expected.JoinsPerSecond);
        return new ParticipantMeasures
        {
            Expected = expected,
            Plan = process,
            Run = recording.Run,
            Reach = Reach(output),
            AsPlanned = output.Start is { } start ? IsPlanned(start, expected) : null,
            HasUrl = output.FromEnvironment is { } environment
                ? environment.Split(", ").Contains("url") || process.Arguments.Contains("--url")
                : null,
            Complaint = output.Complaint,
            Attempted = output.FinishedConnecting ? output.Start?.Participants : null,
            Connected = output.FinishedConnecting ? output.Start?.Participants - output.FailedJoins.Count : null,
            FailedJoins = [.. output.FailedJoins.Select(join => join.Error)],
            Complaints =
            [
                .. output.FailedJoins.Select(join => join.Error), .. output.Subscribers.Select(row => row.Error).OfType<string>(),
                .. output.UnknownLines,
            ],
            JoinSeconds = [.. JoinTimes.OfPublishers(output, expected.JoinsPerSecond), .. subscribers],
            FirstTrackSeconds = subscribers,
            SteadyAt = output.ConnectedAt,
            EndedAt = output.TablesAt ?? (output.Start?.Subscribers == 0 ? Starts.EpochSeconds(recording.Run?.EndedAt) : null),
            LastLineAt = output.LastLineAt,
            Errors = output.FailedJoins.Count + output.FailedSubscriptions + output.Panics,
            UnknownLines = streams is null ? null : (int)Math.Min(int.MaxValue, output.UnknownLineCount),
            Subscribers = Subscribers(output, plan.Read(ParticipantsJson.Default.PlannedMedia)),
            Joins = [.. Joins(output)],
            Subscriptions = [.. output.Subscriptions.Select(line => line.At).OfType<double>()],
            Packets = output.Tracks.Sum(row => row.Packets),
            Dropped = output.Tracks.Sum(row => row.Dropped),
        };
    }

    private static Completion Reach(LkOutput output) => output switch
    {
        // A full disk can take the first lines' times, never the lines themselves.
        { Start: null } => Completion.NotStarted,
        { FinishedConnecting: false } => Completion.Ramp,
        { Tables: LkTables.Cut } => Completion.TablesCut,
        { Tables: LkTables.None, Start.Subscribers: > 0 } => Completion.NoTables,
        _ => Completion.Complete,
    };

    private static bool IsPlanned(LkStart start, PlannedParticipants plan) =>
        (start.VideoPublishers, start.AudioPublishers, start.Subscribers) == (plan.VideoPublishers, plan.AudioPublishers, plan.Subscribers);

    private static List<SubscriberMeasures> Subscribers(LkOutput output, PlannedMedia media)
    {
        if (output.Start is not { } start)
            return [];

        // Only the lowest resolution has a single layer; of others, the layout gives each subscriber some large and some small.
        var due = new MediaDue(output, media.AudioPacketsPerSecond, oneLayer: media.VideoResolution == "low");
        var tracks = output.Tracks.ToLookup(row => row.Subscriber);
        var cameBack = CameBack(output);
        return [.. output.Subscribers.Where(row => row.Error is null).Select(row => new SubscriberMeasures
        {
            Tracks = row.Tracks,
            BitsPerSecond = row.BitsPerSecond,
            Audio = Sum(TrackKind.Audio, row.Subscriber),
            Video = Sum(TrackKind.Video, row.Subscriber),
            CameBack = cameBack.Contains(start.ParticipantOf(row.Subscriber)),
        })];

        Delivery Sum(TrackKind kind, int subscriber) => tracks[subscriber]
            .Where(track => track.Kind == kind)
            .Aggregate(default(Delivery), (sum, track) => sum + due.Of(track, start));
    }

    private static IEnumerable<double> Joins(LkOutput output) => output.Publications.Select(line => (line.Participant, line.At))
        .Concat(output.Subscriptions.Select(line => (line.Participant, line.At)))
        .Where(line => line.At is not null)
        .GroupBy(line => line.Participant, line => line.At!.Value)
        .Select(lines => lines.Min());

    private static HashSet<int> CameBack(LkOutput output)
    {
        var first = new Dictionary<int, LkSubscription>();
        var cameBack = new HashSet<int>();
        foreach (var line in output.Subscriptions)
        {
            if (!first.TryAdd(line.Participant, line)
                && line.Tracks == 1
                && line.At - first[line.Participant].At > ComesBackAfterSeconds
                && line.TrackId != first[line.Participant].TrackId)
            {
                cameBack.Add(line.Participant);
            }
        }

        return cameBack;
    }
}
