#!/bin/bash
# Ends only the processes that start.sh started, by the PIDs it wrote down. "stop.sh --wipe" also removes all state.
. "$(dirname "$(readlink -f "$0")")/env.sh"
end() {
  for n in "$@"; do [ -s $R/$n.pid ] && kill "$(cat $R/$n.pid)" 2>/dev/null; done
  for n in "$@"; do
    [ -s $R/$n.pid ] || continue
    p=$(cat $R/$n.pid)
    for _ in $(seq 100); do kill -0 $p 2>/dev/null || break; sleep 0.1; done
    kill -KILL $p 2>/dev/null && echo "$n ($p) had to be killed"
    rm -f $R/$n.pid
  done
}
mapfile -t computes < <(cd $R 2>/dev/null && ls nova-compute*.pid 2>/dev/null | sed 's/.pid$//')
end "${computes[@]}" nova-api nova-scheduler nova-conductor neutron-server glance-api placement keystone
for f in $V/vms/*/sshd.pid; do [ -s $f ] && kill "$(cat "$f")" 2>/dev/null; done
end rabbit mariadb
end epmd
[ "${1:-}" = --wipe ] && rm -rf "$ROOT"
exit 0
