using LoadTesting.Hosts.Agent;
using LoadTesting.Lk;
using Reporting.Measuring;
using Reporting.Raw.Samples;

namespace LoadTesting.Phases;

/// <summary>What is known of one host during its run, put together from its answers.</summary>
/// <param name="host">The host.</param>
/// <param name="kind">The kind of load that it carries.</param>
/// <param name="participants">How many participants its lk processes are to have.</param>
internal sealed class WatchedHost(FleetHost host, LoadKind kind, int participants)
{
    private readonly Dictionary<string, ProcessOutput> _outputs = [];
    private string _counters = "";
    private readonly MediaFlow _media = new();
    private HostSample? _sample;
    private DateTimeOffset? _steadySince;

    /// <summary>Column headings of <see cref="Row"/>.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["VM", "phase", "connected", "tracks", "errors", "received", "sent", "CPU", "heard"];

    /// <summary>The host.</summary>
    public FleetHost Host { get; } = host;

    /// <summary>How far it was when it was last heard of.</summary>
    public RunState State { get; private set; } = RunState.New;

    /// <summary>Whether nothing more will come from it.</summary>
    public bool Done => State is RunState.Done or RunState.Late;

    /// <summary>Whether it did not answer when it was last asked.</summary>
    public bool Silent { get; private set; }

    /// <summary>Whether its lk was sent SIGINT.</summary>
    public bool Stopping { get; set; }

    /// <summary>When it last answered, on the controller's clock; null when it never did.</summary>
    public DateTimeOffset? Heard { get; private set; }

    /// <summary>Since when no media arrives although lk runs; null while it does.</summary>
    public DateTimeOffset? StalledSince =>
        State == RunState.Running && _media.StalledSince is { } since ? DateTimeOffset.UnixEpoch.AddSeconds(since) : null;

    /// <summary>How many bytes of each process's output are known.</summary>
    public IReadOnlyDictionary<string, long> Seen =>
        _outputs.ToDictionary(entry => entry.Key, entry => entry.Value.Seen);

    /// <summary>Participants that have joined.</summary>
    public int Connected => _outputs.Values.Sum(output => output.Progress.Connected);

    /// <summary>Subscriptions to tracks.</summary>
    public int Tracks => _outputs.Values.Sum(output => output.Progress.Tracks);

    /// <summary>Failed joins and subscriptions.</summary>
    public int Errors => _outputs.Values.Sum(output => output.Progress.Errors);

    /// <summary>Received, in bits per second, between the last two answers; null while there are no two.</summary>
    public double? ReceivedBitsPerSecond => _sample?.BitsPerSecond(nic => nic.ReceivedBytes);

    /// <summary>Whether media should arrive: an answer that comes while it does not begin or end it is about that alone.</summary>
    private bool IsMediaDue => State == RunState.Running && _outputs.Values.Any(output => output.Progress.IsMediaDue);

    /// <summary>The host in a table.</summary>
    /// <param name="now">The controller's clock.</param>
    public IReadOnlyList<string> Row(DateTimeOffset now) =>
    [
        Host.ShortName,
        Phase(now),
        Number(Connected),
        Number(Tracks),
        Number(Errors),
        BitRate(ReceivedBitsPerSecond),
        BitRate(_sample?.BitsPerSecond(nic => nic.SentBytes)),
        _sample?.Cpu is { } cpu ? $"{cpu:0 %}" : "",
        Heard?.ToString("HH:mm:ss") ?? "",
    ];

    /// <summary>Takes an answer.</summary>
    /// <param name="watch">The host's answer; null when it did not answer.</param>
    /// <param name="now">When, on the controller's clock.</param>
    public void Take(HostWatch? watch, DateTimeOffset now)
    {
        Silent = watch is null;
        if (watch is null)
            return;

        Heard = now;
        State = watch.State;
        var wasDue = IsMediaDue;
        foreach (var process in watch.Processes)
        {
            if (!_outputs.TryGetValue(process.Name, out var output))
                _outputs[process.Name] = output = new ProcessOutput(kind.Follow());
            output.Take(process.Output.Span);
        }

        if (State == RunState.Running && Connected >= participants)
            _steadySince ??= now;

        using var both = new MemoryStream(Encoding.UTF8.GetBytes(_counters + watch.Counters));
        if (SampleReader.Read(both).Samples is [.., var latest])
        {
            _sample = latest;
            if (wasDue && IsMediaDue)
                _media.Take(latest with { At = (now - DateTimeOffset.UnixEpoch).TotalSeconds });
        }

        _counters = watch.Counters;
    }

    /// <summary>Minutes and seconds, also of more than an hour.</summary>
    public static string Clock(TimeSpan time) => $"{(int)time.TotalMinutes}:{time.Seconds:00}";

    private static string BitRate(double? bits) => bits is null ? "" : Format.Show(bits, Unit.BitsPerSecond);

    private string Phase(DateTimeOffset now) => this switch
    {
        { Silent: true } => "silent",
        { State: not RunState.Running } => State.ToString().ToLowerInvariant(),
        { Stopping: true } => "stopping",
        { StalledSince: not null } => "no media",
        _ when _steadySince is { } since => $"steady {Clock(now - since)}",
        _ => $"joining {Number(Connected)}/{Number(participants)}",
    };

    private static string Number(int value) => value.ToString();

    /// <summary>The output of one lk process as far as it is known.</summary>
    private sealed class ProcessOutput(Func<string, ProcessProgress> follow)
    {
        private readonly List<byte> _begun = [];

        public long Seen { get; private set; }

        public ProcessProgress Progress { get; private set; } = new(0, 0, 0);

        /// <summary>Takes whole lines; what is after the last one waits for its end.</summary>
        public void Take(ReadOnlySpan<byte> bytes)
        {
            Seen += bytes.Length;
            while (bytes.IndexOf((byte)'\n') is >= 0 and var feed)
            {
                _begun.AddRange(bytes[..feed]);
                Progress = follow(Encoding.UTF8.GetString([.. _begun]));
                _begun.Clear();
                bytes = bytes[(feed + 1)..];
            }

            _begun.AddRange(bytes);
        }
    }
}
