using LoadTesting.LoadKinds.Participants;
using Reporting.LoadKinds.Participants;
using Reporting.Raw.Manifest;

namespace LoadTesting.Tests.LoadKinds.Participants;

public sealed class LoadPlannerTests
{
    private static readonly string[] TenHosts = [.. Enumerable.Range(1, 10).Select(index => $"vm-{index:00}")];

    [Fact]
    public void One_hundred_participants_are_five_that_publish_both_five_with_audio_only_and_ninety_that_subscribe()
    {
        var process = Plan(new LoadParameters()).Processes[0];

        (process.Expected().VideoPublishers, process.Expected().AudioPublishers, process.Expected().Subscribers, process.Participants)
            .ShouldBe((5, 10, 90, 100));
    }

    [Fact]
    public void By_default_every_vm_has_a_room_of_its_own_whose_name_is_unique_to_the_run()
    {
        var rooms = Plan(new LoadParameters()).Processes.Select(process => process.Room).OfType<string>().ToList();

        rooms.Distinct(StringComparer.Ordinal).Count().ShouldBe(10);
        rooms.ShouldAllBe(room => room.Contains("20261124-041522-k3fq", StringComparison.Ordinal));
    }

    [Fact]
    public void Identity_prefixes_never_collide_not_even_in_a_shared_room()
    {
        var plan = Plan(new LoadParameters { Rooms = Rooms.Shared, ParticipantsPerVm = 2500 });

        plan.Processes.Select(process => process.Room).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        plan.Processes.Select(process => process.Expected().IdentityPrefix).ShouldBeUnique();
    }

    [Theory]
    [InlineData(1000, 1)]
    [InlineData(1001, 2)]
    [InlineData(2500, 3)]
    public void A_process_carries_at_most_a_thousand_participants(int participants, int processes)
    {
        var plan = LoadPlanner.Plan(new LoadParameters { ParticipantsPerVm = participants }, ["vm-01"], "x-0000");

        plan.Processes.Count.ShouldBe(processes);
        plan.Processes.Sum(process => process.Participants).ShouldBe(participants);
        plan.Processes.ShouldAllBe(process => process.Participants <= LoadPlanner.MaxParticipantsPerProcess);
        plan.Processes.Sum(process => process.Expected().JoinsPerSecond).ShouldBe(5, 1e-9);
    }

    [Fact]
    public void More_rooms_than_vms_are_spread_over_the_vms_and_lose_no_participant()
    {
        var plan = Plan(new LoadParameters { Rooms = new Rooms(25), ParticipantsPerVm = 50 });

        plan.Processes.Select(process => process.Room).Distinct(StringComparer.Ordinal).Count().ShouldBe(25);
        plan.Processes.GroupBy(process => process.Host, StringComparer.Ordinal)
            .ShouldAllBe(host => host.Sum(process => process.Participants) == 50);
    }

    [Fact]
    public void The_flag_that_means_video_publishers_twice_is_never_passed_and_secrets_neither()
    {
        var words = Plan(new LoadParameters()).Processes.SelectMany(process => process.Arguments).ToList();

        words.ShouldNotContain("--publishers");
        words.ShouldNotContain(
            word => word.Contains("secret", StringComparison.Ordinal) || word.Contains("api-key", StringComparison.Ordinal));
    }

    [Fact]
    public void The_plan_has_the_join_limit_that_was_given()
    {
        var plan = Plan(new LoadParameters { JoinLimit = TimeSpan.FromSeconds(4) });

        plan.Read(ParticipantsJson.Default.PlannedMedia).JoinLimitSeconds.ShouldBe(4);
        Plan(new LoadParameters()).Read(ParticipantsJson.Default.PlannedMedia).JoinLimitSeconds.ShouldBe(10);
    }

    [Fact]
    public void The_same_question_gives_the_same_plan()
    {
        var one = ManifestJson.Text(Manifest(Plan(new LoadParameters())));

        ManifestJson.Text(Manifest(Plan(new LoadParameters()))).ShouldBe(one);
    }

    private static RunPlan Plan(LoadParameters load) => LoadPlanner.Plan(load, TenHosts, "20261124-041522-k3fq");

    private static RunManifest Manifest(RunPlan plan) => new() { RunId = "r", Fleet = "f", Cloud = "c", ToolVersion = "0", Plan = plan };
}
