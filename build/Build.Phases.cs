using System.Reflection;
using System.Runtime.InteropServices;
using Consoles;
using LoadTesting.Phases;
using LoadTesting.Plan;
using LoadTesting.Providers;
using LoadTesting.Results;
using Nuke.Common;
using Nuke.Common.CI.GitHubActions;
using Serilog;

/// <summary>How a target runs its phase: one at a time, cancelled by a signal, its exit code kept.</summary>
internal sealed partial class Build
{
    private static readonly TimeSpan AbandonTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PageTimeout = TimeSpan.FromSeconds(5);

    private readonly PosixSignalRegistration[] _signals;
    private readonly ConsoleLog _log = new(TimeProvider.System);
    private PhaseRunner? _gate;
    private FleetEnvironment? _environment;
    private int _signalled;

    /// <summary>
    /// NUKE runs Destroy in its own handler while the cancelled target is still at work, and for SIGTERM and SIGHUP not at all.
    /// Handlers run newest first: ours, made after NUKE's, cancels the phase and keeps NUKE's from its turn, so that Destroy runs once.
    /// </summary>
    public Build() => _signals =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, OnSignal)),
    ];

    /// <summary>Cross-checks, before any target runs.</summary>
    protected override void OnBuildInitialized()
    {
        ExitCode = ExitCodes.InvalidParameters;
        if (BeginsLoad)
            BeginResults();
        try
        {
            Check();
        }
        catch (LoadTestException error)
        {
            _firstError = error;
            WriteNotRun();
            throw;
        }

        ExitCode = null;
        _isChecked = true;
        WriteSecretFiles();
        _gate = new PhaseRunner(Results, TimeProvider.System);
    }

    private void Check()
    {
        ParameterProblem[] problems =
        [
            .. ProviderProblems(), .. ParameterChecks.Problems(Parameters), .. ThresholdProblems(), .. StageProblems(), .. LkProblems(),
        ];
        ParameterProblem.Require(problems);
        if (MakesLoad)
            ParameterProblem.Require(ThresholdChecks.Problems(Parameters.Results, PlanPhase.Plan(Parameters), ReadOfCluster));
    }

    ParameterProblem[] StageProblems() => Stages is null || Stage.TryParse(Stages, out _)
        ? []
        : [new ParameterProblem("--stages", Stages, Stage.Expected)];

    /// <summary>To clean up or to look, no lk is needed.</summary>
    ParameterProblem[] LkProblems() => LkBinary is null || File.Exists(LkBinary)
        || (InvokedTargets.Count > 0 && InvokedTargets.All(target => target.Name is nameof(Destroy) or nameof(Status)))
        ? []
        : [new ParameterProblem("--lk-binary", LkBinary, "the path of an existing lk binary")];

    /// <summary>A target that is no phase fails with an exit code of ours as well.</summary>
    protected override void OnTargetFailed(string target) => ExitCode ??= ExitCodes.Failure;

    /// <summary>Shows the outcome last, where it is still on the screen, and lets go of connections.</summary>
    protected override void OnBuildFinished()
    {
        WriteNotRun();
        ShowOutcome();
        WriteStepSummary();
        DeleteSecretFiles();
        _environment?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _gate?.Dispose();
        foreach (var signal in _signals)
            signal.Dispose();
    }

    Task Phase(PhaseName name, Func<PhaseContext, CancellationToken, Task> phase) =>
        Phase(name, async token => await phase(ContextOf(await CreateEnvironment(token)), token));

    async Task Phase(PhaseName name, Func<CancellationToken, Task> phase, ResultsDirectory? noted = null)
    {
        try
        {
            await _gate!.RunAsync(name, phase, noted);
        }
        catch (Exception error)
        {
            _firstError ??= error;
            ExitCode ??= error is LoadTestException known ? known.ExitCode : ExitCodes.Failure;
            throw;
        }
    }

    /// <summary>A runner of GitHub Actions is killed 10 s after a cancel: too short to collect, long enough for the deletes.</summary>
    private static bool IsCutOffSoon => Host is GitHubActions;

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref _signalled) == 1 && !IsCutOffSoon)
        {
            Log.Warning(
                "{Signal}: stopping. Results so far are collected, then the fleet is destroyed. "
                + "A second signal exits immediately.", signal.Signal);
            ExitCode ??= ExitCodes.Cancelled;
            _gate?.Cancel(signal.Signal.ToString());
            using var never = new ManualResetEventSlim();
            never.Wait();
        }

        Log.Warning("{Signal}: sending the deletes, waiting for nothing.", signal.Signal);
        using var timeout = new CancellationTokenSource(AbandonTimeout);
        if (!KeepServers && _environment is { } environment)
            Attempt(() => environment.Cloud.AbandonAsync(timeout.Token), AbandonTimeout, "./build.sh Destroy deletes what is left.");
        Attempt(() => Task.Run(() => WriteAbandoned($"{signal.Signal}")), PageTimeout, "There may be no report of this end.");
        DeleteSecretFiles();
        Environment.Exit(ExitCodes.Cancelled);
    }

    /// <summary>Does something at the end, for a limited time; what goes wrong is shown and keeps nothing from ending.</summary>
    private static void Attempt(Func<Task> act, TimeSpan longest, string otherwise)
    {
        try
        {
            if (!act().Wait(longest))
                Log.Warning("{Otherwise:l}", otherwise);
        }
        catch (AggregateException error)
        {
            Log.Warning("{Error:l} {Otherwise:l}", error.GetBaseException().Message, otherwise);
        }
    }

    private IReadOnlyDictionary<string, string> Given() => GetType()
        .GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(field => field.GetCustomAttribute<ParameterAttribute>() is not null && field.GetCustomAttribute<SecretAttribute>() is null)
        .Select(field => (Name: CommandLine.KnownParameter.DashedName(field.Name), Value: Text(field.GetValue(this))))
        .Where(parameter => parameter.Value is not null)
        .Append((Name: "instance-count", Value: Text(Parameters.Fleet.InstanceCount)))
        .Append((Name: ReportPhase.ThresholdsName, Value: Parameters.Results.Thresholds))
        .DistinctBy(parameter => parameter.Name)
        .ToDictionary(parameter => parameter.Name, parameter => parameter.Value!);

    private static string? Text(object? value) => value is null ? null : $"{value}";
}
