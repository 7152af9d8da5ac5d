#!/usr/bin/env bash
# Compiles the build when something is newer than its program, then becomes the program: signals reach it.
# --nuke package|stand-in chooses where NUKE comes from; else the feed is asked once, see .nuke/temp/nuke-source.
set -eo pipefail

root=$(cd -- "${BASH_SOURCE[0]%/*}" && pwd)
temp=$root/.nuke/temp
invalid_parameters=104

refuse() {
    echo "$1" >&2
    exit "$2"
}

install_dotnet() {
    local installer=$temp/dotnet-install.sh
    command -v curl >/dev/null || refuse "dotnet is not on PATH: install the .NET SDK of global.json, see https://dotnet.microsoft.com/download" 1
    echo "dotnet is not on PATH: downloading the SDK of global.json to .nuke/temp/dotnet" >&2
    curl -fsSL --retry 3 https://dot.net/v1/dotnet-install.sh -o "$installer"
    bash "$installer" --jsonfile "$root/global.json" --install-dir "$temp/dotnet" --no-path >&2
}

# A restore of nothing but Nuke.Common tells. Other failures than its absence, such as no network, are not remembered.
ask_feed() {
    local probe=$temp/nuke-probe answer
    mkdir -p "$probe"
    cat >"$probe/probe.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Nuke.Common" /></ItemGroup>
</Project>
PROJECT
    if answer=$("$dotnet" restore "$probe/probe.csproj" -nodeReuse:false --nologo -v quiet 2>&1); then
        source=package
    else
        source=stand-in
        [[ $answer == *NU110[123]* ]] || { echo "The feed could not be asked for Nuke.Common; the stand-in is used: $answer" >&2; return; }
    fi
    echo "$source" >"$temp/nuke-source"
}

is_current() {
    [[ -x $program && -f $started && -f $finished ]] || return 1
    [[ $analyzers == false || -f $analyzed ]] || return 1
    shopt -s nullglob
    local inputs=("$root"/*.props "$root"/*.targets "$root"/*.json "$root"/[Nn]u[Gg]et.[Cc]onfig "$root"/.editorconfig "$root"/build "$root"/src)
    local others=(-name bin -o -name obj)
    [[ $source == stand-in ]] || others+=(-o -path "$root/build/Nuke.Common")
    # Of a deleted file only its folder tells; folders change during a compilation as well.
    [[ -z $(find "${inputs[@]}" \( "${others[@]}" \) -prune -o \
        \( -type f -newer "$started" -o -type d -newer "$finished" \) -print -quit) ]]
}

compile() {
    local output
    echo "Compiling the build ($source of Nuke.Common) ..." >&2
    mkdir -p "${started%/*}"
    touch "$started.new"
    # One compiler for all projects, which does not outlive the compilation: it would stay in memory for minutes.
    local compiler=load-test-$$ failed=0
    output=$("$dotnet" build "$root/build/_build.csproj" -p:NukeSource="$source" -p:RunAnalyzers=$analyzers \
        -nodeReuse:false -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler" --nologo -v quiet -clp:NoSummary 2>&1 9>&-) || failed=$?
    pkill -f -- "-pipename:$compiler\$" 2>/dev/null || : # where there is none, it ends by itself
    ((failed == 0)) || refuse "$output" 1
    rm -f "$analyzed"
    [[ $analyzers == false ]] || touch "$analyzed"
    mv "$started.new" "$started"
    touch "$finished"
}

arguments=()
source=
analyzers=false # they take longer than all the rest of the compilation: Test has them look
while (($#)); do
    if [[ $1 == --nuke ]]; then
        [[ $2 == package || $2 == stand-in ]] || refuse "--nuke takes package or stand-in, not '$2'." $invalid_parameters
        source=$2
        shift
    else
        [[ $1 != [Tt][Ee][Ss][Tt] ]] || analyzers=true
        arguments+=("$1")
    fi
    shift
done

mkdir -p "$temp"
dotnet=$(command -v dotnet || true)
if [[ -z $dotnet ]]; then
    dotnet=$temp/dotnet/dotnet
    [[ -x $dotnet ]] || install_dotnet
fi

ulimit -S -c 0 # a core file would hold every secret
export NUKE_TELEMETRY_OPTOUT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export NUKE_ROOT=$root # else NUKE looks for it from the working directory upwards
if [[ -z $DOTNET_ROOT ]]; then
    home=$(readlink -f -- "$dotnet")
    [[ -d ${home%/*}/host/fxr ]] && export DOTNET_ROOT=${home%/*}
fi

[[ -n $source || ! -f $temp/nuke-source ]] || read -r source <"$temp/nuke-source"
[[ $source == package || $source == stand-in ]] || ask_feed

output=$root/build/bin/Debug
[[ $source == stand-in ]] || output=$root/build/bin/package/Debug
program=$output/_build
started=$output/.compile-started
finished=$output/.compile-finished
analyzed=$output/.compile-analyzed
if ! is_current; then
    # Whoever is started meanwhile waits for the same compilation. (macOS has no flock.)
    exec 9>"$temp/compiling"
    ! command -v flock >/dev/null || flock 9
    is_current || compile
    exec 9>&-
fi
exec "$program" "${arguments[@]}"
