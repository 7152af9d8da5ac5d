#!/usr/bin/env bash
# Brings a host into the wanted state, installs loadtest-host, writes facts.json, and reports what it found, did and read back:
# configure.sh HOME AGENT WRITER INSTALLER COUNT [PACKAGE...] [NAME FILES VALUE exactly|more]...
#
#   HOME       our folder on the host, relative to the home directory
#   AGENT      the text of loadtest-host
#   WRITER     the text of write-settings.sh
#   INSTALLER  the text of install-packages.sh
#   COUNT      how many packages follow
#   FILES      the file of a setting, or the pattern of all that hold it
#   VALUE      the wanted one; with "more", a larger number will do
#
# HOST_ROOT is the prefix of /proc when the host is a folder; on a machine it is empty.
# Builtins, and one process that writes all settings: twenty settings on a busy host must not mean a hundred processes.
set -u
export LC_ALL=C
umask 077
home=$1 agent=$2 writer=$3 installer=$4 root=${HOST_ROOT-}
packages=("${@:6:$5}")
shift $((5 + $5))
if ((EUID == 0)); then sudo=; else sudo='sudo -n'; fi

# Installs what is missing in the background. A host that is a folder has no package manager: the one in reach is the operator's own.
begin_packages() {
    local manager installed package missing=()
    for manager in apt-get dnf zypper apk ''; do [[ -z $manager ]] || ! type -P "$manager" >/dev/null || break; done
    case $manager in
    apt-get) installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null) ;;
    apk) installed=$(apk info -e "${packages[@]}" 2>/dev/null) ;;
    *) installed=$(rpm -q --qf 'installed %{NAME}\n' "${packages[@]}" 2>/dev/null) ;;
    esac
    for package in "${packages[@]}"; do
        [[ $'\n'${installed//installed /}$'\n' == *$'\n'"$package"$'\n'* ]] || missing+=("$package")
    done
    ((${#missing[@]})) || return
    : >"$home/packages.ended"
    setsid bash -c 'trap "" HUP; "${@:2}"; printf "%s\n" "$?" >"$1"' packages "$home/packages.ended" \
        $sudo bash -c "$installer" install "$manager" "${missing[@]}" </dev/null >"$home/packages.log" 2>&1 &
    printf 'packages\t%s\n' "${missing[*]}"
}

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

# compare NAME FILES VALUE exactly|more: adds the setting to those that are read back, and to those that differ.
compare() {
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

# read_lines FILE COUNT: the first lines, all for 0. read_line FILE: the first one, fit for JSON.
read_lines() { lines=(); { mapfile -t -n "$2" lines <"$root$1"; } 2>/dev/null; }
read_line() { read_lines "$1" 1; line=${lines[0]-} line=${line//[\"\\]/}; }

# field FILE NAME: the text after the name and a colon, fit for JSON.
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

# write_facts SETTINGS: the facts of this host for the report; the settings are members of a JSON object.
write_facts() {
    local line lines processors=0 model memory kernel nic='' speed='' soft='' hard=''
    read_lines /proc/stat 0
    for line in ${lines[@]+"${lines[@]}"}; do [[ $line != cpu[0-9]* ]] || processors=$((processors + 1)); done
    field /proc/cpuinfo 'model name' && model=$line
    field /proc/meminfo MemTotal && memory=${line%% *}
    read_line /proc/sys/kernel/osrelease && kernel=$line
    read_lines /proc/net/route 0
    for line in ${lines[@]+"${lines[@]}"}; do [[ $line == *$'\t00000000\t'*$'\t00000000\t'* ]] && nic=${line%%$'\t'*} && break; done
    [[ -z $nic ]] || { read_line "/sys/class/net/$nic/speed"; [[ $line != [1-9]* ]] || speed=$line; }
    read_lines /proc/self/limits 0
    for line in ${lines[@]+"${lines[@]}"}; do [[ $line != 'Max open files'* ]] || read -r _ _ _ soft hard _ <<<"$line"; done
    {
        printf '{\n  "processors": %s,\n  "model": "%s",\n  "memoryKiB": %s,\n  "kernel": "%s",\n' "$processors" "${model-}" "${memory:-null}" "${kernel-}"
        printf '  "nic": "%s",\n  "nicMbps": %s,\n  "openFiles": "%s",\n  "settings": {%s\n  }\n}\n' "$nic" "${speed:-null}" "$soft${hard:+ $hard}" "$1"
    } >"$home/facts.json"
}

install_agent() {
    local have=''
    { IFS= read -r -d '' have <"$home/loadtest-host"; } 2>/dev/null
    [[ $have != "$agent" ]] || return
    printf %s "$agent" >"$home/loadtest-host.new" && chmod 700 "$home/loadtest-host.new" && mv -f "$home/loadtest-host.new" "$home/loadtest-host" || exit
    printf 'installed\t%s\n' "$home/loadtest-host"
}

[[ -d $home/bin && -d $home/runs ]] || mkdir -p "$home/bin" "$home/runs"
[[ -n $root || ${#packages[@]} == 0 ]] || begin_packages
{ mapfile noted <"$home/settings-before"; } 2>/dev/null || noted=()
printf -v noted '%s' $'\n' ${noted[@]+"${noted[@]}"}
read_setting /proc/sys/net/ipv4/tcp_congestion_control bbr
[[ $value == bbr && -e $root/proc/sys/net/netfilter/nf_conntrack_max ]] || $sudo modprobe -a nf_conntrack tcp_bbr sch_fq >/dev/null 2>&1
names=() files=() wanted=() before=() differ=() note=
while (($#)); do
    compare "$1" "$2" "$3" "$4"
    shift 4
done
if ((${#differ[@]})); then
    [[ -z $note ]] || printf %s "$note" >>"$home/settings-before" || exit
    $sudo bash -c "$writer" configure "$root" "${differ[@]}" </dev/null 2>&1
fi
facts=
for ((i = 0; i < ${#names[@]}; i++)); do
    read_setting "${files[i]}" "${wanted[i]}"
    printf 'setting\t%s\t%s\t%s\n' "${names[i]}" "${before[i]}" "$value"
    [[ ${files[i]} == /etc/* || $value == - ]] || facts+="${facts:+,}"$'\n'"    \"${names[i]}\": \"${value//[\"\\]/}\""
done
write_facts "$facts"
install_agent
{ read -r machine <"$root/proc/sys/kernel/arch"; } 2>/dev/null || machine=$(uname -m)
printf 'machine\t%s\n' "$machine"
[[ ! -e $home/bin/lk ]] || sha256sum "$home/bin/lk"
printf 'done\n'
