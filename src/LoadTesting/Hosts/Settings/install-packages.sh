#!/usr/bin/env bash
# Installs packages, as root: install-packages.sh MANAGER PACKAGE...
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l
manager=$1
shift
apt() { apt-get -qq -y -o DPkg::Lock::Timeout=60 "$@"; }
case $manager in
apt-get) apt --no-install-recommends install "$@" || { apt update && apt --no-install-recommends install "$@"; } ;;
dnf) dnf -q -y install "$@" ;;
zypper) zypper -n -q install "$@" ;;
apk) apk add -q "$@" ;;
*)
    echo "none of apt-get, dnf, zypper and apk exists"
    exit 1
    ;;
esac
