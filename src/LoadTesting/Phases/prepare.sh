#!/usr/bin/env bash
# Asks whether a host could start now: prepare.sh HOME URL TOKEN SERVER PORT
#
# LiveKit's /rtc/validate answers whether it would accept a participant (pkg/service/rtcservice.go); the token goes by standard input, where
# no process list shows it. Without curl only the connection to the port is tried.
# HOST_ROOT is the prefix of /proc when the host is a folder; on a machine it is empty.
set -u
export LC_ALL=C
home=$1 url=$2 token=$3 server=$4 port=$5
printf 'lk\t%s\n' "$("$HOME/$home/bin/lk" --version 2>&1 </dev/null | head -n 1)"
printf 'free\t%s\n' "$(df -Pk "$HOME" | awk 'NR == 2 { print $4 }')"
printf 'running\t%s\n' "$(cat "${HOST_ROOT-}"/proc/[0-9]*/status 2>/dev/null </dev/null | grep -cx 'Name:[[:space:]]lk')"
if command -v curl >/dev/null; then
    answer=$(curl -q -isS -m 20 --connect-timeout 10 -w ' %{http_code}' -K - 2>&1 <<CONFIG
url = "$url/rtc/validate"
header = "Authorization: Bearer $token"
CONFIG
    )
    printf 'date\t%s\t%s\n' "${EPOCHREALTIME-}" "$(printf %s "$answer" | sed -n 's/^date: *//Ip' | tail -n 1)"
    for header in location server; do
        printf '%s\t%s\n' "$header" "$(printf %s "$answer" | sed -n "s/^$header: *//Ip" | tr -d '\r' | tail -n 1)"
    done
    answer=${answer##*$'\r\n\r\n'}
else
    answer=$(timeout 10 bash -c 'exec 3<>"/dev/tcp/$1/$2"' connect "$server" "$port" 2>&1 </dev/null && echo connected)
fi
printf 'livekit\t%s\n' "$(printf %s "$answer" | tr '\n\t' '  ')"
