using LoadTesting.Hosts.Agent;

namespace LoadTesting.Hosts.Settings;

/// <summary>
/// Packages for people who log in to a host, by its own package manager, in the background: nothing that is measured needs them. Pure.
/// </summary>
public static class HostPackages
{
    private const string Log = $"{HostAgent.Home}/packages.log";
    private const string Ended = $"{HostAgent.Home}/packages.ended";

    /// <summary>The names in a list separated by commas; empty or <c>none</c>: none.</summary>
    public static IReadOnlyList<string> Parse(string list) =>
        list == "none" ? [] : list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether a text can be the name of a package (Debian policy 5.6.1; RPM and Alpine also allow capitals and underscores).</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '-' or '.' or '_');

    /// <summary>
    /// The part of Configure's script that begins to install what is missing and says what that is. A host that is a folder has no
    /// package manager: the one in reach is the operator's own.
    /// </summary>
    public static string Begin(IReadOnlyList<string> packages) => $$"""
        packages=({{string.Join(' ', packages.Select(ShellWords.Quote))}}) missing=() manager=
        if [[ -z $root ]]; then
            for manager in apt-get dnf zypper apk ''; do [[ -z $manager ]] || ! type -P "$manager" >/dev/null || break; done
            case $manager in
            apt-get) installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null) ;;
            apk) installed=$(apk info -e "${packages[@]}" 2>/dev/null) ;;
            *) installed=$(rpm -q --qf 'installed %{NAME}\n' "${packages[@]}" 2>/dev/null) ;;
            esac
            for package in "${packages[@]}"; do
                [[ $'\n'${installed//installed /}$'\n' == *$'\n'"$package"$'\n'* ]] || missing+=("$package")
            done
        fi
        if ((${#missing[@]})); then
            : >{{Ended}}
            install='export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l
            manager=$1
            shift
            apt() { apt-get -qq -y -o DPkg::Lock::Timeout=60 "$@"; }
            case $manager in
            apt-get) apt --no-install-recommends install "$@" || { apt update && apt --no-install-recommends install "$@"; } ;;
            dnf) dnf -q -y install "$@" ;;
            zypper) zypper -n -q install "$@" ;;
            apk) apk add -q "$@" ;;
            *) echo "none of apt-get, dnf, zypper and apk is there"; exit 1 ;;
            esac'
            setsid bash -c 'trap "" HUP; "${@:2}"; printf "%s\n" "$?" >"$1"' packages {{Ended}} $sudo bash -c "$install" install "$manager" "${missing[@]}" </dev/null >{{Log}} 2>&1 &
            printf 'packages\t%s\n' "${missing[*]}"
        fi

        """;

    /// <summary>Waits for the end of it; says the exit code, if there is one by then, and after it the last words.</summary>
    public static string Await(TimeSpan patience) => $$"""
        exec {never}<> <(:)
        for ((tries = {{(long)patience.TotalMilliseconds / 100}}; tries > 0; tries--)); do
            [[ -s {{Ended}} ]] && break
            read -r -t 0.1 -u "$never" _
        done
        code=
        read -r code <{{Ended}}
        printf '%s\n' "$code"
        tail -n 1 {{Log}}
        """;

    /// <summary>Why the packages are not there; null when they are.</summary>
    /// <param name="result">What the waiting script said.</param>
    /// <param name="patience">How long it waited.</param>
    public static string? Failure(ShellResult result, TimeSpan patience) => result.Text.Split('\n') switch
    {
        ["0", ..] => null,
        ["", ..] => $"not done within {patience.TotalSeconds:0} s; it goes on",
        [var code, var words, ..] when words.Length > 0 => words,
        [var code, ..] => $"exit code {code}",
        _ => "",
    };
}
