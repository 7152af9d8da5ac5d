using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LoadTesting.Fleet.Host;

/// <summary>The one script that brings a host into the wanted state and says what it found, did and read back. Pure.</summary>
public static class ConfigureScript
{
    /// <summary>Where the settings are kept over a reboot.</summary>
    public const string Kept = "/etc/sysctl.d/90-livekit-loadtest.conf";

    /// <summary>Where the values are that the settings had before the first Configure, relative to the home directory.</summary>
    public const string Before = $"{HostAgent.Home}/sysctl-before";

    /// <summary>The script: settings that differ are set and kept over a reboot, then facts.json is written.</summary>
    public static string Text(IReadOnlyList<HostSetting> settings)
    {
        var script = new StringBuilder(Preamble);
        foreach (var setting in settings)
            script.Append(CultureInfo.InvariantCulture, $"setting {setting.Name} {ShellWords.Quote(setting.Wanted)}\n");

        return script.Append(Ending).ToString();
    }

    /// <summary>Reads what the script said.</summary>
    public static ConfiguredHost Parse(ShellResult result)
    {
        var settings = new List<SettingResult>();
        string? lk = null, agent = null;
        foreach (var line in result.Lines)
        {
            switch (line.Split('\t'))
            {
                case ["setting", var name, var before, var after]:
                    settings.Add(Setting(name, before, after));
                    break;
                case ["lk", var sha256]:
                    lk = sha256;
                    break;
                case ["agent", var sha256]:
                    agent = sha256;
                    break;
                case ["done"]:
                    return new ConfiguredHost(settings, lk, agent);
            }
        }

        throw new LoadTestException($"could not be configured: {(result.Error.Length > 0 ? result.Error.Trim() : result.Text.Trim())}");
    }

    /// <summary>SHA-256 as the host prints it.</summary>
    public static string Sha256(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static SettingResult Setting(string name, string before, string after)
    {
        var wanted = HostSetting.ByName.TryGetValue(name, out var setting) ? setting.Wanted : null;
        var outcome = after != wanted ? SettingOutcome.NotPossible : before == wanted ? SettingOutcome.AlreadySo : SettingOutcome.Applied;
        return new SettingResult(name, outcome, before == "-" ? null : before, after == "-" ? null : after);
    }

    private const string Preamble = $$"""
        set -u
        export LC_ALL=C
        umask 077
        mkdir -p {{HostAgent.Home}}/bin {{HostAgent.Home}}/runs
        root=${HOST_ROOT-}
        if [ "$(id -u)" = 0 ]; then sudo=; else sudo='sudo -n'; fi
        # Builtins, and one sysctl for all: fifteen settings on a busy host must not mean a hundred processes.
        read_setting() { value=-; IFS= read -r value 2>/dev/null <"$root/proc/sys/${1//.//}" || return 0; value=${value//$'\t'/ }; }
        names=() before=() wanted= differs=
        setting() {
            read_setting "$1"
            names+=("$1") before+=("$value") wanted+="$1 = $2"$'\n'
            [ "$value" = "$2" ] || differs=yes
        }
        $sudo modprobe -a nf_conntrack tcp_bbr >/dev/null 2>&1

        """;

    private const string Ending = $$"""
        if [ -n "$differs" ]; then
            # Only the first value counts as the one before: later ones are our own.
            { noted=$'\n'$(<{{Before}}); } 2>/dev/null || noted=
            for ((i = 0; i < ${#names[@]}; i++)); do
                [[ ${before[i]} == - || $noted == *$'\n'"${names[i]} = "* ]] || printf '%s = %s\n' "${names[i]}" "${before[i]}"
            done >>{{Before}}
            printf %s "$wanted" | $sudo tee "$root{{Kept}}" >/dev/null
            $sudo sysctl -q -e -p "$root{{Kept}}" >/dev/null 2>&1
        fi
        for ((i = 0; i < ${#names[@]}; i++)); do
            read_setting "${names[i]}"
            printf 'setting\t%s\t%s\t%s\n' "${names[i]}" "${before[i]}" "$value"
        done
        sha() { sha256sum 2>/dev/null <"$1" | cut -d' ' -f1; }
        printf 'lk\t%s\n' "$(sha {{HostAgent.Home}}/bin/lk)"
        printf 'agent\t%s\n' "$(sha {{HostAgent.Home}}/loadtest-host)"
        field() { sed -n "s/^$2[[:space:]]*:[[:space:]]*//p" "$root/proc/$1" 2>/dev/null | head -n 1; }
        {
            printf '{\n'
            printf '  "processors": %s,\n' "$(grep -c '^cpu[0-9]' "$root/proc/stat")"
            printf '  "model": "%s",\n' "$(field cpuinfo 'model name' | tr -d '"\\')"
            printf '  "memoryKiB": %s,\n' "$(field meminfo MemTotal | tr -cd 0-9)"
            printf '  "kernel": "%s"\n' "$(tr -d '"\\' <"$root/proc/sys/kernel/osrelease")"
            printf '}\n'
        } >{{HostAgent.Home}}/facts.json
        printf 'done\n'
        """;
}

/// <summary>A host after Configure.</summary>
/// <param name="Settings">Its settings, read back.</param>
/// <param name="LkSha256">SHA-256 of the lk that it has; empty or null when it has none.</param>
/// <param name="AgentSha256">SHA-256 of the loadtest-host that it has.</param>
public sealed record ConfiguredHost(IReadOnlyList<SettingResult> Settings, string? LkSha256, string? AgentSha256);
