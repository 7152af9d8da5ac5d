namespace Rehearsal.Tests;

/// <summary>A log that nobody reads.</summary>
internal sealed class Silence : IProgressLog
{
    public void Say(string message)
    {
    }

    public void Warn(string message)
    {
    }

    public void Detail(string message)
    {
    }

    public void Show(ProgressView view)
    {
    }
}
