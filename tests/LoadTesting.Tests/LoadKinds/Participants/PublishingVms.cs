using LoadTesting.LoadKinds.Participants;
using LoadTesting.Plan;

namespace LoadTesting.Tests.LoadKinds.Participants;

/// <summary>Some VMs publish to the rooms, the others only subscribe.</summary>
public sealed class PublishingVms
{
    private static readonly string[] Hosts = ["vm-01", "vm-02", "vm-03", "vm-04"];

    [Fact]
    public void The_first_ones_publish_and_all_subscribe_to_what_they_publish()
    {
        var load = new LoadParameters { AudioPublishersPerVm = 10, VideoPublishersPerVm = 0, SubscribersPerVm = 100, Rooms = Rooms.Shared,
            PublishingVms = 1 };

        var processes = LoadPlanner.Plan(load, Hosts, "x-0000").Processes;

        processes.Select(process => process.Expected().AudioPublishers).ShouldBe([10, 0, 0, 0]);
        processes.Select(process => process.Expected().Subscribers).ShouldBe([100, 100, 100, 100]);
        processes.Select(process => process.Expected().MaxTracksPerSubscriber).ShouldAllBe(tracks => tracks == 6);
    }

    [Fact]
    public void One_that_publishes_nothing_is_not_told_to_publish()
    {
        var load = new LoadParameters { ParticipantsPerVm = 20, Rooms = Rooms.Shared, PublishingVms = 2 };

        var last = LoadPlanner.Plan(load, Hosts, "x-0000").Processes[^1];

        last.Participants.ShouldBe(18);
        string.Join(' ', last.Arguments).ShouldNotContain("-publishers 2");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 1)]
    [InlineData(1, 2)]
    public void A_room_in_which_nobody_publishes_is_refused(int publishing, int rooms)
    {
        var load = new LoadParameters { PublishingVms = publishing, Rooms = new Rooms(rooms) };

        var problems = ParameterChecks.Problems(new LoadTestParameters { Load = load, Fleet = new() { InstanceCount = 4 } });

        problems.ShouldHaveSingleItem().Parameter.ShouldBe("--publishing-vms");
    }
}
