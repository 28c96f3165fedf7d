# SPDX-License-Identifier: Apache-2.0
"""The receiver, run as a program, against signed posts and a node that tells the keys.

    .venv/receiver/bin/python -m unittest scripts/tests/test_receiver.py
"""

import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECEIVER = pathlib.Path(__file__).parent.parent / "receiver.py"
MEMBERS = [Ed25519PrivateKey.generate() for _ in range(5)]
STRANGER = Ed25519PrivateKey.generate()


def webhook_key(key):
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return "whpk_" + base64.b64encode(raw).decode()


class Node(BaseHTTPRequestHandler):
    """The JSON-RPC of a node, as far as keys go."""

    calls = []
    keys = {}

    def do_POST(self):
        call = json.loads(self.rfile.read(int(self.headers["content-length"])))
        Node.calls.append(call)
        answer = {"jsonrpc": "2.0", "id": call["id"]}
        keys = Node.keys.get(call["params"][0])
        if keys is None:
            answer["error"] = {"code": -32602, "message": "the feed has no committee (yet)"}
        else:
            answer["result"] = keys
        answer = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format, *args):
        pass


def event(market=12, rounds=0, nonce=1, **more):
    return {
        "data": [{
            "event_id": f"{market}-0-{rounds}",
            "contract": f"eventum:{market}/0",
            "event_state": "provisional",
            "event_nonce": nonce,
            "consensus": True,
            "consensus_value": {"name": "Zoë"},
            **more,
        }],
        "certificate": "0x00",
    }


class ReceiverTest(unittest.TestCase):
    def setUp(self):
        Node.calls.clear()
        Node.keys = {"12/0": [webhook_key(key) for key in MEMBERS]}
        self.node = ThreadingHTTPServer(("127.0.0.1", 0), Node)
        threading.Thread(target=self.node.serve_forever, daemon=True).start()
        self.directory = tempfile.TemporaryDirectory()
        self.log = pathlib.Path(self.directory.name) / "events.jsonl"
        self.start()

    def start(self, *more):
        port = self.node.server_address[1]
        command = [
            sys.executable, str(RECEIVER), "--listen", "127.0.0.1:0", "--log", str(self.log),
            "--rpc", "http://127.0.0.1:9", "--rpc", f"http://127.0.0.1:{port}", *more,
        ]
        self.program = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.url = self.program.stdout.readline().split()[-1]

    def stop(self):
        self.program.kill()
        self.program.wait()
        self.program.stdout.close()

    def tearDown(self):
        self.stop()
        self.node.shutdown()
        self.node.server_close()
        self.directory.cleanup()

    def post(self, body, key=MEMBERS[0], webhook_id=None, age=0, tamper=b""):
        raw = json.dumps(body).encode()
        data = body["data"][0]
        webhook_id = webhook_id or f"{data['event_id']}-{data['event_nonce']}"
        timestamp = int(time.time()) - age
        signature = key.sign(f"{webhook_id}.{timestamp}.".encode() + raw)
        request = urllib.request.Request(self.url, raw + tamper, {
            "content-type": "application/json",
            "webhook-id": webhook_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": "v1a," + base64.b64encode(signature).decode(),
        })
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status, json.load(response)["event"]
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)["error"]

    def events(self, start=0):
        url = self.url.replace("/hook", f"/events?from={start}")
        with urllib.request.urlopen(url, timeout=10) as response:
            return json.load(response)

    def test_a_post_of_any_member_is_kept_once(self):
        before = time.time_ns() // 1_000_000
        self.assertEqual(self.post(event()), (200, "kept"))
        for member in MEMBERS[1:]:
            self.assertEqual(self.post(event(), member), (200, "repeat"))
        found = self.events()
        self.assertEqual((found["next"], found["repeats"], found["invalid"]), (1, 4, 0))
        [kept] = found["events"]
        self.assertEqual((kept["id"], kept["body"]), ("12-0-0-1", event()))
        self.assertTrue(before <= kept["received_ms"] <= time.time_ns() // 1_000_000)
        self.assertEqual(len(Node.calls), 1, "keys are remembered")
        self.assertEqual(Node.calls[0]["method"], "eventum_webhookKeys")

    def test_old_pushes_are_ignored_and_rounds_are_apart(self):
        for nonce, said in [(1, "kept"), (3, "kept"), (2, "stale"), (4, "kept")]:
            self.assertEqual(self.post(event(nonce=nonce)), (200, said))
        self.assertEqual(self.post(event(rounds=1)), (200, "kept"))
        found = self.events(1)
        ids = [kept["id"] for kept in found["events"]]
        self.assertEqual((ids, found["next"]), (["12-0-0-3", "12-0-0-4", "12-0-1-1"], 4))
        self.assertEqual(found["stale"], 1)

    def test_what_is_not_signed_by_a_member_is_refused(self):
        self.assertEqual(self.post(event(), STRANGER)[0], 401)
        self.assertEqual(self.post(event(), tamper=b" ")[0], 401)
        self.assertEqual(self.post(event(), age=301)[0], 401)
        self.assertEqual(self.post(event(market=13))[0], 401, "a feed without a committee")
        self.assertEqual(self.post(event(), webhook_id="12-0-0-2")[0], 400)
        foreign = event(event_id="13-0-0")
        self.assertEqual(self.post(foreign)[0], 400, "one feed's member, another feed's event")
        found = self.events()
        self.assertEqual((found["events"], found["invalid"]), ([], 6))

    def test_keys_are_asked_again_when_none_fits(self):
        Node.keys["12/0"] = [webhook_key(STRANGER)]
        self.assertEqual(self.post(event())[0], 401)
        time.sleep(1.1)
        Node.keys["12/0"] = [webhook_key(MEMBERS[4])]
        self.assertEqual(self.post(event(), MEMBERS[4]), (200, "kept"))
        self.assertEqual(len(Node.calls), 2)
        for _ in range(5):
            self.assertEqual(self.post(event(nonce=2), STRANGER)[0], 401)
        self.assertLessEqual(len(Node.calls), 3, "forged posts do not load the node")

    def test_events_outlive_the_program(self):
        self.assertEqual(self.post(event(nonce=2)), (200, "kept"))
        self.stop()
        with self.log.open("a") as log:
            log.write('{"id": "12-0-9')
        self.start()
        self.assertEqual(self.post(event(nonce=2)), (200, "repeat"))
        self.assertEqual(self.post(event(nonce=1)), (200, "stale"))
        self.assertEqual(self.post(event(nonce=3)), (200, "kept"))
        lines = [json.loads(line) for line in self.log.read_text().splitlines()]
        self.assertEqual([line["id"] for line in lines], ["12-0-0-2", "12-0-0-3"])
        self.assertEqual(self.events()["events"], lines)

    def test_without_a_node_the_sender_is_to_come_again(self):
        self.node.shutdown()
        self.node.server_close()
        self.assertEqual(self.post(event())[0], 503)
        self.assertEqual(self.events()["invalid"], 0)

    def test_only_expected_feeds_are_taken(self):
        self.stop()
        self.start("--feed", "14/0")
        Node.keys["14/0"] = Node.keys["12/0"]
        self.assertEqual(self.post(event())[0], 401)
        self.assertEqual(self.post(event(market=14)), (200, "kept"))

    def test_many_posts_at_once(self):
        said = []
        def post_all(member):
            for nonce in range(1, 21):
                said.append(self.post(event(market=12, rounds=nonce), member))
        threads = [threading.Thread(target=post_all, args=[key]) for key in MEMBERS]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        self.assertEqual(said.count((200, "kept")), 20)
        self.assertEqual(said.count((200, "repeat")), 80)
        self.assertEqual(self.events()["next"], 20)


if __name__ == "__main__":
    unittest.main()
