using Microsoft.Extensions.Time.Testing;

namespace LoadTesting.Tests.Model;

/// <summary>A task that ends while the time to wait for it runs out has ended.</summary>
public sealed class TasksWaitedFor
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _task = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task That_end_between_the_timeout_and_the_question_have_ended() => (await RacedAsync(_task.SetResult)).ShouldBeTrue();

    [Fact]
    public async Task That_fail_between_the_timeout_and_the_question_fail_by_their_own_error() =>
        (await Should.ThrowAsync<IOException>(() => RacedAsync(() => _task.SetException(new IOException("cut"))))).Message.ShouldBe("cut");

    [Fact]
    public async Task That_fail_by_a_timeout_of_their_own_do_not_count_as_in_progress() =>
        await Should.ThrowAsync<TimeoutException>(() => RacedAsync(() => _task.SetException(new TimeoutException())));

    [Fact]
    public async Task That_go_on_have_not_ended() => (await RacedAsync(() => { })).ShouldBeFalse();

    [Fact]
    public async Task Have_ended_without_any_time_to_wait()
    {
        _task.SetResult();

        (await _task.Task.EndsWithinAsync(TimeSpan.Zero, _time, Cancellation)).ShouldBeTrue();
    }

    /// <summary>Lets the time run out, does something, and only then continues what waits.</summary>
    private async Task<bool> RacedAsync(Action between)
    {
        var (before, queue) = (SynchronizationContext.Current, new Queued());
        SynchronizationContext.SetSynchronizationContext(queue);
        var waiting = _task.Task.EndsWithinAsync(TimeSpan.FromSeconds(1), _time, Cancellation);
        SynchronizationContext.SetSynchronizationContext(before);
        _time.Advance(TimeSpan.FromSeconds(1));

        waiting.IsCompleted.ShouldBeFalse();
        between();
        queue.Run();
        return await waiting;
    }

    /// <summary>Keeps what is to be continued until it is run.</summary>
    private sealed class Queued : SynchronizationContext
    {
        private readonly Queue<Action> _posted = new();

        public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue(() => d(state));

        public void Run()
        {
            var before = Current;
            SetSynchronizationContext(this);
            while (_posted.TryDequeue(out var posted))
                posted();
            SetSynchronizationContext(before);
        }
    }
}
