using LoadTesting.Phases;
using Reporting.Raw.Observations;

namespace LoadTesting.Tests.Phases;

/// <summary>lk's count of participants while a run goes on, beside LiveKit's.</summary>
public sealed class ParticipantsConnectedNow
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset AllJoined = Start.AddSeconds(20);
    private static readonly DateTimeOffset Leave = Start.AddSeconds(120);

    [Theory]
    [InlineData(12, 0)] // a room was deleted
    [InlineData(11, 12)] // one was removed
    [InlineData(0, 0)] // all rooms are empty
    public void Are_those_in_LiveKits_rooms_where_these_are_fewer(int one, int other)
    {
        var connected = Of(Seen(60, one, other), 65);

        connected.Count.ShouldBe(one + other);
        connected.IsFewer.ShouldBeTrue();
        connected.Of(24).ShouldBe($"{one + other} of 24 participants connected by LiveKit's count (24 by lk's)");
    }

    [Fact]
    public void In_a_room_that_LiveKit_no_longer_lists_are_none() =>
        Of(new RoomsSeen(Start.AddSeconds(60), [new RoomSeen("room-02", 12, 2)], 0, 0), 65).Count.ShouldBe(12);

    [Theory]
    [InlineData(60, 12, 12, 65)] // both agree
    [InlineData(60, 12, 14, 65)] // others are in there, too
    [InlineData(15, 12, 5, 20)] // they still join
    [InlineData(60, 12, 0, 90)] // LiveKit has not answered since
    [InlineData(117, 12, 0, 119)] // they leave
    public void Are_those_of_lk_otherwise(int seenAt, int one, int other, int now)
    {
        var connected = Of(Seen(seenAt, one, other), now);

        connected.Count.ShouldBe(24);
        connected.Of(24).ShouldBe("24 of 24 participants connected");
    }

    [Fact]
    public void Are_those_of_lk_when_LiveKit_was_not_asked() => Of(null, 65).Count.ShouldBe(24);

    private static ConnectedNow Of(RoomsSeen? seen, int second) =>
        ConnectedNow.Of(24, seen, AllJoined, Leave, Start.AddSeconds(second));

    private static RoomsSeen Seen(int second, int one, int other) =>
        new(Start.AddSeconds(second), [new RoomSeen("room-01", one, 2), new RoomSeen("room-02", other, 2)], 0, 0);
}
