using System.Collections.Frozen;

namespace Reporting.Judging;

/// <content>What each metric is in full, from which docs/reference/metrics.md is written.</content>
public sealed partial record Metric
{
    private static readonly FrozenDictionary<string, (string Meaning, string Example)> InFull = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["connected"] = ("participants that joined, of those planned; processes that said nothing are left out, and where it holds without them, it is inconclusive", "connected>=99%"),
        ["audio-delivery"] = ("audio packets that arrived, of those due: 50 a second on each track from its own \"subscribed\" line to the tables; a surplus on one track does not make good a gap on another", "audio-delivery>=95%"),
        ["video-delivery"] = ("video packets that arrived, of those due: what the median subscriber of the same track got, and at least 15 a second; with more than the lowest layer, only the 15", "video-delivery>=90%"),
        ["packet-loss"] = ("what lk's jitter buffers gave up on, of all they saw. It is not RTP loss: a packet that never came is not counted, and 5 % loss on the network shows as 0.6 %", "packet-loss<3%"),
        ["tracks"] = ("tracks subscribed, of the fewest that the layout shows; may exceed 100 %", "tracks>=100%"),
        ["dropped"] = ("subscribers whose count of tracks began anew after they had joined: they lost the room and came back", "dropped==0"),
        ["errors"] = ("failed joins, failed subscriptions and panics", "errors==0"),
        ["join-time"] = ("from a participant's turn to its first sign of life in the room, publishers and subscribers", "p95(join-time)<3s"),
        ["time-to-first-track"] = ("the same of subscribers: from their turn to their first track", "max(time-to-first-track)<5s"),
        ["bitrate"] = ("payload received by all subscribers", "bitrate>=40mbps"),
        ["bitrate-per-subscriber"] = ("the same, for each connected subscriber", "bitrate-per-subscriber>=500kbps"),
        ["start-skew"] = ("from the first start to the last, less the planned delays", "start-skew<250ms"),
        ["generator-cpu"] = ("the busiest ten seconds of the busiest VM, all processors together", "generator-cpu<80%"),
        ["generator-memory"] = ("memory that programs could not have, at most", "generator-memory<90%"),
        ["generator-steal"] = ("time that the hypervisor gave to others, in the worst ten seconds", "generator-steal<5%"),
        ["receive-buffer-errors"] = ("UDP datagrams that the kernel threw away because a buffer was full, all VMs", "receive-buffer-errors==0"),
        ["pods.restarts"] = ("restarts of containers of LiveKit's pods during the run, counted pod by pod", "pods.restarts==0"),
        ["pods.evictions"] = ("LiveKit pods that were evicted: by pressure, by the API, or with their node", "pods.evictions==0"),
        ["pods.cpu"] = ("most cores that a LiveKit pod used, of its limit", "pods.cpu<90%"),
        ["pods.memory"] = ("most memory that a LiveKit pod used, of its limit", "pods.memory<90%"),
        ["livekit.packet-loss"] = ("RTP packets lost on the way to subscribers, of all that LiveKit sent", "livekit.packet-loss<1%"),
        ["livekit.rtt"] = ("95th percentile of the round trip to participants, of the merged histogram", "livekit.rtt<200ms"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What it is, in a sentence or two.</summary>
    public string Meaning => InFull[Name].Meaning;

    /// <summary>A threshold on it.</summary>
    public string Example => InFull[Name].Example;
}
