using System.Runtime.InteropServices;
using Reporting.Raw.Samples;

namespace Reporting.Measuring;

/// <summary>
/// Finds the times in which next to nothing arrived at a host: the only trace of an outage in a run that lk itself calls healthy, for its
/// tracks stay subscribed and its errors at 0. It is given the samples in which media is due. The live display and the report ask the same.
/// </summary>
public sealed class MediaFlow
{
    /// <summary>Less than this part of what usually arrives is next to nothing.</summary>
    private const double NextToNothing = 0.1;

    /// <summary>Shorter than this is jitter, or a second cut in two.</summary>
    private const double MinSeconds = 2;

    /// <summary>A host that usually gets less than this has no media to lose.</summary>
    private const double MinBitsPerSecond = 20_000;

    /// <summary>
    /// What arrived in the best tenth of the time is usual, but no more than the best ten seconds: media may be away for most of the time.
    /// </summary>
    private const double UsualShare = 0.1;
    private const double UsualSeconds = 10;

    /// <summary>A host that usually gets fewer UDP datagrams than this gets its media otherwise, over TCP or IPv6; an audio track has 50.</summary>
    private const double MinDatagramsPerSecond = 20;

    private readonly List<HostSample> _samples = [];

    /// <summary>The times without media so far.</summary>
    public IReadOnlyList<HostStall> Stalls
    {
        get
        {
            var bits = Limit(Bits, MinBitsPerSecond);
            var datagrams = bits is null ? null : Limit(Datagrams, MinDatagramsPerSecond);
            var stalls = new List<HostStall>();
            var flowing = true;
            foreach (var sample in _samples)
            {
                var flowed = flowing;
                flowing = !(Bits(sample) < bits) && !(Datagrams(sample) < datagrams);
                if (!flowing && flowed)
                    stalls.Add(new HostStall(sample.At - sample.Seconds, sample.At));
                else if (!flowing)
                    stalls[^1] = stalls[^1] with { To = sample.At };
            }

            return [.. stalls.Where(stall => stall.To - stall.From >= MinSeconds)];
        }
    }

    /// <summary>Since when no media arrives, on the clock of the samples; null while it does.</summary>
    public double? StalledSince => Stalls is [.., var last] && last.To.Equals(_samples[^1].At) ? last.From : null;

    /// <summary>Takes the next sample; ignores one without a network interface.</summary>
    public void Take(HostSample sample)
    {
        if (sample is { Nics.Count: > 0, Seconds: > 0 })
            _samples.Add(sample);
    }

    /// <summary>Below this is next to nothing; null where what is usual is no media.</summary>
    private double? Limit(Func<HostSample, double?> rate, double least)
    {
        var left = Math.Min(UsualShare * _samples.Sum(sample => sample.Seconds), UsualSeconds);
        var usual = _samples.OrderByDescending(rate).FirstOrDefault(sample => (left -= sample.Seconds) <= 0) is { } one ? rate(one) : null;
        return usual >= least ? usual * NextToNothing : null;
    }

    private static double? Bits(HostSample sample) => sample.BitsPerSecond(nic => nic.ReceivedBytes);

    /// <summary>Those that arrived, also where the host dropped them: signalling over TCP brings bytes and none of these.</summary>
    private static double? Datagrams(HostSample sample) => (sample.UdpIn + (sample.UdpInErrors ?? 0)) / sample.Seconds;
}

/// <summary>A time in which next to nothing arrived at a host.</summary>
/// <param name="From">When it began, in epoch seconds.</param>
/// <param name="To">When it ended.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct HostStall(double From, double To)
{
    /// <summary>Whether it is known that media did not come back.</summary>
    public bool ToTheEnd { get; init; }
}
