using LoadTesting.LiveKit;

namespace LoadTesting.Hosts.Agent;

/// <summary>The files that make a run on one host.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Processes">Its lk processes on this host.</param>
/// <param name="Length">How long they may take: the host ends them by itself, in whole seconds.</param>
/// <param name="Credentials">What lk needs in its environment.</param>
public sealed record RunFiles(string RunId, IReadOnlyList<PlannedProcess> Processes, RunLength Length, LiveKitCredentials Credentials)
{
    private static readonly HostScript Script = new("arm.sh");

    /// <summary>The script that writes the files and starts the launcher, which answers last. Secrets are in it.</summary>
    public string ArmScript() => Script.With(
    [
        HostAgent.Home, RunId, Credentials.Url, Credentials.ApiKey, Credentials.ApiSecret.Reveal(),
        Seconds(Length.Stop), Seconds(Length.Kill),
        .. Processes.SelectMany(process => new[]
        {
            process.Name,
            process.StartOffsetSeconds.ToString("0.######", CultureInfo.InvariantCulture),
            string.Join('\n', process.Arguments),
        }),
    ]);

    /// <summary>Seconds since 1970 with six decimals, as bash's EPOCHREALTIME has them.</summary>
    public static string Epoch(DateTimeOffset instant)
    {
        var micros = (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return $"{micros / 1_000_000}.{micros % 1_000_000:000000}";
    }

    /// <summary>The instant that such a text names; null when it names none.</summary>
    public static DateTimeOffset? FromEpoch(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800m
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
