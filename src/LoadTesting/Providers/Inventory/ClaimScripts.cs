using LoadTesting.Hosts;
using LoadTesting.Hosts.Agent;
using LoadTesting.Hosts.Settings;

namespace LoadTesting.Providers.Inventory;

/// <summary>What is run on machines that were there before us and are there after us. Pure.</summary>
internal static class ClaimScripts
{
    private const string Mark = $"{HostAgent.Home}/mark";

    /// <summary>Says what keeps the machine from being a load generator, and whose it is now; makes it ours when nothing does.</summary>
    public static string Claim(FleetParameters fleet) => $$"""
        {{Preamble(fleet)}}
        [ "$(uname -s)" = Linux ] || say problem "it runs $(uname -s); expected Linux"
        [ "${BASH_VERSINFO[0]}" -ge 5 ] || say problem "its bash is $BASH_VERSION; expected 5 or newer"
        for tool in tar gzip sha256sum timeout tail sed; do
            command -v "$tool" >/dev/null || say problem "it lacks $tool"
        done
        free=$(df -Pk . | tail -n 1 | { read -r _ _ _ free _; echo "$free"; })
        [ "${free:-0}" -ge 262144 ] || say problem "its home directory has ${free:-0} KiB left; expected 256 MiB"
        [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || say warning "sudo wants a password of $(id -un): kernel settings stay as they are"
        [ -n "$problems" ] || { mkdir -p {{HostAgent.Home}} && printf '%s\n' "$ours" >{{Mark}} || say problem "{{HostAgent.Home}} cannot be written"; }
        printf 'done\n'
        """;

    /// <summary>Says whose the machine is.</summary>
    public static string Whose { get; } = $"cat {Mark} 2>/dev/null || :";

    /// <summary>Ends what runs, puts settings back as Configure found them and removes our files; those that are needed for that go last.</summary>
    public static string Release(FleetParameters fleet) => $$"""
        {{Preamble(fleet)}}
        if [ -n "$problems" ]; then printf 'done\n'; exit; fi
        [ ! -e {{HostAgent.Home}}/loadtest-host ] || bash {{HostAgent.Home}}/loadtest-host end >/dev/null 2>&1
        if ((EUID == 0)); then sudo=; else sudo='sudo -n'; fi
        kept=({{string.Join(' ', HostSetting.All.Where(setting => setting.IsOurFile).Select(setting => $"\"$root{setting.Files}\""))}}) there=()
        for file in "${kept[@]}"; do [ ! -e "$file" ] || there+=("$file"); done
        ((${#there[@]} == 0)) || $sudo rm -f "${there[@]}" || say problem "${there[*]} cannot be removed"
        if [ -s {{ConfigureScript.Before}} ]; then
            $sudo bash -c 'while IFS= read -r line; do printf "%s\n" "${line#* = }" >"$1${line%% = *}"; done' destroy "$root" <{{ConfigureScript.Before}} 2>/dev/null
            while IFS= read -r line; do
                file=${line%% = *} now=
                IFS= read -r now 2>/dev/null <"$root$file"
                [ "${now//$'\t'/ }" = "${line#* = }" ] || say problem "$file is ${now//$'\t'/ }; expected ${line#* = } as it was before"
            done <{{ConfigureScript.Before}}
        fi
        [ -n "$problems" ] || rm -rf {{HostAgent.Home}} || say problem "{{HostAgent.Home}} cannot be removed"
        printf 'done\n'
        """;

    /// <summary>The problems and warnings that a script said.</summary>
    /// <exception cref="LoadTestException">It did not reach its end.</exception>
    public static IReadOnlyList<(string Kind, string Text)> Parse(ShellResult result)
    {
        var said = result.Lines.Select(line => line.Split('\t', 2)).ToList();
        return said.Any(words => words is ["done"])
            ? [.. said.Where(words => words.Length == 2).Select(words => (words[0], words[1]))]
            : throw new LoadTestException($"it does not run bash scripts: {(result.Error.Length > 0 ? result.Error : result.Text).Trim()}");
    }

    private static string Preamble(FleetParameters fleet) => $$"""
        set -u
        export LC_ALL=C
        umask 077
        root=${HOST_ROOT-} problems=
        say() { printf '%s\t%s\n' "$1" "$2"; [ "$1" != problem ] || problems=yes; }
        ours={{ShellWords.Quote($"{fleet.Name} {fleet.Controller}")}}
        { whose=$(<{{Mark}}); } 2>/dev/null
        [ -z "${whose-}" ] || [ "$whose" = "$ours" ] || {{(fleet.TakeOver ? ":" : "say problem \"it is in fleet ${whose%% *} of ${whose#* }; --take-over makes it yours\"")}}
        """;
}
