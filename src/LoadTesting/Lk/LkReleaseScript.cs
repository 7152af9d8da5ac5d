using LoadTesting.Hosts;
using LoadTesting.Hosts.Agent;

namespace LoadTesting.Lk;

/// <summary>The script with which a host gets a released lk. Pure.</summary>
internal static class LkReleaseScript
{
    /// <summary>Where an archive is put for a host that cannot download it.</summary>
    public const string Upload = $"{HostAgent.Home}/bin/lk.tar.gz";

    /// <summary>
    /// The script. Its last word is <c>present</c>, <c>installed</c>, <c>unreachable WHY</c> or <c>damaged SHA256</c>. Which archive
    /// the binary came from is kept beside it, because the checksum is the archive's.
    /// </summary>
    public static string Text(Uri archive, string sha256) => $$"""
        set -u
        export LC_ALL=C
        umask 077
        [ -d {{HostAgent.Home}}/bin ] || mkdir -p {{HostAgent.Home}}/bin
        cd {{HostAgent.Home}}/bin || exit
        url={{ShellWords.Quote(archive.AbsoluteUri)}}
        wanted={{ShellWords.Quote(sha256)}}
        sha() { read -r got _ < <(sha256sum <"$1"); }
        fetch() {
            if command -v curl >/dev/null; then curl -fsSL --retry 2 --connect-timeout 10 --max-time 240 -o archive.part "$url"
            else wget -q --tries=3 --timeout=10 -O archive.part "$url"; fi </dev/null 2>why.part
        }
        trap 'rm -f *.part' EXIT
        if [ -e lk ] && sha lk && { read -r release <lk.release; } 2>/dev/null && [ "$release" = "$wanted $got" ]; then
            echo 'lk present'
            exit
        fi
        if [ -e lk.tar.gz ]; then mv lk.tar.gz archive.part
        elif ! fetch; then
            echo "lk unreachable $(tail -n 1 why.part)"
            exit
        fi
        sha archive.part
        if [ "$got" != "$wanted" ]; then
            echo "lk damaged $got"
            exit
        fi
        tar -xzOf archive.part lk >lk.part && chmod 700 lk.part && sha lk.part || exit
        mv -f lk.part lk && printf '%s %s\n' "$wanted" "$got" >lk.release && echo 'lk installed'
        """;
}
