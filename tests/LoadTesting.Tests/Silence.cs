namespace LoadTesting.Tests;

/// <summary>A log that keeps what was said, for tests that look at it.</summary>
internal sealed class Silence : IProgressLog
{
    public List<string> Warnings { get; } = [];

    public void Say(string message)
    {
    }

    public void Warn(string message) => Warnings.Add(message);

    public void Detail(string message)
    {
    }

    public void Show(ProgressView view)
    {
    }
}
