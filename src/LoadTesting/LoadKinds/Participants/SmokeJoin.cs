using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Agent;
using LoadTesting.LiveKit;
using Reporting.Raw.Lk;

namespace LoadTesting.LoadKinds.Participants;

/// <summary>Two participants, one that publishes and one that subscribes, in a room of their own for five seconds.</summary>
/// <param name="Tracks">Tracks that the subscriber got media of.</param>
/// <param name="AudioPacketsPerSecond">Packets of its audio track over the time since it was subscribed; null when there was none.</param>
/// <param name="Complaint">What lk complained of; null when it did not.</param>
public sealed record SmokeJoin(int Tracks, double? AudioPacketsPerSecond, string? Complaint)
{
    /// <summary>Longest that a join takes when UDP is blocked, the five seconds, and some more.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    /// <summary>Audio frames of 60, 40, 30, 20 and 10 ms: Opus knows no others that lk's clips could have (RFC 6716, 2.1.4).</summary>
    private static readonly double[] FrameRates = [1000d / 60, 25, 1000d / 30, 50, 100];

    /// <summary>Lets lk try it on a host.</summary>
    /// <param name="shell">The host.</param>
    /// <param name="liveKit">Credentials; they go by standard input.</param>
    /// <param name="load">Codec, resolution and layout of the load.</param>
    /// <param name="id">Makes room and participants unique.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<SmokeJoin> TryAsync(IRemoteShell shell, LiveKitCredentials liveKit, LoadParameters load, string id, CancellationToken cancellation) =>
        Read(await shell.RunAsync(Script(liveKit, load, id), Deadline + TimeSpan.FromSeconds(15), cancellation));

    /// <summary>
    /// The rate at which audio is due: the measured one where it is that of another frame length than 20 ms, else 50 a second. A rate
    /// between them is no rate of lk's but a loss, and must not become the measure of what is due.
    /// </summary>
    public double? DueAudioPacketsPerSecond => AudioPacketsPerSecond is { } measured
        && FrameRates.FirstOrDefault(rate => Math.Abs(measured - rate) <= 0.03 * rate) is > 0 and var due ? due : null;

    /// <summary>Itself, or an error that says what did not arrive.</summary>
    /// <exception cref="LoadTestException">No media arrived.</exception>
    public SmokeJoin Require(string host, string url) => Tracks > 0 ? this : throw new LoadTestException(
        $"Smoke join: {host} joined a room at {url} with one publisher and one subscriber for {Duration.TotalSeconds:0} s, and no media arrived{(Complaint is null ? "" : $": {Complaint}")}.",
        "Media needs UDP from the hosts to LiveKit's nodes (rtc.udp_port or port_range_start to port_range_end), or TCP to rtc.tcp_port. --smoke-join false starts the load all the same.");

    /// <summary>Reads what the script printed: each line of lk after the second at which it came.</summary>
    public static SmokeJoin Read(ShellResult result)
    {
        var parser = new LkOutputParser();
        foreach (var line in result.Text.Split('\n'))
        {
            var parts = line.Split(' ', 2);
            if (parts is [var at, var text] && double.TryParse(at, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
                parser.Feed(LkSource.Stdout, text, seconds);
        }

        var output = parser.Complete();
        var audio = output.Tracks.FirstOrDefault(track => track.Kind == TrackKind.Audio);
        var since = output.Subscriptions.Where(subscription => subscription.TrackId == audio.TrackId).Select(subscription => subscription.At).FirstOrDefault();
        return new SmokeJoin(
            output.Tracks.Count(track => track.Packets > 0),
            output.TablesAt - since is > 0 and var time ? audio.Packets / time : null,
            output.Complaint ?? output.Subscribers.Select(subscriber => subscriber.Error).FirstOrDefault(error => error is not null));
    }

    private static string Script(LiveKitCredentials liveKit, LoadParameters load, string id)
    {
        var words = LkCommandLine.LoadTest(load with { TestDuration = Duration }, new Mix(1, 1, 1), joinsPerSecond: 5, $"loadtest-smoke-{id}", $"smoke-{id}");
        var script = new StringBuilder("set -u\nulimit -c 0 # a core file would hold the secret\n");
        script.Append($"export LIVEKIT_URL={ShellWords.Quote(liveKit.Url)} LIVEKIT_API_KEY={ShellWords.Quote(liveKit.ApiKey)}\n");
        script.Append($"export LIVEKIT_API_SECRET={ShellWords.Quote(liveKit.ApiSecret.Reveal())}\n");
        script.Append($"timeout -k 5 {Deadline.TotalSeconds:0} {HostAgent.Home}/bin/lk {string.Join(' ', words.Select(ShellWords.Quote))} 2>&1 </dev/null |\n");
        return script.Append("while IFS= read -r line; do printf '%s %s\\n' \"$EPOCHREALTIME\" \"$line\"; done\n").ToString();
    }
}

/// <summary>How a smoke join is kept until the run that follows it.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SmokeJoin))]
internal sealed partial class SmokeJoinJson : JsonSerializerContext;
