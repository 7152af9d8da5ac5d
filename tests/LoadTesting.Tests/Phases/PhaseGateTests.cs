using LoadTesting.Phases;
using LoadTesting.Results;
using Microsoft.Extensions.Time.Testing;

namespace LoadTesting.Tests.Phases;

public sealed class PhaseGateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider _time = new();
    private readonly ResultsDirectory _results;
    private readonly PhaseRunner _gate;

    public PhaseGateTests()
    {
        _results = new ResultsDirectory(_folder.FullName);
        _gate = new PhaseRunner(_results, _time);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_signal_cancels_the_running_phase_with_exit_code_105()
    {
        var running = _gate.RunAsync(PhaseName.Run, token => Task.Delay(Timeout.InfiniteTimeSpan, _time, token));

        _gate.Cancel("SIGTERM");

        var error = await Should.ThrowAsync<LoadTestException>(running);
        error.ExitCode.ShouldBe(105);
        error.Message.ShouldContain("SIGTERM");
        _results.Phases()[0].Outcome.ShouldBe("cancelled");
    }

    [Theory]
    [InlineData(PhaseName.Provision)]
    [InlineData(PhaseName.Run)]
    [InlineData(PhaseName.Collect)]
    public async Task A_program_that_does_not_wait_notes_the_running_phase_as_cancelled(PhaseName phase)
    {
        await _gate.RunAsync(PhaseName.Configure, _ => Task.CompletedTask);
        var end = new TaskCompletionSource();
        var running = _gate.RunAsync(phase, _ => end.Task);

        _gate.NoteRunning("SIGINT");

        _results.Phases()[^1].ShouldSatisfyAllConditions(
            noted => noted.Name.ShouldBe($"{phase}"), noted => noted.Outcome.ShouldBe("cancelled"),
            noted => noted.Reason.ShouldBe("SIGINT"));
        end.SetResult();
        await running;
        _gate.NoteRunning("SIGINT");
        _results.Phases()[^1].Outcome.ShouldBe("succeeded");
    }

    [Fact]
    public async Task After_a_signal_evidence_gets_a_minute_and_teardown_its_own_time()
    {
        _gate.Cancel("SIGINT");
        var (collecting, destroying) = (false, false);

        await _gate.RunAsync(PhaseName.Collect, token => Task.FromResult(collecting = !token.IsCancellationRequested));
        await _gate.RunAsync(PhaseName.Destroy, token => Task.FromResult(destroying = !token.IsCancellationRequested));
        await Should.ThrowAsync<LoadTestException>(() => _gate.RunAsync(PhaseName.Run, token => Task.FromCanceled(token)));
        var slow = _gate.RunAsync(PhaseName.Report, token => Task.Delay(Timeout.InfiniteTimeSpan, _time, token));
        _time.Advance(TimeSpan.FromSeconds(61));

        (collecting, destroying).ShouldBe((true, true));
        await Should.ThrowAsync<LoadTestException>(slow);
    }

    [Theory]
    [InlineData(PhaseName.Collect)]
    [InlineData(PhaseName.Report)]
    public async Task A_signal_in_the_middle_of_what_brings_evidence_home_leaves_it_a_minute(PhaseName phase)
    {
        using var collected = new SemaphoreSlim(0);
        var collecting = _gate.RunAsync(phase, collected.WaitAsync);
        _gate.Cancel("SIGINT");
        _gate.Signal.IsCancellationRequested.ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(59));
        collected.Release();
        await collecting;

        var slow = _gate.RunAsync(phase, token => Task.Delay(Timeout.InfiniteTimeSpan, _time, token));
        _time.Advance(TimeSpan.FromSeconds(61));
        (await Should.ThrowAsync<LoadTestException>(slow)).ExitCode.ShouldBe(105);
    }

    [Fact]
    public async Task How_phases_went_is_written_down_and_a_phase_that_runs_again_takes_back_what_followed_it()
    {
        await _gate.RunAsync(PhaseName.Provision, _ => Task.CompletedTask);
        await Should.ThrowAsync<InvalidOperationException>(
            () => _gate.RunAsync(PhaseName.Run, _ => throw new InvalidOperationException("it broke\nsomewhere")));
        _results.Phases().Select(phase => (phase.Name, phase.Outcome, phase.Reason))
            .ShouldBe([("Provision", "succeeded", null), ("Run", "failed", "it broke")]);

        await _gate.RunAsync(PhaseName.Provision, _ => Task.CompletedTask);

        _results.Phases().Select(phase => phase.Name).ShouldBe(["Provision"]);
    }
}
