#!/usr/bin/env bash
# livekit-client: after a failed fetch of a token, the retry gets the token of another room and another participant.
#
# Expected: TokenSource.endpoint() keeps the last token for the options it was fetched with. After an error for room B the
#           retry for room B asks the endpoint again.
# Seen:     the options of the failed fetch are kept beside the token of the fetch before it. The retry finds "its" options
#           and a token that is still valid, sends no request, and returns the token of room A with the identity of room A.
# Matters:  an application that changes rooms and retries after a 503 rejoins the room it left, without any error. A load
#           test that moves its users counts them in the wrong room, and the server's log shows no request to explain it.
# Where two meet: the tokens are livekit-server-sdk's, served over HTTP on the loopback interface.
# Needs:    node and npm.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-audit --no-fund livekit-client@2.23.0 livekit-server-sdk@2.19.2 || exit 2

cat >finding.mjs <<'JS'
import { createServer } from 'node:http';
import { once } from 'node:events';
import { TokenSource, decodeTokenPayload } from 'livekit-client';
import { AccessToken } from 'livekit-server-sdk';

let requests = 0;
let available = true;
const server = createServer(async (request, response) => {
    requests += 1;
    let text = '';
    for await (const part of request) text += part;
    if (!available) {
        response.writeHead(503).end('busy');
        return;
    }
    const { room_name: room, participant_identity: identity } = JSON.parse(text);
    const token = new AccessToken('key', 'a secret of at least 32 characters', { identity });
    token.addGrant({ roomJoin: true, room });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ server_url: 'wss://livekit.example', participant_token: await token.toJwt() }));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const source = TokenSource.endpoint(`http://127.0.0.1:${server.address().port}/token`);

async function fetchToken(roomName, participantIdentity) {
    let got;
    try {
        const { participantToken } = await source.fetch({ roomName, participantIdentity });
        const payload = decodeTokenPayload(participantToken);
        got = `${payload.sub} in ${payload.video.room}`;
    } catch (error) {
        got = `error (${error.message.replace(/^.*received /, '')})`;
    }
    console.log(`asked for ${participantIdentity} in ${roomName}: got ${got}; requests so far: ${requests}`);
    return got;
}

const before = await fetchToken('room-a', 'alice');
available = false;
const failed = await fetchToken('room-b', 'bob');
available = true;
const retried = await fetchToken('room-b', 'bob');
server.closeAllConnections();
server.close();

const asDescribed = before === 'alice in room-a' && failed.startsWith('error') && retried === before && requests === 2;
process.exitCode = asDescribed ? 0 : 3;
JS

for package in livekit-client livekit-server-sdk; do
    printf '%s %s\n' "$package" "$(node -p "require('./node_modules/$package/package.json').version")"
done
echo 'After a fetch that failed, the retry for room-b gets the token of room-a, and no request is sent:'
status=0
node finding.mjs || status=$?
case $status in
    0) echo 'The behaviour is as described.' ;;
    3) echo 'The behaviour changed.' && exit 1 ;;
    *) echo 'The program failed before it could see.' && exit 2 ;;
esac
