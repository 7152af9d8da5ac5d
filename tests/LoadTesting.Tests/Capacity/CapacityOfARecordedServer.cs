using System.Globalization;
using LoadTesting.Capacity;
using Reporting.Judging;
using Reporting.Summary;

namespace LoadTesting.Tests.Capacity;

/// <summary>
/// A real server that was held to 0.35 of a core, loaded with 20 to 240 participants by generators that had time to spare. lk reports no
/// error at any step: which step is one too many depends on the threshold, until participants lose their rooms, which breaks any.
/// </summary>
public sealed class CapacityOfARecordedServer
{
    private const string Recordings = "lk/2.16.4/capacity-server-0.35-core";

    [Theory]
    [InlineData("max(join-time)<2s", 57, "Time to join:")]
    [InlineData("served>=99%, p95(join-time)<5s, audio-delivery>=95%, video-delivery>=90%", 76, "Time to join:")]
    [InlineData("audio-delivery>=98%", 76, "Audio delivered:")]
    [InlineData("audio-delivery>=95%", 152, "lost its room")]
    [InlineData("packet-loss<3%", 152, "lost its room")]
    [InlineData("connected>=99%", 152, "lost its room")]
    [InlineData("errors<1", 152, "lost its room")]
    public void Is_named_for_each_threshold(string thresholds, int participants, string why)
    {
        var recorded = Directory.EnumerateDirectories(Path.Combine(Capture.Root, Recordings)).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal).ToList();
        var steps = new List<CapacityStep>();
        var range = new CapacityRange(Unit: 19, From: 19, To: 228, Step: 19);
        var move = CapacitySearch.Next(range, steps);
        while (move.Participants is { } wanted)
        {
            var step = recorded.First(name => Size(name!) >= wanted);
            using var results = RecordedRun.Of([.. Capture.Names(Path.Combine(Recordings, step!)).Select(Capture.Of)]);
            steps.Add(StepJudge.Of(results.Summarize(thresholds)) with { Participants = wanted });
            move = CapacitySearch.Next(range, steps);
        }

        var tried = string.Join('\n', steps.Select(step => $"{step.Participants} {step.Outcome}: {step.Reason}"));
        (move.Finding!.Kind, move.Finding.Participants).ShouldBe((CapacityKind.Knee, participants), tried);
        steps.Where(step => step.Outcome == StepOutcome.Broke)
            .ShouldAllBe(step => step.Reason.Contains(why, StringComparison.Ordinal), tried);
    }

    [Fact]
    public void Is_not_told_by_a_step_that_was_not_loaded_in_full()
    {
        using var results = RecordedRun.Of([Capture.Of($"{Recordings}/step-020-participants/process-00")]);
        var step = StepJudge.Of(results.Summarize("connected>=99%"));

        step.Asked(19).Outcome.ShouldBe(StepOutcome.Held);
        step.Asked(38).ShouldSatisfyAllConditions(asked => asked.Outcome.ShouldBe(StepOutcome.Unclear),
            asked => asked.Participants.ShouldBe(38));
    }

    private static int Size(string folder) => int.Parse(folder.Split('-')[1], CultureInfo.InvariantCulture);
}
