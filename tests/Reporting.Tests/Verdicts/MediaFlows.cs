using System.Text;
using FsCheck.Xunit;
using Reporting.Measuring;
using Reporting.Raw.Samples;

namespace Reporting.Tests.Verdicts;

public sealed class MediaFlows
{
    private const int Noon = 43_200;

    private readonly MediaFlow _media = new();
    private double _now = Noon;

    [Fact]
    public void Media_that_falls_to_next_to_nothing_for_two_seconds_has_stalled_since_it_fell()
    {
        Arrive(6_000_000, 6_200_000, 100_000);
        _media.StalledSince.ShouldBeNull();

        Arrive(90_000);

        _media.StalledSince.ShouldBe(Noon + 2);
    }

    [Fact]
    public void It_flows_again_as_soon_as_it_comes_again()
    {
        Arrive(6_000_000, 0, 0, 0, 5_000_000);

        _media.StalledSince.ShouldBeNull();
        _media.Stalls.ShouldBe([new HostStall(Noon + 1, Noon + 4)]);
    }

    [Fact]
    public void A_short_gap_is_no_stall()
    {
        Arrive(6_000_000, 0, 6_000_000, 0, 6_000_000);

        _media.Stalls.ShouldBeEmpty();
    }

    [Fact]
    public void A_host_that_only_publishes_has_no_media_to_lose()
    {
        Arrive(15_000, 0, 0, 0, 0);

        _media.Stalls.ShouldBeEmpty();
    }

    [Fact]
    public void An_outage_stays_one_however_long_it_is()
    {
        Arrive([.. Enumerable.Repeat(6e6, 60), .. Enumerable.Repeat(0.0, 3000)]);

        _media.StalledSince.ShouldBe(Noon + 60);
    }

    [Fact]
    public void A_burst_of_seconds_does_not_make_all_the_rest_a_stall()
    {
        Arrive([.. Enumerable.Repeat(1e6, 60), 100e6, 100e6, 100e6, .. Enumerable.Repeat(1e6, 60)]);

        _media.Stalls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0L, true)] // signalling over TCP
    [InlineData(90L, true)]
    [InlineData(110L, false)]
    [InlineData(null, false)] // a kernel that does not count them
    public void Bytes_without_datagrams_are_no_media(long? datagrams, bool stalled)
    {
        Arrive((2e6, 1_100), (2e6, 1_000), (2e6, 1_000));
        Arrive(Enumerable.Repeat((480_000.0, datagrams), 4).ToArray());

        _media.Stalls.ShouldBe(stalled ? [new HostStall(Noon + 3, Noon + 7) { IsOpen = true }] : []);
    }

    [Theory]
    [InlineData(0)] // media over TCP
    [InlineData(5)] // media over IPv6, and answers of a name server
    [InlineData(19)]
    public void Where_media_does_not_come_in_datagrams_bytes_decide(long datagrams)
    {
        Arrive((2e6, datagrams), (2e6, 0), (2e6, 0), (2e6, 0), (10_000, 0), (10_000, 0));

        _media.Stalls.ShouldBe([new HostStall(Noon + 4, Noon + 6) { IsOpen = true }]);
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(500, false)]
    [InlineData(50, true)]
    public void Datagrams_that_the_host_dropped_have_arrived(long dropped, bool stalled)
    {
        Arrive((2e6, 1_000), (2e6, 1_000));
        for (var second = 0; second < 3; second++)
            _media.Take(Sample(2e6, 0) with { UdpInErrors = dropped });

        (_media.StalledSince is not null).ShouldBe(stalled);
    }

    [Fact]
    public void Of_a_time_without_interfaces_nothing_is_known()
    {
        Arrive(6_000_000, 6_000_000);
        _media.Take(new HostSample { At = Noon + 9, Seconds = 7 });

        _media.StalledSince.ShouldBeNull();
    }

    /// <summary>The live display feeds what each answer of a host brings, the report all of it at the end.</summary>
    [Property(MaxTest = 60)]
    public void The_live_display_and_the_report_see_the_same_stalls(byte[] parts)
    {
        // Seconds 2 to 61 of those that HandmadeLk holds its load in; most parts flow, some bring next to nothing.
        var seconds = Second.Each(80,
            second => new Second { ReceivedBytes = parts.Length > 0 && parts[second / 3 % parts.Length] % 4 == 0 ? 2_000 : 100_000 });
        var text = HandmadeSamples.Text(seconds);
        using var results = new ResultsFolder();
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(results);
        results.Write("vm-01/metrics/samples.txt", text);

        var live = new MediaFlow();
        var readings = Encoding.ASCII.GetString(text).Split("=== ", StringSplitOptions.RemoveEmptyEntries);
        foreach (var (before, reading) in readings.Zip(readings.Skip(1)))
        {
            using var both = new MemoryStream(Encoding.ASCII.GetBytes($"=== {before}=== {reading}"));
            var sample = SampleReader.Read(both).Samples.ShouldHaveSingleItem();
            if (sample.At - sample.Seconds >= HandmadeLk.Epoch + 2 && sample.At <= HandmadeLk.Epoch + 62)
                live.Take(sample);
        }

        results.Summarize("connected>=99%").Stalls.Select(stall => (stall.StartedAt, Math.Round(stall.Seconds, 3)))
            .ShouldBe(live.Stalls.Select(stall => (DateTimeOffset.UnixEpoch.AddSeconds(stall.From), Math.Round(stall.To - stall.From, 3))));
    }

    private void Arrive(params double[] bitsInEachSecond) => Arrive([.. bitsInEachSecond.Select(bits => (bits, (long?)null))]);

    private void Arrive(params (double Bits, long? Datagrams)[] seconds)
    {
        foreach (var (bits, datagrams) in seconds)
            _media.Take(Sample(bits, datagrams));
    }

    private HostSample Sample(double bits, long? datagrams) => new()
    {
        At = ++_now, Seconds = 1, Nics = [new NicSample("eth0", (long)bits / 8, 0, 0, 0, 0)], UdpIn = datagrams,
    };
}
