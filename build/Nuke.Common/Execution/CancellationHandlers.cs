namespace Nuke.Common.Execution;

/// <summary>What happens on Ctrl+C, the newest first.</summary>
internal sealed class CancellationHandlers
{
    private readonly LinkedList<Action> _handlers = new();

    public void AddFirst(Action handler) => _handlers.AddFirst(handler);

    public void Invoke()
    {
        foreach (var handler in _handlers)
            handler();
    }
}
