namespace Reporting.Raw.Manifest;

/// <summary>
/// <c>results/run.json</c>: what was planned, what was started where and when, and what was downloaded. It does not contain how well the
/// run went: that is computed from the raw files it names. It never holds a secret.
/// </summary>
public sealed record RunManifest
{
    /// <summary>The version of this document's shape that this library writes.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The version of this document's shape.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Unique name of the run: UTC start and four random letters, <c>20261124-041522-k3fq</c>.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the fleet that carried the run.</summary>
    public required string Fleet { get; init; }

    /// <summary>Where the fleet came from: openstack, inventory or rehearsal.</summary>
    public required string Cloud { get; init; }

    /// <summary>Version of the tool that wrote this.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Set when the output of <c>lk</c> was a replayed recording: the run shows nothing about any cluster.</summary>
    public ReplayNotice? Replay { get; init; }

    /// <summary>The instant at which all hosts were to start, on the controller's clock.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>When the last host had ended, on the controller's clock; null during the run or when it is not known.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why the run ended early (a signal, an abort condition); null when it did not.</summary>
    public string? EndedEarly { get; init; }

    /// <summary>The LiveKit URL under test, without credentials.</summary>
    public string? LiveKitUrl { get; init; }

    /// <summary>Every parameter as given or defaulted, by its command line name; secrets are left out.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>What was meant to happen.</summary>
    public required RunPlan Plan { get; init; }

    /// <summary>
    /// What was to be read during the run. One that is missing afterwards was not measured. Null: version 0.1.0 did not write it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunSource>? Sources { get; init; }

    /// <summary>Why the load that was asked for was not run, a sentence; null when it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NotRun { get; init; }

    /// <summary>Whether a source was to be read.</summary>
    public bool Reads(RunSource source) => Sources?.Contains(source) == true;

    /// <summary>What happened on each host; one entry for each planned host, also for one that was lost.</summary>
    public IReadOnlyList<HostRun> Hosts { get; init; } = [];

    /// <summary>The phases in the order in which they ran.</summary>
    public IReadOnlyList<PhaseRun> Phases { get; init; } = [];

    /// <summary>What the machines cost; null when no price applies.</summary>
    public Cost? Cost { get; init; }
}

/// <summary>What was replayed instead of a real load test.</summary>
/// <param name="Scenario">The rehearsal scenario, <c>healthy</c> or the name of a trouble.</param>
/// <param name="Note">One sentence for the reader of the report.</param>
public sealed record ReplayNotice(string Scenario, string Note);

/// <summary>What a run reads besides the tables of <c>lk</c>.</summary>
public enum RunSource
{
    /// <summary>The output of <c>lk</c> on each host, with the times of its lines, and the facts of the host.</summary>
    HostOutput,

    /// <summary>The samples of <c>/proc</c> of each host.</summary>
    HostSamples,

    /// <summary>The observations of the cluster under test and of LiveKit's rooms.</summary>
    Observations,

    /// <summary>LiveKit's metrics, as part of those observations: the URLs that were given, or a metrics port in the cluster.</summary>
    LiveKitMetrics,
}

/// <summary>How a host's part of the run ended.</summary>
public enum HostOutcome
{
    /// <summary>It ran to its end and everything was downloaded.</summary>
    Collected,

    /// <summary>It ran, but some of its files are missing or damaged (<see cref="HostRun.Missing"/>).</summary>
    Incomplete,

    /// <summary>It was armed and then not heard of again.</summary>
    Lost,

    /// <summary>It did not confirm in time that it was ready, so it was left out of the start.</summary>
    NotArmed,

    /// <summary>It never became part of the fleet.</summary>
    NotReady,
}

/// <summary>What happened on one host.</summary>
public sealed record HostRun
{
    /// <summary>Its short name, <c>vm-01</c>: the folder of its results.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the server in the cloud, <c>livekit-loadtest-01</c>.</summary>
    public required string Server { get; init; }

    /// <summary>The address by which the controller reached it.</summary>
    public string? Address { get; init; }

    /// <summary>How its part ended.</summary>
    public required HostOutcome Outcome { get; init; }

    /// <summary>Why, in one sentence; null when there is nothing to explain.</summary>
    public string? Reason { get; init; }

    /// <summary>The host's clock minus the controller's, in seconds, measured before the start.</summary>
    public double? ClockOffsetSeconds { get; init; }

    /// <summary>Half the round trip of the best exchange: the offset is right to within this many seconds.</summary>
    public double? ClockUncertaintySeconds { get; init; }

    /// <summary>As <see cref="ClockOffsetSeconds"/>, measured when its results were fetched.</summary>
    public double? ClockOffsetAfterSeconds { get; init; }

    /// <summary>As <see cref="ClockUncertaintySeconds"/>, of the second measurement.</summary>
    public double? ClockUncertaintyAfterSeconds { get; init; }

    /// <summary>What <c>lk --version</c> printed.</summary>
    public string? LkVersion { get; init; }

    /// <summary>The processes that were started, in the plan's order.</summary>
    public IReadOnlyList<ProcessRun> Processes { get; init; } = [];

    /// <summary>The archive of its raw data; null when it was not downloaded.</summary>
    public Archive? Archive { get; init; }

    /// <summary>Files that should be there and are not, relative to the host's folder.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}

/// <summary>One <c>lk</c> process as it ran. All instants are on the host's clock.</summary>
public sealed record ProcessRun
{
    /// <summary>Its name, as in the plan.</summary>
    public required string Name { get; init; }

    /// <summary>The instant of its exec; null when it was not started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null when that is not known.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its exit code, as the shell gives it (128 + n for signal n); null when it is not known.</summary>
    public int? ExitCode { get; init; }
}

/// <summary>A host's raw data in one file beside its folder.</summary>
/// <param name="File">Name of the file, <c>vm-01-results.tar.gz</c>.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal, equal on the host and here.</param>
/// <param name="Bytes">Its size.</param>
public sealed record Archive(string File, string Sha256, long Bytes);

/// <summary>One phase of the pipeline.</summary>
/// <param name="Name">Provision, Configure, Prepare, Run, Collect, Report or Destroy.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Outcome">succeeded, failed, skipped or cancelled.</param>
/// <param name="Reason">Why, when it did not succeed.</param>
public sealed record PhaseRun(string Name, DateTimeOffset StartedAt, double Seconds, string Outcome, string? Reason = null);

/// <summary>What the machines cost from the first one's creation to the report.</summary>
/// <param name="PricePerHour">Price of one machine for an hour.</param>
/// <param name="Machines">How many there were.</param>
/// <param name="Hours">How long the fleet existed.</param>
public sealed record Cost(decimal PricePerHour, int Machines, double Hours)
{
    /// <summary>Price for all machines.</summary>
    public decimal Total => PricePerHour * Machines * (decimal)Hours;
}
