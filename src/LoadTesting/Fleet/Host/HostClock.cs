namespace LoadTesting.Fleet.Host;

/// <summary>A host's clock against the controller's.</summary>
/// <param name="Offset">The host's clock minus the controller's.</param>
/// <param name="Uncertainty">The offset is right to within this much: half the round trip of the best exchange.</param>
public sealed record HostClock(TimeSpan Offset, TimeSpan Uncertainty)
{
    private const int Exchanges = 5;

    /// <summary>Asks the host several times what time it is; the exchange with the shortest round trip counts.</summary>
    public static async Task<HostClock> MeasureAsync(IRemoteShell shell, TimeProvider time, CancellationToken cancellation)
    {
        HostClock? best = null;
        for (var exchange = 0; exchange < Exchanges; exchange++)
        {
            var before = time.GetUtcNow();
            var result = await shell.RunAsync("printf '%s\\n' \"$EPOCHREALTIME\"", TimeSpan.FromSeconds(10), cancellation);
            var after = time.GetUtcNow();
            var clock = Of(before, RunFiles.FromEpoch(result.Text.Trim()), after);
            if (clock is not null && (best is null || clock.Uncertainty < best.Uncertainty))
                best = clock;
        }

        return best ?? throw new LoadTestException("it does not say what time it is (bash 5 is needed)");
    }

    /// <summary>What one exchange tells: the host looked at its clock somewhere between the two instants.</summary>
    public static HostClock? Of(DateTimeOffset before, DateTimeOffset? host, DateTimeOffset after) =>
        host is { } instant ? new HostClock(instant - (before + ((after - before) / 2)), (after - before) / 2) : null;

    /// <summary>
    /// The clocks as they are best believed. An exchange is no better than a few milliseconds; machines that keep time by NTP agree far
    /// better than that. So a clock that may show the same time as most others is taken to show it, and they start together.
    /// </summary>
    public static IReadOnlyList<HostClock> Agreed(IReadOnlyList<HostClock> clocks)
    {
        if (clocks.Count == 0)
            return clocks;

        var median = clocks.OrderBy(clock => clock.Offset).ElementAt(clocks.Count / 2);
        return [.. clocks.Select(clock => (clock.Offset - median.Offset).Duration() <= clock.Uncertainty + median.Uncertainty ? clock with { Offset = median.Offset } : clock)];
    }

    /// <summary>The host's clock at an instant of the controller's.</summary>
    public DateTimeOffset ToHost(DateTimeOffset controller) => controller + Offset;

    /// <summary>The controller's clock at an instant of the host's.</summary>
    public DateTimeOffset ToController(DateTimeOffset host) => host - Offset;
}
