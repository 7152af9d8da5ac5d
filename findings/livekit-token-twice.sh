#!/usr/bin/env bash
# livekit-server-sdk: an AccessToken whose grant names the sources to publish can be signed only once.
#
# Expected: toJwt() reads the object. A second call, here for the next participant, gives a second token with the same grant.
# Seen:     toJwt() rewrites canPublishSources inside the object, from the numbers of TrackSource to names. The second call
#           finds a name where it wants a number and throws "Cannot convert TrackSource camera to string". The grant that
#           TokenVerifier.verify() returns has the same names, so a token made from a verified grant fails too.
# Matters:  code that signs many tokens (a load test, a token endpoint, a renewal before the end of the TTL) and keeps one
#           AccessToken for them. It works until the sources are restricted, and the first participant still joins.
# Needs:    node and npm.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund livekit-server-sdk@2.19.2 || exit 2

cat >finding.mjs <<'JS'
import { AccessToken, TokenVerifier, TrackSource } from 'livekit-server-sdk';

const key = 'key';
const secret = 'a secret of at least 32 characters';
const verifier = new TokenVerifier(key, secret);

async function sign(what, token) {
    try {
        const claims = await verifier.verify(await token.toJwt());
        console.log(`${what}: signed, sources ${JSON.stringify(claims.video.canPublishSources)}`);
        return claims;
    } catch (error) {
        console.log(`${what}: ${error.name}: ${error.message}`);
        return undefined;
    }
}

function tokenOf(grant) {
    const token = new AccessToken(key, secret, { identity: 'user-1' });
    token.addGrant(grant);
    return token;
}

const all = tokenOf({ roomJoin: true, room: 'load' });
await sign('all sources, first call', all);
all.identity = 'user-2';
await sign('all sources, second call', all);

const some = tokenOf({ roomJoin: true, room: 'load', canPublishSources: [TrackSource.CAMERA] });
const first = await sign('camera only, first call', some);
some.identity = 'user-2';
const second = await sign('camera only, second call', some);

const again = await sign('camera only, from the verified grant', tokenOf(first.video));

process.exitCode = first && !second && !again ? 0 : 3;
JS

version=$(node -p "require('./node_modules/livekit-server-sdk/package.json').version")
printf 'livekit-server-sdk %s, node %s\n' "$version" "$(node --version)"
echo 'A token that names the sources to publish is signed once; the second toJwt() of the same object throws:'
status=0
node finding.mjs || status=$?
case $status in
    0) echo 'The behaviour is as described.' ;;
    3) echo 'The behaviour changed.' && exit 1 ;;
    *) echo 'The program failed before it could see.' && exit 2 ;;
esac
