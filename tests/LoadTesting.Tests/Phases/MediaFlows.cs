using LoadTesting.Phases;

namespace LoadTesting.Tests.Phases;

public sealed class MediaFlows
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly MediaFlow _media = new();
    private DateTimeOffset _now = Noon;

    [Fact]
    public void Media_that_falls_to_next_to_nothing_for_two_seconds_has_stalled_since_it_fell()
    {
        Arrive(6_000_000, 6_200_000, 100_000);
        _media.StalledSince.ShouldBeNull();

        Arrive(90_000);

        _media.StalledSince.ShouldBe(Noon.AddSeconds(2));
    }

    [Fact]
    public void It_flows_again_as_soon_as_it_comes_again()
    {
        Arrive(6_000_000, 0, 0, 0, 5_000_000);

        _media.StalledSince.ShouldBeNull();
    }

    [Fact]
    public void A_short_gap_is_no_stall()
    {
        Arrive(6_000_000, 0, 6_000_000, 0, 6_000_000);

        _media.StalledSince.ShouldBeNull();
    }

    [Fact]
    public void A_host_that_only_publishes_has_no_media_to_lose()
    {
        Arrive(15_000, 0, 0, 0, 0);

        _media.StalledSince.ShouldBeNull();
    }

    private void Arrive(params double[] bitsInEachSecond)
    {
        foreach (var bits in bitsInEachSecond)
            _media.Take(bits, TimeSpan.FromSeconds(1), _now = _now.AddSeconds(1));
    }
}
