#!/usr/bin/env bash
# Many hosts from one controller: connections as the phases make them, host keys verified, against nothing but SSH.NET, as it comes and with
# the same key exchange (docs/adr/0008). The hosts are as many addresses of one real sshd, in a network of their own. Each has its turn three times; medians are compared. Needs root, and: apt-get install openssh-server
#   bench/Connect/run.sh [HOSTS]
set -euo pipefail
cd "$(dirname "$0")/../.."
if [[ ${2-} != inside ]]; then
    dotnet build -c Release bench/Connect -v q --nologo | { grep -E 'error|warning' || :; }
    exec unshare --net bash "$0" "${1:-1000}" inside
fi
hosts=$1
folder=$(mktemp -d)
finish() {
    kill "${server-}" 2>/dev/null || :
    rm -rf "$folder"
}
trap finish EXIT
ip link set lo up
mkdir -p /run/sshd
for name in host id; do ssh-keygen -q -t ed25519 -N '' -f "$folder/$name"; done
cp "$folder/id.pub" "$folder/authorized_keys"
cat >"$folder/sshd_config" <<CONFIG
Port 2222
HostKey $folder/host
AuthorizedKeysFile $folder/authorized_keys
PidFile none
StrictModes no
UsePAM no
UseDNS no
PasswordAuthentication no
PermitRootLogin prohibit-password
MaxStartups 1000
SetEnv HOME=$folder
CONFIG
/usr/sbin/sshd -D -f "$folder/sshd_config" &
server=$!
median() { sort -n | sed -n 2p; }
for _ in 1 2 3; do
    for way in bare x25519 ours; do
        dotnet bench/Connect/bin/Release/net10.0/Connect.dll "$way" "$folder/id" "$folder/host.pub" "$folder" 2222 "$hosts" >>"$folder/$way.txt"
        sleep 3 # what served the last connections has to go
    done
done
read_column() { cut -d' ' -f"$2" "$folder/$1.txt" | median; }
awk -v n="$hosts" -v ours="$(read_column ours 1)" -v bare="$(read_column bare 1)" -v same="$(read_column x25519 1)" -v command="$(read_column ours 2)" -v memory="$(read_column ours 3)" -v least="$(read_column x25519 3)" 'BEGIN {
    printf "%d connections: %.1f s, SSH.NET alone %.1f s: %.2f x, with the same key exchange %.1f s: %.2f x; a command on each of them %.1f s more; %d MB at most, SSH.NET alone %d MB\n", n, ours, bare, ours / bare, same, ours / same, command, memory, least }'
