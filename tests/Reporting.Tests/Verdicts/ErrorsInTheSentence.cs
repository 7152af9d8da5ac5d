using System.Text;
using Reporting.Raw.Lk;
using Reporting.Raw.Manifest;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>What lk, its host and the controller wrote is in the sentence of the verdict when it is the cause, with a remedy.</summary>
public sealed class ErrorsInTheSentence : RunWithCauses
{
    [Theory]
    [InlineData("vm-01", 1)]
    [InlineData("vm-02", 3)]
    [InlineData("vm-02", 8)]
    public void Panics_of_lk_are_the_generators(string host, int panics)
    {
        foreach (var vm in (string[])["vm-01", "vm-02"])
            new HandmadeLk(vm, [.. Enumerable.Range(0, 10).Select(one => Received.Audio(one, 2, vm == host && one < panics ? 500 : 3000))])
                .AddTo(Results);
        Write(host, [.. Enumerable.Repeat("caught panic in consumeTrack runtime error: invalid memory address", panics)]);

        var summary = Summary();

        summary.Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
        summary.Judgement.Reason.ShouldBe($"1 of 2 load generators was the bottleneck itself: {host}, lk panicked and stopped reading a "
            + $"track ({panics} time{(panics == 1 ? "" : "s")} from 08:00:11).");
        summary.Judgement.Advice.ShouldBe(ErrorCause.Panic.NextStep);
        summary.Happenings.ShouldContain(happening => happening.What.StartsWith($"lk reported {panics} panic", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 2)]
    [InlineData(10, 3)]
    public void Few_panics_excuse_no_more_subscribers_than_tracks(int hurt, int panics)
    {
        new HandmadeLk("vm-01", [.. Enumerable.Range(0, 10).Select(one => Received.Audio(one, 2, one < hurt ? 500 : 3000))])
            .AddTo(Results);
        Write("vm-01", [.. Enumerable.Repeat("caught panic in consumeTrack", panics)]);

        var judgement = Summary().Judgement;

        judgement.Verdict.ShouldBe(Verdict.Failed);
        judgement.Reason.ShouldContain($"{hurt - panics} of {11 - panics} participants w");
    }

    [Theory]
    [InlineData("could not publish video track: timeout", true)]
    [InlineData("resuming RTC session", true)]
    [InlineData("the moon was in the way of 10.0.0.1:4711", false)]
    public void Errors_of_lk_with_counts_places_and_times(string line, bool known)
    {
        foreach (var vm in (string[])["vm-01", "vm-02"])
            new HandmadeLk(vm, Received.Audio(0, 2, 3000)).AddTo(Results);
        Write("vm-01", [line, line]);
        Write("vm-02", [line]);

        var finding = Summary().Findings.Single(one => one.What.StartsWith("lk reported", StringComparison.Ordinal));

        (finding.What, finding.Where).ShouldBe((
            $"lk reported 3 times: {ErrorTexts.Normalized(line)}{(known ? "" : " (an error that is not known)")}", "vm-01, vm-02"));
        (finding.From, finding.To, finding.Cause is not null).ShouldBe((At(11), At(12), known));
    }

    [Theory]
    [InlineData("vm-01", 1, "1 of 2 load generators was the bottleneck itself: vm-01, its disk was full (1 time).")]
    [InlineData("vm-02", 40, "1 of 2 load generators was the bottleneck itself: vm-02, its disk was full (40 times).")]
    [InlineData("vm-01", 0, null)]
    public void A_full_disk_in_the_log_of_the_launcher(string host, int times, string? reason)
    {
        foreach (var vm in (string[])["vm-01", "vm-02"])
            new HandmadeLk(vm, Received.Audio(0, 2, 3000)).AddTo(Results);
        Results.Write($"{host}/logs/launcher.log", Encoding.UTF8.GetBytes("1795950454.371797 to start at 1795950458.468506\n"
            + string.Concat(Enumerable.Repeat("loadtest-host: line 88: echo: write error: No space left on device\n", times))));

        var judgement = Summary().Judgement;

        judgement.Verdict.ShouldBe(reason is null ? Verdict.Passed : Verdict.Inconclusive);
        if (reason is not null)
            judgement.Reason.ShouldBe(reason);
    }

    [Fact]
    public void Errors_that_are_not_known_are_few()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(Results);
        Write("vm-01", [.. Enumerable.Range(0, 6).Select(number => $"trouble {(char)('a' + number)}")]);

        Summary().Findings.Count(finding => finding.What.StartsWith("lk ", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Theory]
    [InlineData("failed", "The operation has timed out.", 10, Verdict.Inconclusive)]
    [InlineData("failed", null, 3000, Verdict.Inconclusive)]
    [InlineData("succeeded", null, 10, Verdict.Failed)]
    [InlineData("succeeded", null, 3000, Verdict.Passed)]
    public void A_Run_phase_that_failed(string outcome, string? why, long packets, Verdict verdict)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, packets)).AddTo(Results);
        Results.Phases =
        [
            new PhaseRun("Run", At(-100), 5, "failed", "an earlier one"), new PhaseRun("Prepare", At(-20), 5, "succeeded"),
            new PhaseRun("Run", At(-10), 40, outcome, why), new PhaseRun("Collect", At(70), 5, "succeeded"),
        ];

        var summary = Summary();

        summary.Judgement.Verdict.ShouldBe(verdict);
        if (outcome == "failed")
        {
            summary.Judgement.Reason.ShouldBe(
                $"The Run phase failed at 08:00:30: {why?.TrimEnd('.') ?? "no reason given"}; what followed shows nothing about LiveKit.");
            summary.Happenings.ShouldContain(happening => happening.Kind == HappeningKind.RunFailed && happening.At == At(30));
            summary.Findings.ShouldAllBe(finding => finding.Weight != Verdict.Failed);
        }
    }
}
