namespace Reporting.Summary;

/// <summary>
/// <c>results/summary-stats.json</c>: everything that the report shows, computed from the raw files of one run. A value that is null was
/// not measured; it is never 0 in its place. Ratios are 0 to 1, and units are in the names.
/// </summary>
public sealed record RunSummary
{
    /// <summary>The version of this document's shape that this library writes.</summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>The version of this document's shape.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>When this summary was made; the only thing that differs when the same files are summed up again.</summary>
    public required DateTimeOffset RenderedAt { get; init; }

    /// <summary>Which run this is about.</summary>
    public required RunIdentity Run { get; init; }

    /// <summary>Set when recorded output of <c>lk</c> was replayed: the run shows nothing about any cluster.</summary>
    public ReplayNotice? Replay { get; init; }

    /// <summary>The judgement on the run.</summary>
    public required Judgement Judgement { get; init; }

    /// <summary>Every threshold with what was measured, in the order in which they were given.</summary>
    public IReadOnlyList<ThresholdResult> Thresholds { get; init; } = [];

    /// <summary>The figures for the first screen, the most telling one first; the page has room for six.</summary>
    public IReadOnlyList<KeyFigure> KeyFigures { get; init; } = [];

    /// <summary>This run beside the baseline; null when there is none that is of the same kind.</summary>
    public Comparison? Comparison { get; init; }

    /// <summary>The load that was asked for.</summary>
    public required LoadShape Load { get; init; }

    /// <summary>What a reader may look for and will not find, with the reason.</summary>
    public IReadOnlyList<Unmeasured> NotMeasured { get; init; } = [];

    /// <summary>What happened to the cluster, to media and to participants, the earliest first.</summary>
    public IReadOnlyList<Happening> Happenings { get; init; } = [];

    /// <summary>What was noticed in the raw files, the gravest first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>How far apart the processes started; null when fewer than two starts are known.</summary>
    public StartSkew? StartSkew { get; init; }

    /// <summary>The media of the whole fleet, in the steady state unless a name states otherwise.</summary>
    public required MediaFigures Fleet { get; init; }

    /// <summary>The machines that generated the load, taken together.</summary>
    public required GeneratorFigures Generators { get; init; }

    /// <summary>Each planned host, also one that was lost, in the plan's order.</summary>
    public IReadOnlyList<HostSummary> Hosts { get; init; } = [];

    /// <summary>The facts in which the hosts are not alike; empty when they are.</summary>
    public IReadOnlyList<HostDifference> HostsDifferIn { get; init; } = [];

    /// <summary>Each planned <c>lk</c> process, in the plan's order.</summary>
    public required IReadOnlyList<ProcessSummary> Processes { get; init; }

    /// <summary>Each room, in the plan's order.</summary>
    public IReadOnlyList<RoomSummary> Rooms { get; init; } = [];

    /// <summary>What the cluster under test did; null when it was not observed.</summary>
    public ClusterSummary? Cluster { get; init; }

    /// <summary>LiveKit's published figures of the same load beside this run's; null when the load is none of those, or a replay.</summary>
    public PublishedBenchmark? Published { get; init; }

    /// <summary>Times when media stopped arriving, the earliest first.</summary>
    public IReadOnlyList<Stall> Stalls { get; init; } = [];

    /// <summary>Figures over time, for charts; all of them share the run's time axis.</summary>
    public required IReadOnlyList<TimeSeries> Series { get; init; }

    /// <summary>The phases in the order in which they ran.</summary>
    public IReadOnlyList<PhaseRun> Phases { get; init; } = [];

    /// <summary>What was run on the hosts, without secrets; a command line that several share is listed once.</summary>
    public IReadOnlyList<CommandLine> Commands { get; init; } = [];

    /// <summary>The programs that took part.</summary>
    public required IReadOnlyList<ProgramVersion> Versions { get; init; }

    /// <summary>Every parameter by its command line name; secrets are left out.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>What the machines cost; null when no price applies.</summary>
    public Cost? Cost { get; init; }
}

/// <summary>Which run a summary is about.</summary>
public sealed record RunIdentity
{
    /// <summary>Unique name of the run, <c>20261124-041522-k3fq</c>.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the fleet that carried the run.</summary>
    public required string Fleet { get; init; }

    /// <summary>Where the fleet came from: openstack, inventory or rehearsal.</summary>
    public required string Cloud { get; init; }

    /// <summary>The LiveKit URL under test, without credentials.</summary>
    public string? LiveKitUrl { get; init; }

    /// <summary>The instant at which all hosts were to start.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>When the last process had finished connecting: from here on every process holds its load.</summary>
    public DateTimeOffset? SteadyFrom { get; init; }

    /// <summary>When the first process left the steady state.</summary>
    public DateTimeOffset? SteadyTo { get; init; }

    /// <summary>When the last host had ended; null when it is not known.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why the run ended early; null when it did not.</summary>
    public string? EndedEarly { get; init; }

    /// <summary>Why the load that was asked for was not run, a sentence; null when it was.</summary>
    public string? NotRun { get; init; }
}

/// <summary>What was run, and where.</summary>
/// <param name="Line">The command line, without secrets.</param>
/// <param name="Where">The hosts and processes that ran it, in words.</param>
public sealed record CommandLine(string Line, string Where);

/// <summary>A program that took part.</summary>
/// <param name="Program">Its name, <c>lk</c> or <c>LiveKit server</c>.</param>
/// <param name="Version">The version that it reports; null when it reported none.</param>
/// <param name="Where">The hosts that ran it, in words; null when that goes without saying.</param>
public sealed record ProgramVersion(string Program, string? Version, string? Where = null);
