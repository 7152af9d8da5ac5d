namespace Reporting.Summary;

/// <summary>
/// What participants got: of one process, one room, one host or the whole fleet. Counts add up from the smaller to the
/// larger; ratios are computed here from the sums and can not be set.
/// </summary>
public sealed record MediaFigures
{
    /// <summary>Participants that were planned.</summary>
    public required int ParticipantsPlanned { get; init; }

    /// <summary>Participants that tried to join.</summary>
    public int? ParticipantsAttempted { get; init; }

    /// <summary>Participants that joined and did not lose their room for good.</summary>
    public int? ParticipantsConnected { get; init; }

    /// <summary>
    /// Participants that were served: they joined in time, stayed, and published or got what was due; null in documents of version 1.
    /// </summary>
    public int? ParticipantsServed { get; init; }

    /// <summary>Participants of which it is not known whether they were served.</summary>
    public int? ParticipantsUnknown { get; init; }

    /// <summary>Participants that got nothing of a kind of media that was due to them.</summary>
    public int? ParticipantsStarved { get; init; }

    /// <summary>Participants that lost their room, come back or not.</summary>
    public int? ParticipantsDropped { get; init; }

    /// <summary>Those of them that did not come back; null in documents that lack it.</summary>
    public int? ParticipantsGone { get; init; }

    /// <summary>Subscribers that were connected.</summary>
    public int? SubscribersConnected { get; init; }

    /// <summary>Tracks that subscribers got.</summary>
    public int? TracksSubscribed { get; init; }

    /// <summary>Fewest tracks that they get when all is well.</summary>
    public int? TracksDueMin { get; init; }

    /// <summary>Most tracks that they can get.</summary>
    public int? TracksDueMax { get; init; }

    /// <summary>Audio packets that arrived of those that were due: one track's surplus does not make good another's gap.</summary>
    public double? AudioPacketsReceived { get; init; }

    /// <summary>Audio packets that were due since each track was subscribed.</summary>
    public double? AudioPacketsDue { get; init; }

    /// <summary>
    /// Audio packets of those due and not received that lk may have held back: behind a gap it keeps the last ones of a track and never
    /// counts them. It is not certain that a participant missed them,
    /// so they are left out of what is due in the share; null in documents that lack it.
    /// </summary>
    public double? AudioPacketsHeldBack { get; init; }

    /// <summary>Video packets that arrived of those that were due: one track's surplus does not make good another's gap.</summary>
    public double? VideoPacketsReceived { get; init; }

    /// <summary>Video packets that were due since each track was subscribed.</summary>
    public double? VideoPacketsDue { get; init; }

    /// <summary>Packets that lk's jitter buffers handed on.</summary>
    public long? LkPackets { get; init; }

    /// <summary>Packets that lk's jitter buffers gave up on. It is not RTP loss: a packet that never came is not counted.</summary>
    public long? LkPacketsDropped { get; init; }

    /// <summary>What all subscribers received together, as lk reports it, in bits per second.</summary>
    public double? ReceivedBitsPerSecond { get; init; }

    /// <summary>Errors that lk counted or logged.</summary>
    public int? LkErrors { get; init; }

    /// <summary>Panics that lk caught: each ended the reading of a track.</summary>
    public int? LkPanics { get; init; }

    /// <summary>Subscriptions that failed, also those that succeeded later.</summary>
    public int? LkFailedSubscriptions { get; init; }

    /// <summary>How long participants took to join, in seconds.</summary>
    public Percentiles? JoinTimeSeconds { get; init; }

    /// <summary>How long subscribers waited from their start for their first track, in seconds.</summary>
    public Percentiles? TimeToFirstTrackSeconds { get; init; }

    /// <summary>What only this kind of load counts, by name; null when it counts nothing else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Own { get; init; }

    /// <summary>Connected participants over planned ones.</summary>
    public double? ConnectedRatio => Share(ParticipantsConnected, ParticipantsPlanned);

    /// <summary>Audio packets that arrived over those that were due, without those that lk may have held back.</summary>
    public double? AudioDeliveryRatio => Share(AudioPacketsReceived, AudioPacketsDue - (AudioPacketsHeldBack ?? 0));

    /// <summary>The same, had lk held back none.</summary>
    [JsonIgnore]
    public double? AudioDeliveryLeastRatio => Share(AudioPacketsReceived, AudioPacketsDue);

    /// <summary>Participants that were served, of those of which it is known.</summary>
    public double? ServedRatio => Share(ParticipantsServed, ParticipantsPlanned - ParticipantsUnknown);

    /// <summary>What all but 5 % of the subscribers got at least of the video that was due to each.</summary>
    public double? VideoDeliveryRatio { get; init; }

    /// <summary>lk's "packet loss": packets its jitter buffers gave up on over all they saw.</summary>
    public double? LkPacketLossRatio => Share(LkPacketsDropped, LkPackets + LkPacketsDropped);

    /// <summary>What one subscriber received on average, in bits per second.</summary>
    public double? ReceivedBitsPerSecondPerSubscriber => Share(ReceivedBitsPerSecond, SubscribersConnected);

    private static double? Share(double? part, double? whole) => whole > 0 ? part / whole : null;
}

/// <summary>How single observations are spread; merged from observations or histograms, never from other percentiles.</summary>
/// <param name="N">How many observations.</param>
/// <param name="P50">Half of them are at or below this.</param>
/// <param name="P90">90 % of them are at or below this.</param>
/// <param name="P95">95 % of them are at or below this.</param>
/// <param name="P99">99 % of them are at or below this.</param>
/// <param name="Max">The largest.</param>
public sealed record Percentiles(int N, double P50, double P90, double P95, double P99, double Max);

/// <summary>How far apart the processes started, beyond what the plan's offsets ask for.</summary>
/// <param name="Seconds">From the first start to the last, on the controller's clock.</param>
/// <param name="UncertaintySeconds">The skew is right to within this many seconds; null when no clock was compared.</param>
/// <param name="Starts">How many starts are known.</param>
/// <param name="Planned">How many there should be.</param>
public sealed record StartSkew(double Seconds, double? UncertaintySeconds, int Starts, int Planned);

/// <summary>A time in which media stopped arriving.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="Seconds">How long it lasted.</param>
/// <param name="Hosts">On how many hosts at once.</param>
/// <param name="Where">The hosts, in words.</param>
public sealed record Stall(DateTimeOffset StartedAt, double Seconds, int Hosts, string Where)
{
    /// <summary>Whether media is known not to have come back on at least one of them.</summary>
    public bool ToTheEnd { get; init; }
}

/// <summary>One figure over time, at even steps.</summary>
/// <param name="Name">
/// The figure: <c>received</c>, <c>sent</c>, <c>generator-cpu</c>, <c>participants</c>, <c>tracks</c>; of the cluster <c>pods.ready</c>,
/// <c>pods.wanted</c>,
/// <c>pods.cores</c>, <c>pods.memory</c>, <c>livekit.participants</c> by its metrics, <c>rooms.participants</c> by its list of rooms.
/// </param>
/// <param name="Host">The host it belongs to; null for the whole fleet.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Start">The instant of the first value, on the controller's clock.</param>
/// <param name="StepSeconds">Seconds from one value to the next.</param>
/// <param name="Values">The values; null where there is none.</param>
public sealed record TimeSeries(
    string Name, string? Host, Unit Unit, DateTimeOffset Start, double StepSeconds, IReadOnlyList<double?> Values);
