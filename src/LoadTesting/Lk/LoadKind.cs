using LoadTesting.LiveKit;

namespace LoadTesting.Lk;

/// <summary>A kind of load as a run makes it: what <c>lk</c> is asked to do, and what its output means while it does.</summary>
public abstract class LoadKind
{
    /// <summary>Its name in the parameters and in run.json.</summary>
    public abstract string Name { get; }

    /// <summary>What is wrong with the parameters that it reads.</summary>
    public abstract IEnumerable<ParameterProblem> Problems(LoadTestParameters parameters);

    /// <summary>Participants that one VM carries: capacity is searched for in multiples of it.</summary>
    public abstract int ParticipantsPerVm(LoadParameters load);

    /// <summary>Plans the processes of all hosts. Pure: same question, same plan.</summary>
    /// <param name="load">The load that was asked for, checked before.</param>
    /// <param name="hosts">Short names of the hosts, <c>vm-01</c>.</param>
    /// <param name="runId">The run's id; its last part makes rooms and identities unique to the run.</param>
    /// <param name="trial">What <see cref="TryAsync"/> kept; null when nothing was tried.</param>
    public abstract RunPlan Plan(LoadParameters load, IReadOnlyList<string> hosts, string runId, string? trial = null);

    /// <summary>What Plan shows of the load, name and value, line by line.</summary>
    public abstract IReadOnlyList<(string Name, string Value)> Rows(LoadTestParameters parameters, RunPlan plan);

    /// <summary>Tries on one host what all hosts are about to do: that media arrives is what no answer to a request can show.</summary>
    /// <param name="host">The host's name, for errors.</param>
    /// <param name="shell">The host.</param>
    /// <param name="liveKit">Credentials; they go by standard input.</param>
    /// <param name="load">The load that was asked for.</param>
    /// <param name="id">Makes room and participants unique.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public abstract Task<Trial> TryAsync(
        string host, IRemoteShell shell, LiveKitCredentials liveKit, LoadParameters load, string id, CancellationToken cancellation);

    /// <summary>Begins to follow one process: takes its standard output line by line, and tells after each how far it is.</summary>
    public abstract Func<string, ProcessProgress> Follow();
}

/// <summary>What came of trying.</summary>
/// <param name="Kept">JSON for <see cref="LoadKind.Plan"/>.</param>
/// <param name="Warning">What is not as it should be; null when all is.</param>
/// <param name="Fault">Why the load must not be started; null when it may.</param>
public sealed record Trial(string Kept, string? Warning, LoadTestException? Fault);

/// <summary>How far a process is.</summary>
/// <param name="Connected">Participants that have joined.</param>
/// <param name="Tracks">Subscriptions to tracks.</param>
/// <param name="Errors">What went wrong so far.</param>
/// <param name="IsMediaDue">Whether media should arrive at it now.</param>
public sealed record ProcessProgress(int Connected, int Tracks, int Errors, bool IsMediaDue = false);
