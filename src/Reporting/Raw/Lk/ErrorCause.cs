namespace Reporting.Raw.Lk;

/// <summary>Where the cause of an error is.</summary>
public enum ErrorSide
{
    /// <summary>On the load generator: the error is no evidence about LiveKit.</summary>
    Generator,

    /// <summary>Between the load generator and LiveKit.</summary>
    Network,

    /// <summary>At a proxy, load balancer or ingress before LiveKit.</summary>
    Proxy,

    /// <summary>At LiveKit or what it depends on.</summary>
    LiveKit,

    /// <summary>The API key, its secret, or the clock that tokens are signed with.</summary>
    Credentials,
}

/// <summary>What an error of lk, its SDK, LiveKit or a proxy means.</summary>
/// <param name="Text">A part of its text, without ports, ids, addresses, URLs and markup; in lower case or upper.</param>
/// <param name="Side">Where its cause is.</param>
/// <param name="Meaning">What it means, a sentence without its end.</param>
/// <param name="NextStep">What to do, a sentence.</param>
public sealed record ErrorCause(string Text, ErrorSide Side, string Meaning, string NextStep)
{
    /// <summary>Whether a load generator ran out of something, so that it measured itself.</summary>
    [JsonIgnore]
    public bool IsLimit => Side == ErrorSide.Generator;

    /// <summary>Whether it is a refused join of which lk does not tell LiveKit's reason.</summary>
    [JsonIgnore]
    public bool IsUntoldRefusal => Text.EndsWith(" signal connection", StringComparison.Ordinal);

    /// <summary>Whether how LiveKit is reached is wrong, or the key: nothing that its cluster went through explains it.</summary>
    [JsonIgnore]
    public bool IsOfSetup => Side == ErrorSide.Credentials || NextStep is Certificate or Scheme or Routes;

    /// <summary>Whether it is the answer to a join: what received media has no part in it.</summary>
    [JsonIgnore]
    public bool IsRefusal => Side is ErrorSide.LiveKit or ErrorSide.Proxy or ErrorSide.Credentials;

    /// <summary>The cause of an error; null when it is not known.</summary>
    /// <param name="error">The text, as it was written or normalised.</param>
    public static ErrorCause? Of(string error)
    {
        var text = ErrorTexts.Normalized(error);
        return All.FirstOrDefault(cause => text.Contains(cause.Text, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What helps where a machine is too small for its load.</summary>
    public const string SmallerLoad = "Use more VMs with fewer participants each, or a larger flavor.";

    private const string OpenFiles = "Raise the hard limit of open files (nofile) of its user.";
    private const string Threads = "Raise the limit of processes (nproc, TasksMax, kernel.threads-max) there.";
    private const string Resolver = "Check the name servers of that VM.";
    private const string Ports = "Widen net.ipv4.ip_local_port_range there, or use more VMs.";
    private const string Secret = "Compare --livekit-api-secret with the secret of that key in LiveKit's configuration.";
    private const string Clock = "Run timedatectl set-ntp true on the VM, or on LiveKit's node if that clock is the wrong one.";
    private const string Udp =
        "Open UDP from the VMs to LiveKit's nodes (rtc.udp_port, or port_range_start to port_range_end); lk does not fall back to TCP.";
    private const string Routes = "Check routes and security groups of the VMs.";
    private const string Scheme = "Use ws:// or http:// for a LiveKit without TLS and wss:// or https:// for one behind TLS.";
    private const string Certificate = "Install the certificate's authority on the VMs, or use a name that the certificate has.";
    private const string Signalling =
        "Look at the proxy's timeouts of idle WebSockets, at LiveKit's restarts and at the network at that time.";
    private const string ProxyLimits = "Look at the proxy's log and its limits of connections and of new connections a second.";
    private const string ProxyBackends = "Look at the proxy's log and at which of LiveKit's pods it knows as ready.";

    /// <summary>A room that LiveKit stopped listing while it ran on.</summary>
    public static ErrorCause RoomDeleted { get; } = new("was deleted while LiveKit ran on", ErrorSide.LiveKit,
        "LiveKit stopped listing the room with participants in it, and did not restart",
        "Find out who deletes rooms: an application, a webhook, another test. LiveKit's log has the deletion at that time.");

    /// <summary>Rooms that hold one and the same number of participants, and no more.</summary>
    public static ErrorCause RoomLimit { get; } = new("and refused the others: a limit (room max_participants)", ErrorSide.LiveKit,
        "each room held the same number of participants, and LiveKit refused the rest of them",
        "Raise room.max_participants in LiveKit's configuration, or max_participants where the rooms are created.");

    /// <summary>Participants that left a room and did not come back.</summary>
    public static ErrorCause RoomShrank { get; } = new("for good: they were removed, or LiveKit dropped them", ErrorSide.LiveKit,
        "participants left the room while lk ran: RemoveParticipant, another participant of the same identity, or a lost connection",
        "LiveKit's log has the reason why each of them left at that time; find out who removes participants.");

    /// <summary>Nodes whose rooms the room service does not know.</summary>
    public static ErrorCause NodesApart { get; } = new("the nodes do not share a Redis", ErrorSide.LiveKit,
        "each node has its own room of the same name, and participants on different nodes do not meet",
        "Set redis.address of all LiveKit nodes to one Redis.");

    /// <summary>What LiveKit answered when it could not reach what it depends on.</summary>
    public static ErrorCause NoRedis { get; } = new("LiveKit answered that it could not reach its Redis", ErrorSide.LiveKit,
        "LiveKit runs, and the Redis that it depends on does not answer it", "Look at that Redis, and at redis.address of LiveKit.");

    /// <summary>Subscribers that all got the same number of tracks.</summary>
    public static ErrorCause SubscriptionLimit { get; } = new("as a subscription limit gives them", ErrorSide.LiveKit,
        "every subscriber got the same number of tracks, and fewer than were published",
        "Raise limit.subscription_limit_audio or limit.subscription_limit_video in LiveKit's configuration.");

    /// <summary>A track that stopped for all of its subscribers.</summary>
    public static ErrorCause TrackStopped { get; } = new("and nothing of the room's other tracks", ErrorSide.LiveKit,
        "one track stopped for all of its subscribers: it was muted, or its publisher left",
        "Find out who mutes tracks or removes participants; LiveKit's log has both.");

    /// <summary>lk stopped reading a track.</summary>
    public static ErrorCause Panic { get; } = new("caught panic in consumeTrack", ErrorSide.Generator,
        "lk panicked and stopped reading a track",
        "Use another version of lk, or h264 in place of vp8, and more VMs with fewer participants each.");

    /// <summary>A track that a subscriber did not get.</summary>
    public static ErrorCause FailedSubscription { get; } = new("track subscription failed", ErrorSide.LiveKit,
        "LiveKit offered a track and did not send it in time", "Look at LiveKit's load and log at that time.");

    /// <summary>
    /// All that are known, the more telling first: an error has the first of them that it contains. The texts of errno(3) are those that Go
    /// prints.
    /// </summary>
    public static IReadOnlyList<ErrorCause> All { get; } =
    [
        RoomDeleted, RoomLimit, RoomShrank, NodesApart, NoRedis, SubscriptionLimit, TrackStopped, Panic, FailedSubscription,
        new("too many open files", ErrorSide.Generator, "lk had no file descriptor left", OpenFiles),
        new("no buffer space available", ErrorSide.Generator, "its kernel had no buffer left to send from", SmallerLoad),
        new("cannot assign requested address", ErrorSide.Generator, "it had no local port left", Ports),
        new("resource temporarily unavailable", ErrorSide.Generator, "lk could not start another thread", Threads),
        new("failed to create new OS thread", ErrorSide.Generator, "lk could not start another thread", Threads),
        new("no space left on device", ErrorSide.Generator, "its disk was full", "Free its disk, or use VMs with a larger one."),
        new("cannot allocate memory", ErrorSide.Generator, "it had no memory left", SmallerLoad),
        new("server misbehaving", ErrorSide.Generator, "it could not resolve LiveKit's name", Resolver),
        new("temporary failure in name resolution", ErrorSide.Generator, "it could not resolve LiveKit's name", Resolver),
        new("no such host", ErrorSide.Generator, "it could not resolve LiveKit's name", Resolver),
        new("invalid API key", ErrorSide.Credentials, "LiveKit does not know the API key",
            "Compare --livekit-api-key with the keys in LiveKit's configuration."),
        new("signature is invalid", ErrorSide.Credentials, "the API secret is not the one of the API key", Secret),
        new("error in cryptographic primitive", ErrorSide.Credentials, "the API secret is not the one of the API key", Secret),
        new("token is expired", ErrorSide.Credentials, "the clock of the VM is behind LiveKit's", Clock),
        new("token not valid yet", ErrorSide.Credentials, "the clock of the VM is ahead of LiveKit's", Clock),
        new("fail to refresh permissions", ErrorSide.Network, "a TURN server stopped relaying", "Look at the TURN server and its log."),
        new("permission", ErrorSide.Credentials, "the token does not permit it", "Use an API key that may create and join rooms."),
        new("unauthorized", ErrorSide.Credentials, "LiveKit rejected the token",
            "Compare --livekit-api-key and --livekit-api-secret with LiveKit's configuration."),
        new("too many requests", ErrorSide.Proxy, "a proxy limits the rate of requests", ProxyLimits),
        new("bad gateway", ErrorSide.Proxy, "a proxy got no answer from LiveKit", ProxyBackends),
        new("gateway timeout", ErrorSide.Proxy, "a proxy got no answer from LiveKit in time", ProxyBackends),
        new("gateway time-out", ErrorSide.Proxy, "a proxy got no answer from LiveKit in time", ProxyBackends),
        new("upstream connect error", ErrorSide.Proxy, "a proxy got no answer from LiveKit", ProxyBackends),
        new("service unavailable", ErrorSide.Proxy, "a proxy has no LiveKit that is ready", ProxyBackends),
        new("service temporarily unavailable", ErrorSide.Proxy, "a proxy has no LiveKit that is ready, or is at its limit", ProxyBackends),
        new("no healthy upstream", ErrorSide.Proxy, "a proxy has no LiveKit that is ready", ProxyBackends),
        new("bad handshake", ErrorSide.Proxy, "the answer was no WebSocket: a proxy or another program gave it",
            "Check the URL's host and path, and that the proxy passes WebSockets on."),
        new("server gave HTTP response to HTTPS client", ErrorSide.Proxy, "the URL asks for TLS where none is spoken", Scheme),
        new("first record does not look like a TLS handshake", ErrorSide.Proxy, "the URL asks for TLS where none is spoken", Scheme),
        new("malformed HTTP response", ErrorSide.Proxy, "the URL asks for no TLS where it is spoken", Scheme),
        new("certificate signed by unknown authority", ErrorSide.Proxy, "the VM does not trust the certificate", Certificate),
        new("x509", ErrorSide.Proxy, "the certificate is not valid for this name or time", Certificate),
        new("connection reset by peer", ErrorSide.Proxy, "the other side cut the connection: often a proxy or a kernel at its limit",
            ProxyLimits),
        new("connection refused", ErrorSide.LiveKit, "no program listened at LiveKit's address",
            "Check the URL, and whether LiveKit's pods or its proxy were running then."),
        new("no route to host", ErrorSide.Network, "no route led to LiveKit's address", Routes),
        new("network is unreachable", ErrorSide.Network, "no route led to LiveKit's address", Routes),
        new("i/o timeout", ErrorSide.Network, "LiveKit's address did not answer: packets were dropped on the way",
            "Check security groups, firewalls and the backlog of the proxy (net.core.somaxconn)."),
        new("context deadline exceeded", ErrorSide.Network, "no answer came in time",
            "Check whether LiveKit or its proxy was overloaded then, and the path to it."),
        new("broken pipe", ErrorSide.Proxy, "the other side closed the connection", ProxyLimits),
        new("unexpected EOF", ErrorSide.Proxy, "the other side closed the connection", ProxyLimits),
        new("node has exceeded its configured limit", ErrorSide.LiveKit, "a LiveKit node was at its limit of tracks or bytes a second",
            "Raise limit.num_tracks or limit.bytes_per_sec in LiveKit's configuration, or add nodes."),
        new("requested room does not exist", ErrorSide.LiveKit, "LiveKit does not create rooms when participants join",
            "Set room.auto_create in LiveKit's configuration."),
        new("not found", ErrorSide.LiveKit, "LiveKit does not have the room, or the URL has a path that is not LiveKit's",
            "Set room.auto_create in LiveKit's configuration, and check the URL's path."),
        new("could not connect after timeout", ErrorSide.Network, "signalling worked and no media connection came about in time", Udp),
        new("peer connection not established", ErrorSide.Network, "signalling worked and no media connection came about", Udp),
        new("timed out publishing track", ErrorSide.Network, "signalling worked and no media connection came about", Udp),
        new("invalid state", ErrorSide.Network, "the media connection had broken while lk waited for it", Udp),
        new("invalid stats", ErrorSide.Generator, "lk had no counter for a track and did not read it", SmallerLoad),
        new("out of memory", ErrorSide.Generator, "it had no memory left", SmallerLoad),
        new("could not publish", ErrorSide.LiveKit, "a participant joined and could not publish its track",
            "Look at LiveKit's log at that time: its permissions, its codecs, its limits."),
        new("could not reconnect", ErrorSide.Network, "a participant lost LiveKit and did not come back", Signalling),
        new("resuming", ErrorSide.Proxy, "signalling broke off and was taken up again", Signalling),
        new("reconnect", ErrorSide.Proxy, "signalling broke off and was set up again", Signalling),
        new("could not establish signal connection", ErrorSide.LiveKit,
            "LiveKit, or a proxy before it, refused the join: a room that is full, a node at its limit, no Redis, or another path",
            "Look at LiveKit's log at that time; lk does not pass its answer on."),
        new("could not dial signal connection", ErrorSide.LiveKit,
            "lk up to 2.16 writes no more of any failed join: refused, unreachable, rejected credentials, or no file descriptor",
            "Use lk 2.18 or later, whose texts tell these apart, and look at LiveKit's log at that time."),
    ];
}
