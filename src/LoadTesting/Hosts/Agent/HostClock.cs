namespace LoadTesting.Hosts.Agent;

/// <summary>A host's clock against the controller's.</summary>
/// <param name="Offset">The host's clock minus the controller's.</param>
/// <param name="Uncertainty">The offset is right to within this much: half the round trip of the best exchange.</param>
public sealed record HostClock(TimeSpan Offset, TimeSpan Uncertainty)
{
    /// <summary>The first ones are slow, and with a hundred hosts asked at once most are.</summary>
    private const int Exchanges = 20;

    private static readonly HostScript Script = new("clock.sh");

    /// <summary>Asks the host several times what time it is; the exchange with the shortest round trip counts.</summary>
    public static async Task<HostClock> MeasureAsync(IRemoteShell shell, CancellationToken cancellation)
    {
        var exchanges = await shell.AskAsync(Script.Text.TrimEnd(), Exchanges, TimeSpan.FromSeconds(20), cancellation);
        return exchanges.Select(exchange => Of(exchange.AskedAt, RunFiles.FromEpoch(exchange.Answer), exchange.AnsweredAt))
            .OfType<HostClock>().MinBy(clock => clock.Uncertainty)
            ?? throw new LoadTestException("could not read the host's clock (bash 5 or newer is required)");
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

        var median = Median(clocks);
        return
        [
            .. clocks.Select(clock => (clock.Offset - median.Offset).Duration() <= clock.Uncertainty + median.Uncertainty
                ? clock with { Offset = median.Offset }
                : clock),
        ];
    }

    /// <summary>The one in the middle of them.</summary>
    public static HostClock Median(IReadOnlyList<HostClock> clocks) => clocks.OrderBy(clock => clock.Offset).ElementAt(clocks.Count / 2);
}
