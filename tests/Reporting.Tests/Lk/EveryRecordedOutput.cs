using System.Text.Encodings.Web;
using System.Text.Json;
using Reporting.LoadKinds.Participants;
using Reporting.Raw.Lk;

namespace Reporting.Tests.Lk;

public sealed class EveryRecordedOutput
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Recordings => [.. Capture.Names()];

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Reads_as_its_golden_file_says(string name)
    {
        var capture = Capture.Of(name);

        var digest = JsonSerializer.Serialize(Digest(capture.Parse(), capture), Indented) + "\n";

        digest.ShouldBeAsIn(Path.Combine(capture.Folder, "parsed.json"));
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Has_its_phases_at_the_times_noted_when_it_was_recorded(string name)
    {
        var capture = Capture.Of(name);
        var noted = capture.Meta.GetProperty("seconds");

        var output = capture.Parse();

        capture.SecondsSinceStart(output.Start?.At).ShouldBe(Noted("startingLine"));
        capture.SecondsSinceStart(output.ConnectedAt).ShouldBe(Noted("finishedConnectingLine"));
        if (Noted("trackTableLine") is { } tables)
            capture.SecondsSinceStart(output.TablesAt)!.Value.ShouldBe(tables, tolerance: 0.02);

        double? Noted(string line) =>
            noted.TryGetProperty(line, out var seconds) && seconds.ValueKind == JsonValueKind.Number ? seconds.GetDouble() : null;
    }

    // All rows of all tables would be 5 MB; sums and the first and last rows say the same.
    private static object Digest(LkOutput output, Capture capture) => new
    {
        output.Start?.Room,
        Publishers = output.Start is { } start ? $"{start.VideoPublishers} video, {start.AudioPublishers} audio" : null,
        output.Start?.Subscribers,
        StartedAfter = capture.SecondsSinceStart(output.Start?.At),
        output.FromEnvironment,
        output.FinishedConnecting,
        ConnectedAfter = capture.SecondsSinceStart(output.ConnectedAt),
        TablesAfter = capture.SecondsSinceStart(output.TablesAt),
        Publications = output.Publications.Count,
        Subscriptions = output.Subscriptions.Count,
        FirstSubscription = output.Subscriptions is [var one, ..] ? $"{one.Participant} {one.TrackId} {one.Kind}" : null,
        FailedJoins = output.FailedJoins.Select(join => $"{join.Role} {join.Tester}: {join.Error}"),
        FailedSubscriptions = output.FailedSubscriptions.Count,
        output.Panics,
        Tables = output.Tables.ToString(),
        Audio = Sum(output, TrackKind.Audio),
        Video = Sum(output, TrackKind.Video),
        FirstTrack = output.Tracks is [var first, ..] ? Row(first) : null,
        LastTrack = output.Tracks is [.., var last] ? Row(last) : null,
        SubscriberRows = output.Subscribers.Count,
        FirstSubscriber = output.Subscribers is [var top, ..] ? top : null,
        LastSubscriber = output.Subscribers is [.., var bottom] ? bottom : null,
        output.Total,
        output.DamagedRows,
        output.Lines,
        output.UnknownLineCount,
        UnknownLines = output.UnknownLines.Take(3),
        output.Complaint,
    };

    private static object Sum(LkOutput output, TrackKind kind)
    {
        var rows = output.Tracks.Where(row => row.Kind == kind).ToList();
        return new { Tracks = rows.Count, Packets = rows.Sum(row => row.Packets), Dropped = rows.Sum(row => row.Dropped),
            BitsPerSecond = rows.Sum(row => row.BitsPerSecond) };
    }

    private static string Row(LkTrackRow row) =>
        $"Sub {row.Subscriber} {row.TrackId} {row.Kind} {row.Packets} packets {row.BitsPerSecond} bps {row.Dropped} dropped";
}
