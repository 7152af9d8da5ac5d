#!/usr/bin/env bash
# A run on real sshd hosts of this machine: how far apart lk starts, as the report says and as seen from outside; what Run takes beyond ramp-up and
# duration; what watching costs the controller; and Collect of 5 MB from each host against scp of the same in parallel. Ansible's free strategy
# starts the same program on the same hosts, and one shell starts as many of it without any hosts, which is what this machine can do at best. All
# hosts share one clock, so what each wrote at its start can be compared without any error.
# Needs root, and: apt-get install openssh-server iproute2 busybox-static ansible-core python3
#   bench/run/run.sh [HOSTS]
set -euo pipefail
cd "$(dirname "$0")/../.."
. bench/lab.sh
hosts=${1:-10}
door=198.19.255.253 port=8098 seconds=20
folder=$(mktemp -d)
export TERM=dumb LIVEKIT_API_SECRET=a-secret-of-thirty-two-characters
finish() {
    lab_leave
    kill "${server-}" 2>/dev/null || :
    ip address del "$door/32" dev lo 2>/dev/null || :
    rm -rf "$folder"
}
trap finish EXIT
ip address add "$door/32" dev lo
/usr/bin/python3 bench/run/door.py "$door" "$port" &
server=$!

# A static program, as lk is one, which does as little as it can when it starts: it empties an empty file, whose time the kernel of all hosts notes. Then it
# writes 5 MB, what lk once said nine times over, or, with RANDOM_BYTES=1, bytes that do not compress, and runs until its time is over.
cat >"$folder/lk" <<'LK'
#!/bin/busybox sh
: >"$HOME/began"
case $* in *load-test*) ;; *) mkfifo "$HOME/never" 2>/dev/null; echo "lk version 9.8.7"; exit ;; esac
exec 3<>"$HOME/never"
while [ "$1" != --duration ]; do shift; done
read -r -t 2 _ <&3
tail -c 5000000 "$0" >logs/ballast
read -r -t "$((${2%s} - 2))" _ <&3
exit 0
LK
if [ -n "${RANDOM_BYTES-}" ]; then head -c 5000000 /dev/urandom; else for _ in {1..9}; do cat src/Rehearsal/Recordings/lk/saturated/stdout.tsv; done; fi >>"$folder/lk"
chmod 755 "$folder/lk"
spread() { sort -n | awk 'NR == 1 { a = $1 } { b = $1 } END { printf "%.1f", (b - a) * 1000 }'; }
cpu() { awk -v hz="$(getconf CLK_TCK)" '{ print ($14 + $15) / hz }' "/proc/$1/stat"; }
ours() {
    ./build.sh "$@" --root "$folder/root" --cloud inventory --inventory "$folder/hosts.ini" --host-key-check accept-new --fleet bench --lk-binary "$folder/lk" \
        --smoke-join false --host-packages none --participants-per-vm 10 --test-duration "${seconds}s" --livekit-url "ws://$door:$port" --livekit-api-key bench
}

./build.sh Plan >/dev/null 2>&1 || : # built
lab_boot "$folder" "$hosts" "$door"
mkdir -p "$folder/root/.nuke"
ours Prepare >"$folder/log" 2>&1 || { tail -n 60 "$folder/log"; exit 1; }

began=$EPOCHREALTIME
ours Run >"$folder/log" 2>&1 &
program=$!
until grep -q "start together" "$folder/log"; do kill -0 "$program" 2>/dev/null || break; sleep 0.1; done
watcher=$(pgrep -P "$program")
before=$(cpu "$watcher") since=$EPOCHREALTIME
sleep "$((seconds - 5))"
after=$(cpu "$watcher") until=$EPOCHREALTIME
wait "$program" || { tail -n 60 "$folder/log"; exit 1; }
took=$(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }')
ramp=$(jq '.plan.rampUpSeconds' "$folder/root/results/run.json")
phase=$(jq '[.[] | select(.name == "Run")] | last | .seconds' "$folder/root/results/phases.json")

outside=$(stat -c %.9Y "$folder"/host-*/outside/root/began | spread)
collecting=$EPOCHREALTIME
ours Collect >"$folder/log" 2>&1 || { tail -n 60 "$folder/log"; exit 1; }
collected=$EPOCHREALTIME
run=$(jq -r .runId "$folder/root/results/run.json")

copying=$EPOCHREALTIME copies=()
while read -r name words; do
    address=$(grep -oP 'ansible_host=\K\S+' <<<"$words")
    scp -O -q -i "$folder/id" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "root@$address:.livekit-loadtest/runs/$run/logs/ballast" "$folder/copy-$name" 2>/dev/null &
    copies+=("$!")
done <"$folder/hosts.ini"
for copy in "${copies[@]}"; do wait "$copy"; done
copied=$EPOCHREALTIME

ANSIBLE_PIPELINING=1 ANSIBLE_FORKS=$hosts ANSIBLE_HOST_KEY_CHECKING=0 ANSIBLE_SSH_COMMON_ARGS="-o UserKnownHostsFile=$folder/known" PATH=/usr/bin:/bin \
    ansible all -i "$folder/hosts.ini" -m raw -a 'echo began $EPOCHREALTIME' -e ansible_shell_executable=/bin/bash 2>/dev/null | grep -oP 'began \K[0-9.]+' | spread >"$folder/ansible" || :

# The limit: as many of the same programs, started by one shell with nothing between it and them.
copies=()
for ((i = 0; i < hosts; i++)); do mkdir -p "$folder/limit/$i/logs"; HOME=$folder/limit/$i "$folder/lk" --version >/dev/null; done
for ((i = 0; i < hosts; i++)); do
    (cd "$folder/limit/$i" && HOME=$PWD exec "$folder/lk" load-test --duration 3s) &
    copies+=("$!")
done
for copy in "${copies[@]}"; do wait "$copy"; done
limit=$(stat -c %.9Y "$folder"/limit/*/began | spread)

ours Report --skip >"$folder/log" 2>&1 || : # ends with Destroy
awk -v n="$hosts" -v o="$outside" -v l="$limit" -v r="$(jq -r '.startSkew | "\(.seconds * 1000 | round) ± \(.uncertaintySeconds * 1000 | ceil) ms"' "$folder/root/results/summary-stats.json" | tr -d '\n')" -v a="$(<"$folder/ansible")" \
    -v beyond="$(awk -v t="$phase" -v r="$ramp" -v s="$seconds" 'BEGIN { print t - r - s }')" -v over="$(awk -v t="$took" -v r="$ramp" -v s="$seconds" 'BEGIN { print t - r - s }')" -v c="$(awk -v a="$before" -v b="$after" -v s="$since" -v u="$until" 'BEGIN { print (b - a) / (u - s) * 100 }')" \
    -v x="$(awk -v a="$collecting" -v b="$collected" 'BEGIN { print b - a }')" -v y="$(awk -v a="$copying" -v b="$copied" 'BEGIN { print b - a }')" 'BEGIN {
    printf "%d hosts: lk started within %s ms, seen from outside; the report says %s; one shell on this machine takes %s ms to start as many, Ansible (raw, a fork for each host) %s ms\n", n, o, r, l, a
    printf "%d hosts: Run took %.1f s beyond ramp-up and duration, with the phases before it and the start of the program %.1f s; watching cost %.1f %% of a core\n", n, beyond, over, c
    printf "%d hosts: ./build.sh Collect of 5 MB each %.1f s, scp in parallel %.1f s: %.2f x\n", n, x, y, x / y }'
