# shellcheck shell=bash disable=SC2034
# Where things are; sourced by start.sh and stop.sh. The daemons change their user, so the state lies where everybody may enter.
HERE=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
export HERE ROOT=${OSTACK_STATE:-/var/tmp/livekit-loadtest-openstack}
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY PYTHONDONTWRITEBYTECODE
E=$ROOT/etc V=$ROOT/var L=$ROOT/log R=$ROOT/run
export ADDR=127.0.0.1
