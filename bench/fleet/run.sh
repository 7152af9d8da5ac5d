#!/usr/bin/env bash
# Connect, facts, tune, install lk, read back: ./build.sh Configure from a cold start, against the same as an Ansible playbook with pipelining,
# the free strategy and a fork for each host, and against mitogen. The hosts are real ones on this machine (tests/Integration.Tests/Lab), new for
# each contestant. Needs root, and: apt-get install openssh-server iproute2 ansible-core ansible-mitogen
#   bench/fleet/run.sh [HOSTS]
set -euo pipefail
cd "$(dirname "$0")/../.."
. bench/lab.sh
hosts=${1:-10}
version=9.8.7 mirror=198.19.255.254 port=8099
asset=lk_${version}_linux_$(dpkg --print-architecture).tar.gz
folder=$(mktemp -d)
export TERM=dumb AGENT=$PWD/src/LoadTesting/Hosts/Agent/loadtest-host

finish() {
    lab_leave
    kill "${server-}" 2>/dev/null || :
    ip address del "$mirror/32" dev lo 2>/dev/null || :
    rm -rf "$folder"
}
trap finish EXIT

# lk as it is released, but small, from a mirror that every host reaches.
mkdir -p "$folder/mirror/v$version"
printf '#!/bin/sh\necho lk version %s\n' "$version" >"$folder/lk"
chmod 755 "$folder/lk"
tar -czf "$folder/mirror/v$version/$asset" -C "$folder" lk
LK_SHA256=$(sha256sum <"$folder/mirror/v$version/$asset" | cut -d' ' -f1)
export LK_SHA256 LK_URL=http://$mirror:$port/v$version/$asset
ip address add "$mirror/32" dev lo
/usr/bin/python3 -m http.server "$port" --bind "$mirror" --directory "$folder/mirror" >/dev/null 2>&1 &
server=$!
ssh-keygen -q -t ed25519 -N '' -f "$folder/id"
boot() { lab_boot "$folder" "$hosts" "$mirror"; }

timed() { # NAME COMMAND...: seconds into $took, on new hosts
    local name=$1 began
    shift
    boot
    began=$EPOCHREALTIME
    "$@" >"$folder/$name.log" 2>&1 || { echo "$name failed:"; tail -n 60 "$folder/$name.log"; exit 1; }
    took=$(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }')
    lab_leave
}
ours() {
    mkdir -p "$folder/root/.nuke" # what an earlier bench remembers of its hosts is not true of these
    ./build.sh Configure --root "$folder/root" --cloud inventory --inventory "$folder/hosts.ini" --host-key-check accept-new --host-packages none --fleet bench \
        --lk-version "$version" --lk-mirror "http://$mirror:$port" --lk-sha256 "$LK_SHA256"
}
ansible() {
    ANSIBLE_SSH_COMMON_ARGS="-o UserKnownHostsFile=$folder/known_hosts" ANSIBLE_PIPELINING=1 ANSIBLE_FORKS=$hosts ANSIBLE_HOST_KEY_CHECKING=0 ANSIBLE_RETRY_FILES_ENABLED=0 STRATEGY=$1 \
        ANSIBLE_STRATEGY_PLUGINS=/usr/lib/python3/dist-packages/ansible_mitogen/plugins/strategy ANSIBLE_LOCAL_TEMP=$folder/ansible \
        PATH=/usr/bin:/bin:/usr/sbin:/sbin ansible-playbook -i "$folder/hosts.ini" bench/fleet/site.yml
}

./build.sh Plan >/dev/null 2>&1 # built
timed ours ours
mine=$took
printf '%d hosts: ./build.sh Configure %.1f s\n' "$hosts" "$mine"
for strategy in free mitogen_free; do
    timed "$strategy" ansible "$strategy"
    printf '%d hosts: Ansible, %s %.1f s, ratio %s\n' "$hosts" "$strategy" "$took" "$(awk -v a="$took" -v b="$mine" 'BEGIN { printf "%.1f", a / b }')"
done
