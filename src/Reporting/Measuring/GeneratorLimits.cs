using Reporting.Raw.Samples;

namespace Reporting.Measuring;

/// <summary>What a load generator ran out of.</summary>
/// <param name="What">What it was, the rest of a sentence about the generator.</param>
/// <param name="Remedy">What to do about it, a sentence.</param>
internal sealed record GeneratorLimit(string What, string Remedy)
{
    /// <summary>Whether it hurts received media alone: a join that was refused has nothing to do with it.</summary>
    public bool OfMedia { get; init; }

    /// <summary>How many tracks it hurt and no others; null when that is not known.</summary>
    public int? Tracks { get; init; }
}

/// <summary>
/// Whether a generator used up something that it has a fixed number of, from its first join to the end. lk often reports no more of it
/// than a connection that failed.
/// </summary>
internal static class GeneratorLimits
{
    /// <summary>lk sets its limit of open files to this, and cannot raise one that is lower (livekit-cli, <c>raiseULimit</c>).</summary>
    private const long LkOpenFiles = 65_535;

    /// <summary>File descriptors of one participant with one network interface: with fewer left none can join.</summary>
    private const long FilesOfAParticipant = 13;

    /// <summary>A table this full refuses some of what is new.</summary>
    private const double Full = 0.99;

    /// <param name="loaded">The samples from the first join to the end.</param>
    /// <param name="facts">What the machine is.</param>
    /// <param name="offset">Its clock less the controller's, in seconds.</param>
    public static IEnumerable<GeneratorLimit> Of(IReadOnlyList<HostSample> loaded, IReadOnlyDictionary<string, string> facts, double offset)
    {
        var files = Math.Min(LkOpenFiles, Last(facts, "open files of a process, soft and hard") ?? LkOpenFiles);
        var last = files - FilesOfAParticipant;
        if (First(loaded, offset, sample => sample.Processes.Max(process => process.OpenFiles), last + 1) is { } open)
            yield return new(
                Invariant($"lk had {open.Most:#,0} of its {files:#,0} file descriptors open from {open.From}"),
                "Raise the hard limit of open files (nofile) of its user, or run more lk processes with fewer participants each.");

        var conntrack = loaded.Max(sample => sample.ConntrackMax);
        if (conntrack > 0 && First(loaded, offset, sample => sample.Conntrack, (long)(conntrack.Value * Full)) is { } tracked)
            yield return new(
                Invariant($"its connection table had {tracked.Most:#,0} of {conntrack:#,0} entries from {tracked.From}"),
                "Raise net.netfilter.nf_conntrack_max there.");

        var ports = Ports(facts);
        if (ports > 0 && First(loaded, offset, sample => sample.UdpSockets, (long)(ports.Value * Full)) is { } sockets)
            yield return new(
                Invariant($"it had {sockets.Most:#,0} UDP sockets for its {ports:#,0} local ports from {sockets.From}"),
                "Widen net.ipv4.ip_local_port_range there, or use more VMs.");
    }

    /// <summary>Since when a value was at least the limit, and the most that it was; null when it never was.</summary>
    private static (string From, long Most)? First(IReadOnlyList<HostSample> samples, double offset, Func<HostSample, long?> value,
        long limit) => samples.FirstOrDefault(sample => value(sample) >= limit) is { } first
            ? (Format.Second(Starts.Instant(first.At - offset)!.Value), samples.Max(value)!.Value)
            : null;

    private static long? Ports(IReadOnlyDictionary<string, string> facts) =>
        facts.TryGetValue("net.ipv4.ip_local_port_range", out var range)
        && range.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var low, var high]
        && Number(low) is { } from && Number(high) is { } to ? to - from + 1 : null;

    private static long? Last(IReadOnlyDictionary<string, string> facts, string name) =>
        facts.TryGetValue(name, out var words) ? Number(words[(words.LastIndexOf(' ') + 1)..]) : null;

    private static long? Number(string word) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
