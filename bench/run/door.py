"""As much of a LiveKit server as a run asks for: it is there, takes every key, and has no rooms of others.

    door.py ADDRESS PORT
"""
import http.server
import json
import sys


class Door(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        self.answer(b'success' if self.path.startswith('/rtc/validate') else b'OK', 'text/plain')

    def do_POST(self):
        asked = json.loads(self.body())
        made = self.path.endswith('/CreateRoom')
        self.answer(json.dumps({'name': asked.get('name'), 'sid': 'RM_bench'} if made else {}).encode(), 'application/json')

    def body(self):
        if 'Content-Length' in self.headers:
            return self.rfile.read(int(self.headers['Content-Length']))
        chunks = []
        while size := int(self.rfile.readline(), 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b''.join(chunks)

    def answer(self, body, kind):
        self.send_response(200)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Door).serve_forever()
