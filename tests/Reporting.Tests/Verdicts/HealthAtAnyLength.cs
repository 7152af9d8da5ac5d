using Reporting.Judging;
using Reporting.Summary;
using Capture = Tests.Shared.Capture;

namespace Reporting.Tests.Verdicts;

/// <summary>A run that was healthy never fails, however short it was, and whatever lk kept to itself at its end.</summary>
public sealed class HealthAtAnyLength
{
    /// <summary>What lk holds back of a track behind a gap, at most.</summary>
    private const int Most = 100;

    private static readonly double[] Lengths = [8, 9.5, 12, 20, 45];

    private static readonly string Defaults = DefaultThresholds.Text.Replace(", generator-cpu<80%", "", StringComparison.Ordinal);

    public static TheoryData<string, double> Runs { get; } = All();

    [Theory]
    [MemberData(nameof(Runs))]
    public void Never_fails(string name, double seconds)
    {
        foreach (var heldBack in (ReadOnlySpan<int>)[0, 20, Most])
        {
            using var results = CutShort.Of(Capture.Of(name), seconds, heldBack);

            var summary = results.Summarize(Defaults);

            summary.Judgement.Verdict.ShouldNotBe(Verdict.Failed, $"{heldBack} held back: {summary.Judgement.Reason}");
            summary.Thresholds.ShouldAllBe(threshold => threshold.Outcome != ThresholdOutcome.Failed);
        }
    }

    [Fact]
    public void Is_tried_on_recordings_of_every_length() =>
        Lengths.ShouldBe(Runs.Select(run => run.Data.Item2).Distinct().Order());

    private static TheoryData<string, double> All()
    {
        var data = new TheoryData<string, double>();
        foreach (var name in EveryRecordedRun.Healthy.Select(run => run.Data))
        {
            foreach (var seconds in Lengths.Where(seconds => CutShort.IsPossible(Capture.Of(name), seconds)))
                data.Add(name, seconds);
        }

        return data;
    }
}
