using LoadTesting.Hosts.Agent;

namespace LoadTesting.Tests.Hosts;

public sealed class HostClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_exchange_is_right_to_within_half_its_round_trip()
    {
        var clock = HostClock.Of(Noon, Noon.AddMilliseconds(1010), Noon.AddMilliseconds(20)).ShouldNotBeNull();

        clock.Offset.ShouldBe(TimeSpan.FromMilliseconds(1000));
        clock.Uncertainty.ShouldBe(TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public void Hosts_whose_clocks_may_agree_are_taken_to_agree_and_one_that_cannot_keeps_its_own()
    {
        HostClock[] measured = [Clock(4, 9), Clock(7, 9), Clock(1, 9), Clock(500, 9)];

        HostClock.Agreed(measured).Select(clock => clock.Offset.TotalMilliseconds).ShouldBe([7, 7, 7, 500]);
    }

    private static HostClock Clock(double offset, double uncertainty) =>
        new(TimeSpan.FromMilliseconds(offset), TimeSpan.FromMilliseconds(uncertainty));
}
