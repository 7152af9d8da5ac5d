using LoadTesting.Cluster;
using LoadTesting.Phases;
using LoadTesting.Plan;
using LoadTesting.Results;
using Reporting.Summary;
using Serilog;

/// <summary>A command that makes a load, from its begin to its end: nothing of an earlier run is left where its results belong.</summary>
internal sealed partial class Build
{
    private Exception? _firstError;
    private bool _isChecked;

    /// <summary>One report is written at a time.</summary>
    private readonly SemaphoreSlim _report = new(1);

    /// <summary>Whether a load is planned: not by a target that only cleans up, looks or renders a report again.</summary>
    bool MakesLoad => !SkipsRun
        && (InvokedTargets.Count == 0 || InvokedTargets.Any(target => target.Name is not
            (nameof(Destroy) or nameof(Sweep) or nameof(Status) or nameof(Test) or nameof(Pack))));

    /// <summary>Whether the command is about a new load, and not about the run that is on the fleet.</summary>
    bool BeginsLoad => !SkipsRun && InvokedTargets.Any(target => target.Name is nameof(Run) or nameof(Report) or nameof(Capacity))
        && InvokedTargets.All(target => target.Name is not nameof(Collect));

    private static bool SkipsRun => CommandLine.CommandLineCheck.ValuesOf(Environment.GetCommandLineArgs(), "--skip") is { } skipped
        && (skipped.Count == 0 || skipped.SelectMany(word => word.Split('+'))
            .Any(word => CommandLine.KnownParameter.Normalized(word) == CommandLine.KnownParameter.Normalized(nameof(Run))));

    /// <summary>What a run will read of the cluster. A kubeconfig with a fault is one: its fault is reported where it is opened.</summary>
    ReadOfCluster ReadOfCluster => new(
        Provider.BringsLiveKit || KubeconfigText is not null || ClusterUnderTest.IsMeant(Parameters.LiveKit, Home),
        Provider.BringsLiveKit || Parameters.LiveKit.MetricsUrls is { Count: > 0 });

    ResultsDirectory Results => new(Parameters.Results.Directory);

    /// <summary>Moves earlier results to the history, whatever becomes of this command.</summary>
    void BeginResults()
    {
        Results.History.Archive();
        Results.History.Prune(Parameters.Results.KeepHistory);
    }

    /// <summary>Report takes the run that it finds on the fleet out of its way first.</summary>
    async Task TakeFoundRun()
    {
        FoundRun? found = null;
        await Phase(PhaseName.Provision, RequireAll);
        await Phase(PhaseName.Provision, async (context, token) => found = await FoundRun.FindAsync(context, token));
        if (found is not null)
            await Phase(PhaseName.Collect, token => found.TakeAsync(_gate!.Signal, token), found.Results);
    }

    /// <summary>Finds all that is missing at once: the login of the cloud, and LiveKit's URL and key.</summary>
    async Task RequireAll(CancellationToken cancellation)
    {
        var errors = new List<LoadTestException>();
        foreach (var find in (Func<CancellationToken, Task>[])[CreateEnvironment, FindLiveKit])
        {
            try
            {
                await find(cancellation);
            }
            catch (LoadTestException error)
            {
                errors.Add(error);
            }
        }

        if (errors.Count > 0)
            throw errors.Count == 1 ? errors[0] : new LoadTestException(
                string.Join(Environment.NewLine, errors.Select(error => error.Message)), exitCode: errors[0].ExitCode);
    }

    /// <summary>Only for a load: a fleet alone needs no LiveKit. Where a cluster has to be asked, Provision asks it.</summary>
    private async Task FindLiveKit(CancellationToken cancellation)
    {
        if (BeginsLoad && !Provider.BringsLiveKit && !ReadOfCluster.Kubernetes)
            await CredentialLookup.FindAsync(Parameters.LiveKit,
                () => null, cancellation);
    }

    /// <summary>Writes a report of a load that ended before its run.</summary>
    void WriteNotRun()
    {
        _report.Wait();
        try
        {
            WriteEnd(NotRunAsync);
        }
        finally
        {
            _report.Release();
        }
    }

    /// <summary>Writes a report of what there is, unless one is being written: the program does not wait for the running phase.</summary>
    /// <param name="signal">What ends it.</param>
    void WriteAbandoned(string signal)
    {
        _report.Wait(); // for good: no other report comes after this one
        _firstError ??= new LoadTestException($"it was cancelled ({signal}), and the program did not wait for its end.");
        WriteEnd(async () =>
        {
            _gate?.NoteRunning(signal);
            return await NotRunAsync()
                ?? await new ReportPhase(Parameters.Results with { Baseline = null }, Results, TimeProvider.System)
                    .RunAsync(CancellationToken.None);
        });
    }

    private Task<RunSummary?> NotRunAsync() => new NotRun(Parameters, Given(), ToolVersion, TimeProvider.System) { IsChecked = _isChecked }
        .WriteAsync(Results, Provider.Name, _environment?.Replay, _firstError!, CancellationToken.None);

    private void WriteEnd(Func<Task<RunSummary?>> write)
    {
        if (!BeginsLoad || _firstError is null || _summary is not null)
            return;

        try
        {
            _summary = write().GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or LoadTestException)
        {
            Log.Warning("There is no report of this end: {Error:l}", error.Message);
        }
    }
}
