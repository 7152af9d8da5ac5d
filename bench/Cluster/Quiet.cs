using LoadTesting.Model;

namespace Benchmarks;

/// <summary>Says warnings alone.</summary>
internal sealed class Quiet : IProgressLog
{
    public void Say(string message)
    {
    }

    public void Warn(string message) => Console.Error.WriteLine(message);

    public void Detail(string message)
    {
    }

    public void Show(ProgressView view)
    {
    }
}
