"""The least that a cloud needs for N servers: one POST with max_count, deletes all at once. Prints the seconds of both and exits.

    . RCFILE; bare.py NAME N
"""
import concurrent.futures
import json
import os
import re
import sys
import time
import urllib.request

rc = os.environ
name, count = sys.argv[1], int(sys.argv[2])


def ask(method, url, body=None, headers=None):
    request = urllib.request.Request(url, json.dumps(body).encode() if body else None, {'Content-Type': 'application/json', **(headers or {})}, method=method)
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
        return json.loads(text) if text else {}, answer.headers


domain = {'name': rc.get('OS_USER_DOMAIN_NAME', 'Default')}
login = {'auth': {'identity': {'methods': ['password'], 'password': {'user': {'name': rc['OS_USERNAME'], 'domain': domain, 'password': rc['OS_PASSWORD']}}},
                  'scope': {'project': {'name': rc['OS_PROJECT_NAME'], 'domain': domain}}}}
answer, headers = ask('POST', rc['OS_AUTH_URL'].rstrip('/').removesuffix('/v3') + '/v3/auth/tokens', login)
root = {service['type']: next(e['url'] for e in service['endpoints'] if e['interface'] == 'public').rstrip('/') for service in answer['token']['catalog']}
compute, token = root['compute'], {'X-Auth-Token': headers['X-Subject-Token'], 'OpenStack-API-Version': 'compute 2.60'}
first = lambda url, kind, wanted: next(thing['id'] for thing in ask('GET', url, headers=token)[0][kind] if thing['name'] == wanted)
image = first(re.sub('/v2$', '', root['image']) + '/v2/images', 'images', 'Ubuntu-24.04-Noble')
flavor = first(compute + '/flavors', 'flavors', 'c1.large')
network = first(re.sub('/v2.0$', '', root['network']) + '/v2.0/networks', 'networks', 'internal')
servers = lambda: ask('GET', f'{compute}/servers/detail?name=^{name}', headers=token)[0]['servers']

began = time.monotonic()
ask('POST', compute + '/servers', {'server': {'name': name, 'flavorRef': flavor, 'imageRef': image, 'networks': [{'uuid': network}], 'min_count': count, 'max_count': count}}, token)
there = []
while [server['status'] for server in there].count('ACTIVE') < count:
    time.sleep(0.5)
    there = servers()
up = time.monotonic() - began

began = time.monotonic()
with concurrent.futures.ThreadPoolExecutor(count) as pool:
    list(pool.map(lambda server: ask('DELETE', f"{compute}/servers/{server['id']}", headers=token), there))
while servers():
    time.sleep(0.5)
print(f'{up:.2f} {time.monotonic() - began:.2f}')
