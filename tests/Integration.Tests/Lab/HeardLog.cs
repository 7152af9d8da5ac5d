using System.Collections.Concurrent;

namespace Tests.Lab;

/// <summary>A log that keeps what was said.</summary>
public sealed class HeardLog : IProgressLog
{
    public ConcurrentQueue<string> Said { get; } = new();

    public ConcurrentQueue<string> Warnings { get; } = new();

    public void Say(string message) => Said.Enqueue(message);

    public void Warn(string message) => Warnings.Enqueue(message);

    public void Detail(string message) => TestContext.Current.SendDiagnosticMessage(message);

    public void Show(ProgressView view) => TestContext.Current.SendDiagnosticMessage(view.Line);
}
