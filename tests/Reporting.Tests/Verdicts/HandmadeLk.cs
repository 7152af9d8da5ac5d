using System.Globalization;
using System.Text;
using Reporting.Raw.Manifest;

namespace Reporting.Tests.Verdicts;

/// <summary>
/// One lk process in a room of its own whose every number is known: a publisher of one track of each kind that is received (participant 0)
/// and subscribers (Sub n is participant n + 1), which begins at second 0, is steady from second 2 and prints its tables at second 62.
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

    private static readonly string[] Kinds = ["audio", "video"];

    /// <summary>Without subscribers it publishes both.</summary>
    private int Publishers(string kind) => Tracks.Length == 0 || Array.Exists(Tracks, track => track.Kind == kind)
        ? kind == "audio" ? AudioPublishers : 1
        : 0;

    /// <summary>How many publish audio; the first of them publishes video as well, if any does.</summary>
    public int AudioPublishers { get; init; } = 1;

    private int AllPublishers => Kinds.Max(Publishers);

    /// <summary>The room, where it is not its own.</summary>
    public string? InRoom { get; init; }

    private string Room => InRoom ?? $"room-{Host}";

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
                Host = Host, Name = "lk-1", Room = Room, Participants = AllPublishers + Subscribers.Count, DurationSeconds = 60,
                StartOffsetSeconds = StartOffset, Arguments = ["load-test"],
                Own = ResultsFolder.Expected(Publishers("video"), Publishers("audio"), Subscribers.Count, JoinsPerSecond, (1, 2)),
            },
            new ProcessRun { Name = "lk-1", StartedAt = Instant(StartedAt), EndedAt = Instant(EndedAt), ExitCode = ExitCode },
            ClockOffset,
            ClockDrift);
    }

    private IReadOnlyList<(double At, string Text)> Lines() =>
    [
        (0, $"Starting load test with {Publishers("video")} video publishers, {Publishers("audio")} audio publishers, "
            + $"{Subscribers.Count} subscribers, room: {Room}"),
        .. Kinds.SelectMany(kind => Enumerable.Range(0, Publishers(kind)).Select(one => (0.1, $"publishing {kind} track - lt_pub_{one}"))),
        .. Tracks.Select(track =>
            (track.SubscribedAt, Text: $"subscribed to track lt_{track.Subscriber + AllPublishers} {track.TrackId} {track.Kind} 1/2"))
            .Append((SteadyAt, "Finished connecting to room, waiting 1m0s"))
            .OrderBy(line => line.Item1),
        .. Tables().Select(row => (EndedAt, row)),
    ];

    // lk begins to count subscribers at the number of publishers of audio alone.
    private int Tester(int subscriber) => subscriber + Math.Max(0, Publishers("audio") - Publishers("video"));

    // Without subscribers lk prints none.
    private IEnumerable<string> Tables() => Subscribers.Count == 0 ? [] :
    [
        "",
        "Track loading:",
        "│ Tester │ Track │ Kind │ Pkts. │ Bitrate │ Pkt. Loss │",
        .. Tracks.Select(track =>
            $"│ Sub {Tester(track.Subscriber)} │ {track.TrackId} │ {track.Kind} │ {track.Packets} │ {track.Bitrate} "
                + $"│ {track.Dropped} (0%) │"),
        "",
        "Subscriber summaries:",
        "│ Tester │ Tracks │ Bitrate │ Total Pkt. Loss │ Error │",
        .. Subscribers.Select(
            subscriber => $"│ Sub {Tester(subscriber)} │ {Tracks.Count(track => track.Subscriber == subscriber)}/2 │ {Bitrate} │ 0 (0%) "
                + "│ - │"),
        $"│ Total │ {Tracks.Length}/{2 * Subscribers.Count} │ 20.0kbps (10.0kbps avg) │ 0 (0%) │ 0 │",
    ];

    private DateTimeOffset Instant(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(Epoch + ClockOffset + seconds);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One track as one subscriber received it.</summary>
internal sealed record Received(int Subscriber, string TrackId, string Kind, double SubscribedAt, long Packets, long Dropped = 0)
{
    /// <summary>What its row says.</summary>
    public string Bitrate { get; init; } = "10.0kbps";

    public static Received Audio(int subscriber, double subscribedAt, long packets) =>
        new(subscriber, "TR_AM", "audio", subscribedAt, packets);

    public static Received Video(int subscriber, double subscribedAt, long packets) =>
        new(subscriber, "TR_VC", "video", subscribedAt, packets);
}
