namespace Tests.Shared;

/// <summary>Pauses take no time; limits of half a minute and more stay what they are.</summary>
internal sealed class AcceleratedTimeProvider : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime < TimeSpan.FromSeconds(30) ? TimeSpan.FromMilliseconds(1) : dueTime, period);
}
