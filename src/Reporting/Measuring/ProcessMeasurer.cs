using Reporting.Raw.Hosts;
using Reporting.Raw.Lk;
using Reporting.Raw.Manifest;

namespace Reporting.Measuring;

/// <summary>Measures one lk process by its output.</summary>
internal static class ProcessMeasurer
{
    /// <summary>A count of tracks that begins anew so long after the first one means that the subscriber came back.</summary>
    private const double ComesBackAfterSeconds = 2;

    public static ProcessMeasures Measure(ProcessRecording recording, RunPlan plan)
    {
        var output = recording.Output ?? LkOutput.Empty;
        var process = recording.Plan;
        var reach = Reach(output);
        var subscribers = JoinTimes.OfSubscribers(output, process.JoinsPerSecond);
        return new ProcessMeasures
        {
            Plan = process,
            Run = recording.Run,
            Reach = reach,
            AsPlanned = output.Start is { } start ? IsPlanned(start, process) : null,
            HasUrl = output.FromEnvironment is { } environment ? environment.Split(", ").Contains("url") || process.Arguments.Contains("--url") : null,
            Complaint = output.Complaint,
            Attempted = output.FinishedConnecting ? output.Start?.Participants : null,
            Connected = output.FinishedConnecting ? output.Start?.Participants - output.FailedJoins.Count : null,
            FailedJoins = [.. output.FailedJoins.Select(join => join.Error)],
            Complaints = [.. output.FailedJoins.Select(join => join.Error), .. output.Subscribers.Select(row => row.Error).OfType<string>(), .. output.UnknownLines],
            JoinSeconds = [.. JoinTimes.OfPublishers(output, process.JoinsPerSecond), .. subscribers],
            FirstTrackSeconds = subscribers,
            StartedAt = output.Start?.At,
            SteadyAt = output.ConnectedAt,
            EndedAt = output.TablesAt ?? (output.Start?.Subscribers == 0 ? Starts.EpochSeconds(recording.Run?.EndedAt) : null),
            LastLineAt = output.LastLineAt,
            Errors = output.FailedJoins.Count + output.FailedSubscriptions + output.Panics,
            UnknownLines = recording.Output is null ? null : (int)Math.Min(int.MaxValue, output.UnknownLineCount),
            Subscribers = Subscribers(output, plan),
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

    private static bool IsPlanned(LkStart start, PlannedProcess plan) =>
        (start.VideoPublishers, start.AudioPublishers, start.Subscribers) == (plan.VideoPublishers, plan.AudioPublishers, plan.Subscribers);

    private static List<SubscriberMeasures> Subscribers(LkOutput output, RunPlan plan)
    {
        if (output.Start is not { } start)
            return [];

        // Only the lowest resolution has a single layer; of others, the layout gives each subscriber some large and some small.
        var due = new MediaDue(output, plan.AudioPacketsPerSecond, oneLayer: plan.VideoResolution == "low");
        var tracks = output.Tracks.ToLookup(row => row.Subscriber);
        var cameBack = CameBack(output);
        return [.. output.Subscribers.Where(row => row.Error is null).Select(row => new SubscriberMeasures
        {
            Tracks = row.Tracks,
            BitsPerSecond = row.BitsPerSecond,
            Audio = Sum(TrackKind.Audio, row.Subscriber),
            Video = Sum(TrackKind.Video, row.Subscriber),
            Packets = tracks[row.Subscriber].Sum(track => track.Packets),
            Dropped = tracks[row.Subscriber].Sum(track => track.Dropped),
            CameBack = cameBack.Contains(start.ParticipantOf(row.Subscriber)),
        })];

        Delivery Sum(TrackKind kind, int subscriber) => tracks[subscriber]
            .Where(track => track.Kind == kind)
            .Aggregate(default(Delivery), (sum, track) => sum + due.Of(track, start));
    }

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
