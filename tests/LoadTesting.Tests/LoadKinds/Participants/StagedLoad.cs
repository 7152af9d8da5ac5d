using LoadTesting.LoadKinds.Participants;

namespace LoadTesting.Tests.LoadKinds.Participants;

public sealed class StagedLoad
{
    [Fact]
    public void Each_stage_is_a_process_that_adds_to_the_earlier_ones_and_all_end_together()
    {
        Stage.TryParse("50%:1m, 100%:5m", out var stages).ShouldBeTrue();

        var plan = LoadPlanner.Plan(new LoadParameters { Stages = stages }, ["vm-01"], "20261124-041522-k3fq");

        // 100 participants a VM at 5 a second: 51 join in 10 s and stay alone for a minute, then the other 49 in 9.6 s.
        plan.Processes.Select(
            process => (process.Name, process.Expected().VideoPublishers, process.Expected().AudioPublishers,
            process.Expected().Subscribers)).ShouldBe(
            [("lk-1", 3, 6, 45), ("lk-2", 2, 4, 45)]);
        plan.Processes.Select(process => process.StartOffsetSeconds).ShouldBe([0, 70]);
        plan.Processes.Select(process => process.DurationSeconds).ShouldBe([369.6, 300]);
        plan.Processes[0].Arguments.ShouldContain("369.6s");
        (plan.RampUpSeconds, plan.DurationSeconds).ShouldBe((9.6, 300));
    }

    [Fact]
    public void Stages_neither_add_nor_lose_a_participant()
    {
        Stage.TryParse("1%:1m,33%:1m,34%:1m,100%:1m", out var stages).ShouldBeTrue();
        var load = new LoadParameters { ParticipantsPerVm = 2503, Rooms = new Rooms(7) };

        var staged = LoadPlanner.Plan(load with { Stages = stages }, ["vm-01", "vm-02", "vm-03"], "20261124-041522-k3fq");
        var whole = LoadPlanner.Plan(load, ["vm-01", "vm-02", "vm-03"], "20261124-041522-k3fq");

        staged.Processes.Sum(process => process.Participants).ShouldBe(whole.Processes.Sum(process => process.Participants));
        staged.Processes.Select(process => (process.Host, process.Name)).ShouldBeUnique();
        staged.Processes.Select(process => process.Expected().IdentityPrefix).ShouldBeUnique();
    }

    [Theory]
    [InlineData("")]
    [InlineData("50%:1m")]
    [InlineData("100%:5m,50%:1m")]
    [InlineData("50%:1m,50%:1m,100%:1m")]
    [InlineData("0%:1m,100%:1m")]
    [InlineData("50:1m,100:1m")]
    [InlineData("50%,100%")]
    [InlineData("100%:0s")]
    public void What_are_no_stages_is_refused(string text) => Stage.TryParse(text, out _).ShouldBeFalse();
}
