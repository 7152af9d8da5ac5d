#!/usr/bin/env bash
# against.sh [COMMIT] [VMS] [PAIRS]: the report of VMS x 100 participants by this checkout and by COMMIT, in turns, of the same raw files:
# medians of the ratios in wall time, processor time and peak memory. The older program writes the raw files: newer ones read them.
set -euo pipefail
cd "$(dirname "$0")/../.."
commit=${1:-68795ed} vms=${2:-1000} pairs=${3:-5}
folder=$(mktemp -d)
trap 'git worktree remove --force "$folder/older" >/dev/null 2>&1 || true; rm -rf "$folder"' EXIT

git worktree add --quiet --detach "$folder/older" "$commit"
compile() { dotnet build "$1/bench/Report" -c Release -o "$2" -v quiet -clp:ErrorsOnly -nodeReuse:false -p:UseSharedCompilation=false -p:RunAnalyzers=false >&2; }
compile "$folder/older" "$folder/older-bin"
compile . "$folder/newer-bin"
older=$folder/older-bin/Report newer=$folder/newer-bin/Report
"$older" page "$folder/run" "$vms" >/dev/null

export DOTNET_gcConcurrent=0 DOTNET_TieredPGO=0 # as ./build.sh runs
report() { # PROGRAM: milliseconds, processor milliseconds, kilobytes
    local began=${EPOCHREALTIME/./} said
    said=$("$1" report "$folder/run")
    awk -v wall="$(((${EPOCHREALTIME/./} - began) / 1000))" '{ printf "%d %d %d\n", wall, 1000 * $2, $1 / 1000 }' <<<"$said"
}
for ((i = 0; i < pairs; i++)); do
    new=$(report "$newer")
    printf '%s %s\n' "$new" "$(report "$older")"
done >"$folder/pairs"

# shellcheck disable=SC2016 # $1 is awk's
median() { awk "{ print $1 }" "$folder/pairs" | sort -n | sed -n "$(((pairs + 1) / 2))p"; }
printf '%d VMs, %d pairs, this checkout and %s:\n' "$vms" "$pairs" "$commit"
printf '  wall       %6d and %6d ms  %.2f x\n' "$(median '$1')" "$(median '$4')" "$(median '$1/$4')"
printf '  processor  %6d and %6d ms  %.2f x\n' "$(median '$2')" "$(median '$5')" "$(median '$2/$5')"
printf '  memory     %6d and %6d kB  %.2f x\n' "$(median '$3')" "$(median '$6')" "$(median '$3/$6')"
