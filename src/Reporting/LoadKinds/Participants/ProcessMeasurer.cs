using Reporting.Measuring;
using Reporting.Raw.Hosts;
using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>Measures one lk process by its output.</summary>
internal static class ProcessMeasurer
{
    public static ParticipantMeasures Measure(ProcessRecording recording, RunPlan plan)
    {
        using var streams = recording.Open();
        var output = streams is null ? LkOutput.Empty : LkOutputParser.Read(streams);
        var process = recording.Plan;
        var expected = process.Read(ParticipantsJson.Default.PlannedParticipants);
        var media = plan.Read(ParticipantsJson.Default.PlannedMedia);
        var (participants, tracks) = ParticipantReader.Read(output, expected, media, Starts.EpochSeconds(recording.Run?.EndedAt));
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
            Attempted = Known(participants)?.Count,
            Connected = Known(participants)?.Count(one => one.Attendance == Attendance.Joined),
            Complaints = Complaints(output),
            Reported = output.Errors,
            SteadyAt = output.ConnectedAt,
            MediaAt = output.MediaAt,
            EndedAt = output.TablesAt ?? (output.Start?.Subscribers == 0 ? Starts.EpochSeconds(recording.Run?.EndedAt) : null),
            LastLineAt = output.LastLineAt,
            Errors = output.FailedJoins.Count + output.FailedSubscriptions.Count + output.Panics,
            FailedSubscriptions = output.FailedSubscriptions.Count,
            Panics = output.Panics,
            UnknownLines = streams is null ? null : (int)Math.Min(int.MaxValue, output.UnknownLineCount),
            Participants = participants,
            AudioTracks = tracks,
            Joins = [.. participants.Select(one => one.SeenAt).OfType<double>()],
            Subscriptions = [.. output.Subscriptions.Select(line => line.At).OfType<double>()],
            Packets = output.Tracks.Sum(row => row.Packets),
            Dropped = output.Tracks.Sum(row => row.Dropped),
        };
    }

    /// <summary>Rows of the tables repeat the errors of joins.</summary>
    private static IReadOnlyList<LkError> Complaints(LkOutput output)
    {
        var joins = LkError.Together(output.FailedJoins.Select(join =>
            new LkError(ErrorTexts.Normalized(join.Error), 1, join.At, join.At)));
        var rows = LkError.Together(output.Subscribers.Select(row => row.Error).OfType<string>()
            .Select(error => new LkError(ErrorTexts.Normalized(error), 1, null, null)));
        return [.. joins, .. rows.Where(row => joins.All(join => join.Text != row.Text)), .. output.Errors];
    }

    /// <summary>All participants, where it is known of each whether it joined.</summary>
    private static IReadOnlyList<Participant>? Known(IReadOnlyList<Participant> participants) =>
        participants.Count > 0 && participants.All(one => one.Attendance != Attendance.Unknown) ? participants : null;

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
}
