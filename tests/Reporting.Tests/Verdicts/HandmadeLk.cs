using System.Globalization;
using System.Text;
using Reporting.Raw.Manifest;

namespace Reporting.Tests.Verdicts;

/// <summary>
/// One lk process whose every number is known: a publisher of one audio and one video track (participant 0) and subscribers
/// (Sub n is participant n + 1), which begins at second 0, is steady from second 2 and prints its tables at second 62.
/// </summary>
internal sealed record HandmadeLk(string Host, params Received[] Tracks)
{
    public const double Epoch = 1_800_000_000;

    public double StartedAt { get; init; }

    public double SteadyAt { get; init; } = 2;

    public double EndedAt { get; init; } = 62;

    public double JoinsPerSecond { get; init; } = 5;

    public double ClockOffset { get; init; }

    public double ClockDrift { get; init; }

    public double StartOffset { get; init; }

    public int ExitCode { get; init; }

    /// <summary>What its tables say that each subscriber received.</summary>
    public string Bitrate { get; init; } = "10.0kbps";

    private IReadOnlyList<int> Subscribers => [.. Tracks.Select(track => track.Subscriber).Distinct().Order()];

    /// <summary>Puts it into a results folder, planned as it says.</summary>
    public void AddTo(ResultsFolder results)
    {
        var lines = Lines();
        results.Write($"{Host}/logs/lk-1.stdout", Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line.Text + "\n"))));
        results.Write($"{Host}/logs/lk-1.stdout.times",
            Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => Invariant($"{Epoch + ClockOffset + line.At:F6}\n")))));
        results.Add(
            new PlannedProcess
            {
                Host = Host, Name = "lk-1", Room = "room", Participants = 1 + Subscribers.Count, DurationSeconds = 60,
                StartOffsetSeconds = StartOffset,
                Own = ResultsFolder.Expected(1, 1, Subscribers.Count, JoinsPerSecond, (1, 2)), Arguments = ["load-test"],
            },
            new ProcessRun { Name = "lk-1", StartedAt = Instant(StartedAt), EndedAt = Instant(EndedAt), ExitCode = ExitCode },
            ClockOffset,
            ClockDrift);
    }

    private IReadOnlyList<(double At, string Text)> Lines() =>
    [
        (0, $"Starting load test with 1 video publishers, 1 audio publishers, {Subscribers.Count} subscribers, room: room"),
        (0.1, "publishing audio track - lt_pub_0"),
        (0.1, "publishing video track - lt_pub_0"),
        .. Tracks.Select(track =>
            (track.SubscribedAt, Text: $"subscribed to track lt_{track.Subscriber + 1} {track.TrackId} {track.Kind} 1/2"))
            .Append((SteadyAt, "Finished connecting to room, waiting 1m0s"))
            .OrderBy(line => line.Item1),
        .. Tables().Select(row => (EndedAt, row)),
    ];

    // Without subscribers lk prints none.
    private IEnumerable<string> Tables() => Subscribers.Count == 0 ? [] :
    [
        "",
        "Track loading:",
        "│ Tester │ Track │ Kind │ Pkts. │ Bitrate │ Pkt. Loss │",
        .. Tracks.Select(track =>
            $"│ Sub {track.Subscriber} │ {track.TrackId} │ {track.Kind} │ {track.Packets} │ 10.0kbps │ {track.Dropped} (0%) │"),
        "",
        "Subscriber summaries:",
        "│ Tester │ Tracks │ Bitrate │ Total Pkt. Loss │ Error │",
        .. Subscribers.Select(
            subscriber => $"│ Sub {subscriber} │ {Tracks.Count(track => track.Subscriber == subscriber)}/2 │ {Bitrate} │ 0 (0%) │ - │"),
        $"│ Total │ {Tracks.Length}/{2 * Subscribers.Count} │ 20.0kbps (10.0kbps avg) │ 0 (0%) │ 0 │",
    ];

    private DateTimeOffset Instant(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(Epoch + ClockOffset + seconds);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One track as one subscriber received it.</summary>
internal sealed record Received(int Subscriber, string TrackId, string Kind, double SubscribedAt, long Packets, long Dropped = 0)
{
    public static Received Audio(int subscriber, double subscribedAt, long packets) =>
        new(subscriber, "TR_AM", "audio", subscribedAt, packets);

    public static Received Video(int subscriber, double subscribedAt, long packets) =>
        new(subscriber, "TR_VC", "video", subscribedAt, packets);
}
