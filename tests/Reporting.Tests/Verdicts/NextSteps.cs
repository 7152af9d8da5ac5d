using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>A run that failed tells what to do next, also where no error names a cause.</summary>
public sealed class NextSteps : IDisposable
{
    private readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Theory]
    [InlineData(0, 2, "the subscriptions of these participants")] // no audio
    [InlineData(1500, 2, "lost packets between LiveKit and these VMs")]
    [InlineData(2400, 14, "or lower --joins-per-second")] // late
    public void Fit_what_hurt_people(long packets, double subscribedAt, string step)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000), Received.Audio(1, subscribedAt, packets),
            Received.Audio(2, subscribedAt, packets)).AddTo(_results);

        var judgement = _results.Summarize("served>=99%").Judgement;

        judgement.Verdict.ShouldBe(Verdict.Failed);
        judgement.Advice!.ShouldContain(step);
    }

    [Fact]
    public void Are_those_of_what_hurt_most_which_is_listed_first()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 0), Received.Audio(1, 2, 1500), Received.Audio(2, 2, 1500)).AddTo(_results);

        var summary = _results.Summarize("served>=99%");

        summary.Judgement.Advice!.ShouldContain("lost packets");
        summary.Findings.Select(finding => finding.Participants).ShouldBe([2, 1]);
    }
}
