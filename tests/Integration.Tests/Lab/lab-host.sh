#!/usr/bin/env bash
# A host of its own on this machine: a network with one cable to the controller, processes, a root of which nothing reaches the real one, and
# a real sshd. It lives until its standard input ends, so nothing of it outlives whoever started it; its kernel takes the rest away. Needs root.
#   lab-host.sh start FOLDER LINK HOST_ADDRESS CONTROLLER_ADDRESS MEGABYTES
# FOLDER has ssh_host_ed25519_key and authorized_keys. Says "up PID" when the host is there, PID being its first process.
set -euo pipefail
stage=$1 folder=$2 link=$3 address=$4 controller=$5 megabytes=$6 outside=${7-$$}

case $stage in
start)
    unshare --net bash "$0" cable "${@:2}" "$$"
    ;;
cable)
    ip link add eth0 type veth peer name "$link" netns "$outside"
    ip link set lo up
    ip link set eth0 up
    ip address add "$address/30" dev eth0
    nsenter -t "$outside" --net bash -c "ip address add $controller/30 dev $link && ip link set $link up"
    exec unshare --mount --pid --uts --fork --kill-child bash "$0" boot "${@:2}"
    ;;
boot)
    disk=$folder/disk root=$folder/root
    mkdir -p "$disk" "$root"
    mount --make-rprivate /
    read -r pid _ </proc/self/stat # proc is still the machine's: this is what the controller calls us
    mount -t tmpfs -o "size=${megabytes}m" disk "$disk"
    mkdir "$disk/upper" "$disk/work" "$disk/home" "$disk/sys"
    mount -t overlay root -o "lowerdir=/,upperdir=$disk/upper,workdir=$disk/work" "$root"
    mount --rbind /dev "$root/dev"
    mount -t proc proc "$root/proc"
    mount -t tmpfs run "$root/run"
    mount --bind "$disk/home" "$root/root"

    # The kernel keeps these for all its hosts together: here each host has files of its own, so that no test changes the machine.
    cp -r /proc/sys/net/core "$disk/sys/core" 2>/dev/null || :
    chmod -R u+w "$disk/sys"
    for setting in rmem_max rmem_default wmem_max wmem_default; do echo 212992 >"$disk/sys/core/$setting"; done
    echo pfifo_fast >"$disk/sys/core/default_qdisc"
    echo 1000 >"$disk/sys/core/netdev_max_backlog"
    echo 300 >"$disk/sys/core/netdev_budget"
    echo 9223372 >"$disk/sys/file-max"
    echo 524288 >"$disk/sys/nr_open"
    echo 65536 >"$disk/sys/nf_conntrack_max"
    mount --bind "$disk/sys/core" "$root/proc/sys/net/core"
    mount --bind "$disk/sys/file-max" "$root/proc/sys/fs/file-max"
    mount --bind "$disk/sys/nr_open" "$root/proc/sys/fs/nr_open"
    mount --bind "$disk/sys/nf_conntrack_max" "$root/proc/sys/net/netfilter/nf_conntrack_max"
    echo reno >"$root/proc/sys/net/ipv4/tcp_congestion_control"

    mkdir -p "$root/sys/module/nf_conntrack/parameters" "$root/sys/devices/system/cpu/cpu"{0,1}/cpufreq
    echo 16384 >"$root/sys/module/nf_conntrack/parameters/hashsize"
    echo performance >"$root/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"
    echo schedutil >"$root/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor"

    mkdir -p "$root/run/sshd" "$root/run/lab" "$root/etc/sysctl.d"
    cp "$folder/ssh_host_ed25519_key" "$folder/authorized_keys" "$root/run/lab/"
    chmod 600 "$root/run/lab/"*
    cat >"$root/run/lab/sshd_config" <<CONFIG
ListenAddress $address
HostKey /run/lab/ssh_host_ed25519_key
AuthorizedKeysFile /run/lab/authorized_keys
PidFile /run/lab/sshd.pid
StrictModes no
UsePAM no
Subsystem sftp internal-sftp
UseDNS no
PasswordAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
CONFIG
    mkdir "$root/run/machine"
    cd "$root"
    pivot_root . run/machine
    umount -l /run/machine
    hostname "$link"
    cd /
    /usr/sbin/sshd -D -E /run/lab/sshd.log -f /run/lab/sshd_config </dev/null &
    echo "up $pid"
    read -r _ || :
    ;;
esac
