using System.Collections.Concurrent;

namespace Tests.Shared;

/// <summary>Keeps everything that is logged, for a test to look at; xunit's diagnostic messages have it too.</summary>
public sealed class RecordingLog : IProgressLog
{
    private readonly ConcurrentQueue<string> _all = new();

    /// <summary>What every reader wants to know.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    /// <summary>What did not stop the phase.</summary>
    public ConcurrentQueue<string> Warnings { get; } = new();

    /// <summary>How far long steps were.</summary>
    public ConcurrentQueue<ProgressView> Views { get; } = new();

    /// <summary>Both kinds of lines in their order.</summary>
    public string Text => string.Concat(_all.Select(line => line + Environment.NewLine));

    public void Say(string message) => Keep(message, Said);

    public void Warn(string message) => Keep(message, Warnings);

    public void Detail(string message) => TestContext.Current.SendDiagnosticMessage(message);

    public void Show(ProgressView view)
    {
        Views.Enqueue(view);
        Detail(view.Line);
    }

    private void Keep(string message, ConcurrentQueue<string> kind)
    {
        kind.Enqueue(message);
        _all.Enqueue(message);
        Detail(message);
    }
}
