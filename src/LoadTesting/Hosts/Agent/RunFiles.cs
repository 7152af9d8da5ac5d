using System.Globalization;
using System.Text;
using LoadTesting.LiveKit;
using Reporting.Raw.Manifest;

namespace LoadTesting.Hosts.Agent;

/// <summary>The files that make a run on one host.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Processes">Its lk processes on this host.</param>
/// <param name="Length">How long they may take: the host ends them by itself, in whole seconds.</param>
/// <param name="Credentials">What lk needs in its environment.</param>
public sealed record RunFiles(string RunId, IReadOnlyList<PlannedProcess> Processes, RunLength Length, LiveKitCredentials Credentials)
{
    /// <summary>The script that writes the files and starts the launcher; its last words are the launcher's.</summary>
    public string ArmScript(string agent)
    {
        var script = new StringBuilder("set -eu\numask 077\n");
        script.Append($"run={HostAgent.Home}/runs/{RunId}\nmkdir -p $run/logs $run/metrics\n");
        script.Append($"cp {HostAgent.Home}/facts.json $run/ 2>/dev/null || :\n");
        script.Append(ShellWords.WriteFile("$run/credentials",
            $"LIVEKIT_URL={Credentials.Url}\nLIVEKIT_API_KEY={Credentials.ApiKey}\nLIVEKIT_API_SECRET={Credentials.ApiSecret.Reveal()}"));
        script.Append(ShellWords.WriteFile("$run/deadline", $"{Length.Stop.TotalSeconds:0} {Length.Kill.TotalSeconds:0}"));
        foreach (var process in Processes)
        {
            script.Append(ShellWords.WriteFile($"$run/{process.Name}.args", string.Join('\n', process.Arguments)));
            script.Append(ShellWords.WriteFile($"$run/{process.Name}.offset", process.StartOffsetSeconds.ToString("0.######")));
        }

        return script.Append($"set +e\n{agent} arm {RunId}\n").ToString();
    }

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
}
