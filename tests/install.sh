#!/usr/bin/env bash
# Installs what the tests need and a machine may lack. As root it installs Debian packages; as anybody else it says what is missing,
# and the tests that need it are reported as not run. `install.sh openstack` installs the control plane of tests/openstack.
set -eu
if [[ ${1-} == openstack ]]; then
    # nova-compute is not among them: its package drags in KVM, its code is in python3-nova.
    declare -A packages=([keystone-wsgi-public]=keystone [glance-api]=glance-api [placement-api]=placement-api [nova-api]=nova-api
        [nova-conductor]=nova-conductor [nova-scheduler]=nova-scheduler [neutron-server]=neutron-server [mariadbd]=mariadb-server
        [rabbitmq-server]=rabbitmq-server [openstack]=python3-openstackclient [uwsgi_python3]=uwsgi-plugin-python3
        [fixtures]=python3-fixtures [sshd]=openssh-server [curl]=curl)
    /usr/bin/python3 -c 'import fixtures' 2>/dev/null && unset 'packages[fixtures]'
else
    declare -A packages=([sshd]=openssh-server [sftp]=openssh-client [sar]=sysstat [chromium]=chromium [curl]=curl [awk]=mawk [shellcheck]=shellcheck
        [pdftotext]=poppler-utils [ip]=iproute2 [nft]=nftables [nsenter]=util-linux [sysctl]=procps
        [dnf]=dnf [zypper]=zypper [createrepo_c]=createrepo-c [rpmbuild]=rpm [faketime]=faketime)
fi
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
apt-get -o DPkg::Lock::Timeout=600 update -qq
# No daemon is started by the installation: the tests start their own, on loopback.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod +x /usr/sbin/policy-rc.d
trap 'rm -f /usr/sbin/policy-rc.d' EXIT
apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "${missing[@]}"
