using LoadTesting.Results;

namespace LoadTesting.Phases;

/// <summary>
/// Lets one phase run at a time, gives each the token it may be cancelled by, and notes how it went. The first signal cancels the running
/// phase. Collect, Report and Destroy get extra time, whether it comes during or before them: evidence and teardown matter most then.
/// </summary>
/// <param name="results">Where phases are noted.</param>
/// <param name="time">The clock.</param>
public sealed class PhaseRunner(ResultsDirectory results, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan EvidenceTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TeardownTimeout = TimeSpan.FromMinutes(15);

    private readonly CancellationTokenSource _signal = new();
    private readonly SemaphoreSlim _one = new(1);
    private Action<string>? _noteRunning;

    /// <summary>What cancelled the phases, <c>SIGINT</c>; null while nothing did.</summary>
    public string? CancelledBy { get; private set; }

    /// <summary>Is cancelled by the signal; for a phase that continues after it and has something to end.</summary>
    public CancellationToken Signal => _signal.Token;

    /// <summary>Cancels the running phase.</summary>
    /// <param name="reason">What for, <c>SIGINT</c>.</param>
    public void Cancel(string reason)
    {
        CancelledBy ??= reason;
        _signal.Cancel();
    }

    /// <summary>Notes the running phase as cancelled, for a program that ends without waiting for it.</summary>
    /// <param name="reason">What for, <c>SIGINT</c>.</param>
    public void NoteRunning(string reason) => _noteRunning?.Invoke(reason);

    /// <summary>Runs a phase.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="noted">Where it is noted, if it is not a phase of the results folder.</param>
    public async Task RunAsync(PhaseName name, Func<CancellationToken, Task> phase, ResultsDirectory? noted = null)
    {
        noted ??= results;
        await _one.WaitAsync();
        var startedAt = time.GetUtcNow();
        _noteRunning = reason => Note(noted, name, startedAt, "cancelled", reason);
        try
        {
            using var token = TokenFor(name);
            using var late = name is PhaseName.Collect or PhaseName.Report
                ? _signal.Token.Register(() => token.CancelAfter(EvidenceTimeout))
                : default;
            await phase(token.Token);
            Note(noted, name, startedAt, "succeeded", reason: null);
        }
        catch (OperationCanceledException)
        {
            Note(noted, name, startedAt, "cancelled", CancelledBy ?? "took too long");
            throw new LoadTestException($"{name} was cancelled ({CancelledBy ?? "it took too long"}).",
                exitCode: CancelledBy is null ? ExitCodes.Failure : ExitCodes.Cancelled);
        }
        catch (Exception error)
        {
            Note(noted, name, startedAt, "failed", error.Message.Split('\n')[0].TrimEnd());
            throw;
        }
        finally
        {
            _noteRunning = null;
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _signal.Dispose();
        _one.Dispose();
    }

    private CancellationTokenSource TokenFor(PhaseName phase) => phase switch
    {
        PhaseName.Destroy => new CancellationTokenSource(TeardownTimeout, time),
        PhaseName.Collect or PhaseName.Report => new CancellationTokenSource(Timeout.InfiniteTimeSpan, time),
        _ => CancellationTokenSource.CreateLinkedTokenSource(_signal.Token),
    };

    /// <summary>Only phases that make or change something are part of a run's history.</summary>
    private void Note(ResultsDirectory noted, PhaseName name, DateTimeOffset startedAt, string outcome, string? reason)
    {
        if (name is not (PhaseName.Plan or PhaseName.Status))
            noted.Note(new PhaseRun($"{name}", startedAt, (time.GetUtcNow() - startedAt).TotalSeconds, outcome, reason));
    }
}
