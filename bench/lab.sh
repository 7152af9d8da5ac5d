# shellcheck shell=bash
# Real sshd hosts on this machine (tests/Integration.Tests/Lab), each with a network, processes and a root of its own. Sourced; needs root.
#   lab_boot FOLDER HOSTS [ADDRESS]   new hosts, named in FOLDER/hosts.ini, which let in the key FOLDER/id and reach ADDRESS of this machine;
#                                     FOLDER/host-N/outside is the root of the host as seen from outside
#   lab_leave                         ends them
lab_inputs=() lab_boots=()
lab_leave() {
    local input boot
    for input in "${lab_inputs[@]}"; do eval "exec $input>&-"; done
    for boot in "${lab_boots[@]}"; do wait "$boot" 2>/dev/null || :; done
    # The kernel takes its time to end fifty networks: their cables are not to be in the way of the next ones.
    for boot in "${!lab_boots[@]}"; do ip link del "bench$((boot + 1))" 2>/dev/null || :; done
    lab_inputs=() lab_boots=()
}
lab_boot() {
    local folder=$1 hosts=$2 reached=${3-} i home output input line slot near far
    [ -e "$folder/id" ] || ssh-keygen -q -t ed25519 -N '' -f "$folder/id"
    : >"$folder/hosts.ini"
    for ((i = 1; i <= hosts; i++)); do
        home=$folder/host-$i slot=$((4 * (i + 12000)))
        near=198.18.$((slot / 256)).$((slot % 256 + 1)) far=198.18.$((slot / 256)).$((slot % 256 + 2))
        rm -rf "$home" && mkdir "$home" && mkfifo "$home/in" "$home/out"
        [ -e "$folder/key-$i" ] || ssh-keygen -q -t ed25519 -N '' -f "$folder/key-$i"
        cp "$folder/key-$i" "$home/ssh_host_ed25519_key"
        cp "$folder/id.pub" "$home/authorized_keys"
        bash tests/Integration.Tests/Lab/lab-host.sh start "$home" "bench$i" "$far" "$near" 512 <"$home/in" >"$home/out" 2>"$home/log" &
        lab_boots+=("$!")
        exec {input}>"$home/in" {output}<"$home/out"
        lab_inputs+=("$input")
        read -r -t 60 line <&"$output"
        exec {output}<&-
        ln -s "/proc/${line#up }/root" "$home/outside"
        [ -z "$reached" ] || nsenter -t "${line#up }" --net ip route add "$reached" via "$near"
        echo "vm$i ansible_host=$far ansible_user=root ansible_ssh_private_key_file=$folder/id ansible_python_interpreter=/usr/bin/python3" >>"$folder/hosts.ini"
    done
}
