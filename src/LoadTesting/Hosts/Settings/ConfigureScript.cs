using System.Text;
using LoadTesting.Hosts.Agent;
using LoadTesting.Providers;

namespace LoadTesting.Hosts.Settings;

/// <summary>The one script that brings a host into the wanted state, loadtest-host included, and says what it found, did and read back. Pure.</summary>
public static class ConfigureScript
{
    /// <summary>Where the values are that the settings had before the first Configure, relative to the home directory: lines FILE = VALUE.</summary>
    public const string Before = $"{HostAgent.Home}/settings-before";

    private const string Lk = $"{HostAgent.Home}/bin/lk";
    private const string Agent = $"{HostAgent.Home}/loadtest-host";

    /// <summary>The script: packages begin to be installed, settings that differ are set and kept over a boot, then facts.json is written.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="packages">Packages for people who log in.</param>
    public static string Text(IReadOnlyList<HostSetting> settings, IReadOnlyList<string> packages)
    {
        var script = new StringBuilder(Preamble);
        if (packages.Count > 0)
            script.Append(HostPackages.Begin(packages));
        script.Append($"agent={ShellWords.Quote(Encoding.UTF8.GetString(HostAgent.Text))}\n");
        foreach (var setting in settings)
        {
            script.Append(
                $"setting {setting.Name} {ShellWords.Quote(setting.Files)} {ShellWords.Quote(setting.Wanted)} {(setting.OrMore ? "more" : "exactly")}\n");
        }

        return script.Append(Ending).ToString();
    }

    /// <summary>Reads what the script said.</summary>
    public static ConfiguredHost Parse(ShellResult result)
    {
        var settings = new List<SettingResult>();
        var whys = new Dictionary<string, string>(StringComparer.Ordinal);
        string? lk = null, packages = null;
        var (machine, agent) = ("", false);
        var tried = "";
        foreach (var line in result.Lines)
        {
            switch (line.Split('\t'))
            {
                case ["try", var name]:
                    tried = name;
                    break;
                case ["setting", var name, var before, var after]:
                    settings.Add(Setting(name, before, after, whys.GetValueOrDefault(name) ?? whys.GetValueOrDefault("")));
                    break;
                case ["packages", var names]:
                    packages = names;
                    break;
                case ["machine", var architecture]:
                    machine = architecture;
                    break;
                case ["installed", Agent]:
                    agent = true;
                    break;
                case ["done"]:
                    return new ConfiguredHost(settings, machine, lk, agent, packages);
                case [var text] when text.EndsWith($"  {Lk}", StringComparison.Ordinal):
                    lk = text.Split(' ')[0];
                    break;
                case [var complaint]:
                    whys[tried] = complaint[(complaint.LastIndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? colon + 2 : 0)..];
                    break;
            }
        }

        throw new LoadTestException($"could not be configured: {(result.Error.Length > 0 ? result.Error.Trim() : result.Text.Trim())}");
    }

    private static SettingResult Setting(string name, string before, string after, string? why)
    {
        var met = HostSetting.ByName.TryGetValue(name, out var setting) && setting.IsMet(after);
        var outcome = !met ? SettingOutcome.NotPossible : setting!.IsMet(before) ? SettingOutcome.AlreadySo : SettingOutcome.Applied;
        return new SettingResult(
            name, outcome, before == "-" ? null : before, after == "-" ? null : after,
            met ? null : why ?? (after == "-" ? "the machine has no such thing" : $"it stays at {after}"));
    }

    private const string Preamble = $$"""
        set -u
        export LC_ALL=C
        umask 077
        [[ -d {{HostAgent.Home}}/bin && -d {{HostAgent.Home}}/runs ]] || mkdir -p {{HostAgent.Home}}/bin {{HostAgent.Home}}/runs
        root=${HOST_ROOT-}
        if ((EUID == 0)); then sudo=; else sudo='sudo -n'; fi
        # Builtins, and one process that sets all: twenty settings on a busy host must not mean a hundred processes.
        # read_setting FILES WANTED: the value of all the files, or the first that is not the wanted one; each of them in $each.
        read_setting() {
            local file lines now IFS=
            value=- each=
            for file in $root$1; do
                { mapfile -t lines <"$file"; } 2>/dev/null || continue
                printf -v now '%s ' ${lines[@]+"${lines[@]}"}
                now=${now% } now=${now//$'\t'/ }
                each+="${file#"$root"} = $now"$'\n'
                [[ $value != - && $value != "$2" ]] || value=$now
            done
        }
        { mapfile noted <{{Before}}; } 2>/dev/null || noted=()
        printf -v noted '%s' $'\n' ${noted[@]+"${noted[@]}"}
        names=() files=() wanted=() before=() differ=() note=
        setting() {
            local line=${3//$'\n'/ }
            read_setting "$2" "$line"
            names+=("$1") files+=("$2") wanted+=("$line") before+=("$value")
            [[ $value == "$line" ]] && return
            [[ $4 == more && $value != - ]] && ((value >= line)) && return
            if [[ $2 != /etc/* ]]; then
                [[ $value != - ]] || return
                # Only the first value counts as the one before: later ones are our own.
                [[ $noted == *$'\n'"${each%% = *} = "* ]] || note+=$each
            fi
            differ+=("$1" "$2" "$3")
        }
        read_setting /proc/sys/net/ipv4/tcp_congestion_control bbr
        [[ $value == bbr && -e $root/proc/sys/net/netfilter/nf_conntrack_max ]] || $sudo modprobe -a nf_conntrack tcp_bbr sch_fq >/dev/null 2>&1

        """;

    private const string Ending = $$"""
        set_all='umask 022
        root=$1 IFS=
        shift
        while (($#)); do
            printf "try\t%s\n" "$1"
            # A limit above what the kernel gives is a limit with which nobody logs in any more.
            if [[ $2 == /etc/security/* ]] && { read -r most <"$root/proc/sys/fs/nr_open"; ((most < 1048576)); }; then
                printf "fs.nr_open is %s\n" "$most"
            else
                for file in $root$2; do
                    [[ $2 != /etc/* || -d ${file%/*} ]] || mkdir -p "${file%/*}"
                    printf "%s\n" "$3" >"$file"
                done
            fi
            shift 3
        done'
        if ((${#differ[@]})); then
            [[ -z $note ]] || printf %s "$note" >>{{Before}} || exit
            $sudo bash -c "$set_all" configure "$root" "${differ[@]}" </dev/null 2>&1
        fi
        facts=
        for ((i = 0; i < ${#names[@]}; i++)); do
            read_setting "${files[i]}" "${wanted[i]}"
            printf 'setting\t%s\t%s\t%s\n' "${names[i]}" "${before[i]}" "$value"
            [[ ${files[i]} == /etc/* || $value == - ]] || facts+="${facts:+,}"$'\n'"    \"${names[i]}\": \"${value//[\"\\]/}\""
        done
        read_lines() { lines=(); { mapfile -t -n "$2" lines <"$root$1"; } 2>/dev/null; }
        read_line() { read_lines "$1" 1; line=${lines[0]-} line=${line//[\"\\]/}; }
        # field FILE NAME: what stands after the name and a colon.
        field() {
            local text
            line=
            read_lines "$1" 40
            for text in ${lines[@]+"${lines[@]}"}; do
                [[ $text == "$2"*:* ]] || continue
                line=${text#*:} line=${line#"${line%%[![:space:]]*}"} line=${line//[\"\\]/}
                return
            done
        }
        processors=0
        read_lines /proc/stat 0
        for line in ${lines[@]+"${lines[@]}"}; do [[ $line != cpu[0-9]* ]] || processors=$((processors + 1)); done
        field /proc/cpuinfo 'model name' && model=$line
        field /proc/meminfo MemTotal && memory=${line%% *}
        read_line /proc/sys/kernel/osrelease && kernel=$line
        nic=
        read_lines /proc/net/route 0
        for line in ${lines[@]+"${lines[@]}"}; do [[ $line == *$'\t00000000\t'*$'\t00000000\t'* ]] && nic=${line%%$'\t'*} && break; done
        speed=
        [[ -z $nic ]] || { read_line "/sys/class/net/$nic/speed"; [[ $line != [1-9]* ]] || speed=$line; }
        soft= hard=
        read_lines /proc/self/limits 0
        for line in ${lines[@]+"${lines[@]}"}; do [[ $line != 'Max open files'* ]] || read -r _ _ _ soft hard _ <<<"$line"; done
        {
            printf '{\n  "processors": %s,\n  "model": "%s",\n  "memoryKiB": %s,\n  "kernel": "%s",\n' "$processors" "${model-}" "${memory:-null}" "${kernel-}"
            printf '  "nic": "%s",\n  "nicMbps": %s,\n  "openFiles": "%s",\n  "settings": {%s\n  }\n}\n' "$nic" "${speed:-null}" "$soft${hard:+ $hard}" "$facts"
        } >{{HostAgent.Home}}/facts.json
        have=
        { IFS= read -r -d '' have <{{Agent}}; } 2>/dev/null
        if [[ $have != "$agent" ]]; then
            printf %s "$agent" >{{Agent}}.new && chmod 700 {{Agent}}.new && mv -f {{Agent}}.new {{Agent}} || exit
            printf 'installed\t%s\n' {{Agent}}
        fi
        { read -r machine <"$root/proc/sys/kernel/arch"; } 2>/dev/null || machine=$(uname -m)
        printf 'machine\t%s\n' "$machine"
        [[ ! -e {{Lk}} ]] || sha256sum {{Lk}}
        printf 'done\n'
        """;
}

/// <summary>A host after Configure.</summary>
/// <param name="Settings">Its settings, read back.</param>
/// <param name="Architecture">Its architecture, as <c>uname -m</c> says it.</param>
/// <param name="LkSha256">SHA-256 of the lk that it has; null when it has none.</param>
/// <param name="AgentInstalled">Whether it had another loadtest-host than this one, or none.</param>
/// <param name="Packages">The packages that it began to install, separated by blanks; null when it has all of them.</param>
public sealed record ConfiguredHost(IReadOnlyList<SettingResult> Settings, string Architecture, string? LkSha256, bool AgentInstalled, string? Packages);
