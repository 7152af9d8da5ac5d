using LoadTesting.Hosts.Agent;
using LoadTesting.LiveKit;
using Reporting.LoadKinds.Participants;
using Reporting.Raw.Lk;

namespace LoadTesting.LoadKinds.Participants;

/// <summary>Two participants, one that publishes and one that subscribes, in a separate room for five seconds.</summary>
/// <param name="Tracks">Tracks that the subscriber got media of.</param>
/// <param name="AudioPacketsPerSecond">Packets of its audio track over the time since it was subscribed; null when there was none.</param>
/// <param name="Complaint">What lk complained of; null when it did not.</param>
public sealed record SmokeJoin(int Tracks, double? AudioPacketsPerSecond, string? Complaint)
{
    /// <summary>Longest that a join takes when UDP is blocked, the five seconds, and some more.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);
    private static readonly HostScript Script = new("smoke-join.sh");

    /// <summary>Audio frames of 60, 40, 30, 20 and 10 ms: Opus knows no others that lk's clips could have (RFC 6716, 2.1.4).</summary>
    private static readonly double[] FrameRates = [1000d / 60, 25, 1000d / 30, 50, 100];

    /// <summary>Lets lk try it on a host.</summary>
    /// <param name="shell">The host.</param>
    /// <param name="liveKit">Credentials; they go by standard input.</param>
    /// <param name="load">Codec, resolution and layout of the load.</param>
    /// <param name="id">Makes room and participants unique.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<SmokeJoin> TryAsync(IRemoteShell shell, LiveKitCredentials liveKit, LoadParameters load, string id,
        CancellationToken cancellation) =>
        Read(await shell.RunAsync(Text(liveKit, load, id), Deadline + TimeSpan.FromSeconds(15), cancellation));

    /// <summary>
    /// The rate at which audio is due: the measured one where it is that of another frame length than 20 ms, else 50 a second. A rate
    /// between them is no rate of lk's but a loss, and must not become the measure of what is due.
    /// </summary>
    [JsonIgnore]
    public double? DueAudioPacketsPerSecond => AudioPacketsPerSecond is { } measured
        && FrameRates.FirstOrDefault(rate => Math.Abs(measured - rate) <= 0.03 * rate) is > 0 and var due ? due : null;

    /// <summary>What a rate that is none of lk's means; null when it is one.</summary>
    [JsonIgnore]
    public string? Warning => DueAudioPacketsPerSecond is null && AudioPacketsPerSecond is { } rate
        ? $"Smoke join: audio came at {rate:0.0} packets a second, and no frame length of lk's makes that many: some were lost. 50 are "
            + "taken as due."
        : null;

    /// <summary>What did not arrive; null when media did.</summary>
    public LoadTestException? Fault(string host, string url) => Tracks > 0 ? null : new LoadTestException(
        $"Smoke join: {host} joined a room at {url} with one publisher and one subscriber for {Duration.TotalSeconds:0} s, and no media "
            + $"arrived{(Complaint is null ? "" : $": {Complaint}")}.",
        "Media needs UDP from the hosts to LiveKit's nodes (rtc.udp_port or port_range_start to port_range_end), or TCP to rtc.tcp_port. "
            + "--smoke-join false starts the load anyway.");

    /// <summary>Reads what the script printed: each line of lk after the second at which it came.</summary>
    public static SmokeJoin Read(ShellResult result)
    {
        var parser = new LkOutputParser();
        foreach (var line in result.Text.Split('\n'))
        {
            var parts = line.Split(' ', 2);
            if (parts is [var at, var text]
                && double.TryParse(at, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
                parser.Feed(LkSource.Stdout, text, seconds);
        }

        var output = parser.Complete();
        var audio = output.Tracks.FirstOrDefault(track => track.Kind == TrackKind.Audio);
        var since = output.Subscriptions.Where(subscription => subscription.TrackId == audio.TrackId)
            .Select(subscription => subscription.At).FirstOrDefault();
        return new SmokeJoin(
            output.Tracks.Count(track => track.Packets > 0),
            output.TablesAt - since is > 0 and var time ? audio.Packets / time : null,
            output.Complaint ?? output.Subscribers.Select(subscriber => subscriber.Error).FirstOrDefault(error => error is not null));
    }

    /// <summary>What was kept of one; null when nothing can be read.</summary>
    public static SmokeJoin? Kept(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize(json, SmokeJoinJson.Default.SmokeJoin);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(LiveKitCredentials liveKit, LoadParameters load, string id) => Script.With(
    [
        HostAgent.Home, liveKit.Url, liveKit.ApiKey, liveKit.ApiSecret.Reveal(), Deadline.TotalSeconds.ToString(),
        .. LkCommandLine.LoadTest(load with { TestDuration = Duration }, new Mix(1, 1, 1), joinsPerSecond: 5, $"{RunRooms.SmokePrefix}{id}",
            $"smoke-{id}"),
    ]);
}

/// <summary>How a smoke join is kept until the run that follows it.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SmokeJoin))]
internal sealed partial class SmokeJoinJson : JsonSerializerContext;
