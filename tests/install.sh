#!/usr/bin/env bash
# Installs what the tests need and a machine may lack. As root it installs Debian packages; as anybody else it says what is missing,
# and the tests that need it are reported as not run.
set -eu
declare -A packages=([sshd]=openssh-server [sftp]=openssh-client [sar]=sysstat [chromium]=chromium [curl]=curl [awk]=mawk [shellcheck]=shellcheck
    [ip]=iproute2 [nft]=nftables [nsenter]=util-linux [sysctl]=procps)
missing=()
for program in "${!packages[@]}"; do
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || missing+=("${packages[$program]}")
done
((${#missing[@]})) || exit 0
if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    printf 'Not installed: %s. Tests that need them will not run.\n' "${missing[*]}"
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# No daemon is started by the installation: the tests start their own, on loopback.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod +x /usr/sbin/policy-rc.d
trap 'rm -f /usr/sbin/policy-rc.d' EXIT
apt-get install -y -qq --no-install-recommends "${missing[@]}"
