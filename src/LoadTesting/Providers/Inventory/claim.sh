#!/usr/bin/env bash
# Makes a machine that exists already a load generator of ours, or puts it back as it was before:
# claim.sh HOME claim|release OWNER TAKE_OVER [FILE...]
#
#   HOME       our folder on the machine, relative to the home directory
#   OWNER      fleet and controller, separated by a blank
#   TAKE_OVER  yes: also where it belongs to another owner
#   FILE       a file that Configure adds to the machine
#
# Prints "problem TEXT" and "warning TEXT", separated by a tab, and at its end "done".
set -u
export LC_ALL=C
umask 077
home=$1 command=$2 owner=$3 take_over=$4
shift 4
root=${HOST_ROOT-} problems=

problem() {
    printf 'problem\t%s\n' "$1"
    problems=yes
}

claim() {
    local tool free
    [[ $(uname -s) == Linux ]] || problem "got $(uname -s), expected Linux"
    ((BASH_VERSINFO[0] >= 5)) || problem "got bash $BASH_VERSION, expected 5 or newer"
    for tool in tar gzip sha256sum timeout tail sed; do
        command -v "$tool" >/dev/null || problem "it lacks $tool"
    done
    free=$(df -Pk . | tail -n 1 | { read -r _ _ _ free _; echo "$free"; })
    [ "${free:-0}" -ge 262144 ] || problem "got $((${free:-0} / 1024)) MiB free in the home directory, expected 256 MiB or more"
    if [[ $(id -u) != 0 ]] && ! command -v sudo >/dev/null; then
        printf 'warning\t%s\n' "it has no sudo, and $(id -un) is not root: kernel settings stay as they are"
    elif [[ $(id -u) != 0 ]] && ! sudo -n true 2>/dev/null; then
        printf 'warning\t%s\n' "sudo asks $(id -un) for a password: kernel settings stay as they are"
    fi
    [[ -n $problems ]] || { mkdir -p "$home" && printf '%s\n' "$owner" >"$home/mark"; } || problem "$home cannot be written"
}

# Ends what runs, puts settings back as Configure found them and removes our files; those that are needed for that go last.
release() {
    local file line now sudo='sudo -n' existing=()
    [[ -z $problems ]] || return
    [[ ! -e $home/loadtest-host ]] || bash "$home/loadtest-host" end >/dev/null 2>&1
    ((EUID != 0)) || sudo=
    for file in "$@"; do [[ ! -e $root$file ]] || existing+=("$root$file"); done
    ((${#existing[@]} == 0)) || $sudo rm -f "${existing[@]}" || problem "${existing[*]} cannot be removed"
    if [[ -s $home/settings-before ]]; then
        $sudo bash -c 'while IFS= read -r line; do printf "%s\n" "${line#* = }" >"$1${line%% = *}"; done' destroy "$root" \
            <"$home/settings-before" 2>/dev/null
        while IFS= read -r line; do
            file=${line%% = *} now=
            IFS= read -r now 2>/dev/null <"$root$file"
            [[ ${now//$'\t'/ } == "${line#* = }" ]] || problem "$file: got ${now//$'\t'/ }, expected ${line#* = } as before Configure"
        done <"$home/settings-before"
    fi
    [[ -n $problems ]] || rm -rf "$home" || problem "$home cannot be removed"
}

{ other=$(<"$home/mark"); } 2>/dev/null
[[ -z ${other-} || $other == "$owner" || $take_over == yes ]] || problem "it is in fleet ${other%% *} of ${other#* }; --take-over makes it yours"
"$command" "$@"
printf 'done\n'
