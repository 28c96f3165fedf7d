#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Receives the webhooks of Eventum feeds: an example that a requester can start from.

Put the address of this program into a feed's "webhook_url" and it keeps every result:

    python3.12 -m venv .venv/receiver
    .venv/receiver/bin/pip install -r scripts/receiver-requirements.txt
    .venv/receiver/bin/python scripts/receiver.py \\
        --listen 127.0.0.1:8080 --rpc http://127.0.0.1:9944 --log events.jsonl

    "webhook_url": "http://127.0.0.1:8080/hook"

(A node posts to such a local address only if it runs with --webhook-allow-private.)

What a receiver has to do, and what this one does:

 1. Check the signature. Posts follow the Standard Webhooks convention, scheme v1a (ed25519), so a
    library does it. The keys are those of the members of the feed's committee; any node tells them
    by eventum_webhookKeys(feed). A post that fails is answered with 401.
 2. Expect a post more than once. Delivery is at least once, and several members may post the same
    result; all use the same webhook-id. Repeats are answered with 200 and dropped.
 3. Ignore what is old. "event_nonce" counts the pushes of a round; a lower one than was seen is
    answered with 200 and dropped.
 4. Keep the result before answering 200: after that nobody posts it again.

One member's signature says who posted. That the committee agrees is said by "certificate"; whoever
moves money on a result should check that too, with the committee's keys on chain.

Events are appended to the log, one JSON object a line: {"id", "received_ms", "body"}. They can be
read back, also from other programs:

    GET /events?from=N   {"next": n, "events": [{"id", "received_ms", "body"}, ...],
                          "repeats": r, "stale": s, "invalid": i}

"next" is what to ask from the next time; at most 10,000 events come at once.
"""

import argparse
import asyncio
import base64
import itertools
import json
import os
import re
import sys
import threading
import time
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

if sys.version_info < (3, 12):
    sys.exit("receiver.py needs Python 3.12 or newer, for the library that checks signatures")

try:
    from authweave_core import InMemoryReplayStore
    from authweave_webhooks import (
        MAX_BODY_BYTES,
        MAX_PUBLIC_KEYS,
        Ed25519PublicKey,
        PublicKeyDocument,
        StandardWebhooksVerifier,
        StaticPublicKeyResolver,
        WebhookFailureCode,
        WebhookVerificationError,
    )
except ImportError as error:
    sys.exit(f"{error}: pip install -r scripts/receiver-requirements.txt")

EVENTS_AT_ONCE = 10_000
# Ids that the library remembers for as long as their timestamps could pass.
REPLAY_CAPACITY = 1_000_000
RPC_TIMEOUT = 5
# Forged posts must not make the node answer a question each.
REFETCH_INTERVAL = 1
# Feeds of which it is remembered that no node knew them, so that made-up ones do not fill memory.
MAX_UNKNOWN_FEEDS = 10_000
CONTRACT = re.compile(r"eventum:([0-9]{1,20})/([0-9]{1,5})", re.ASCII)


class Refused(Exception):
    """A post that is not taken, with the status to answer."""

    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status


class Keys:
    """The webhook keys of committees, as nodes tell them."""

    def __init__(self, nodes):
        self.nodes = nodes
        self.known = {}
        self.lock = threading.Lock()

    def get(self, feed, refresh=False):
        """The keys of a feed's committee; asks a node if they are unknown or to be refreshed."""
        with self.lock:
            keys, asked = self.known.get(feed, ((), -REFETCH_INTERVAL))
            recent = time.monotonic() - asked < REFETCH_INTERVAL
        if (keys and not refresh) or recent:
            return keys
        # Nodes forget committees whose feeds are settled, and late posts are still theirs.
        keys = self.ask(feed) or keys
        with self.lock:
            if keys or len(self.known) < MAX_UNKNOWN_FEEDS:
                self.known[feed] = (keys, time.monotonic())
        return keys

    def ask(self, feed):
        """Asks the nodes in turn until one knows; none of them may know the feed yet."""
        call = json.dumps({
            "jsonrpc": "2.0",
            "id": 1,
            "method": "eventum_webhookKeys",
            "params": [f"{feed[0]}/{feed[1]}"],
        }).encode()
        answered = False
        reasons = []
        for node in self.nodes:
            request = urllib.request.Request(node, call, {"content-type": "application/json"})
            try:
                with urllib.request.urlopen(request, timeout=RPC_TIMEOUT) as response:
                    answer = json.load(response)
                if "result" in answer:
                    return tuple(decode_key(key) for key in answer["result"])
                answered = True
            except (OSError, ValueError, TypeError) as error:
                reasons.append(f"{node}: {error}")
        if answered:
            return ()
        raise Refused(503, "no node tells the keys: " + "; ".join(reasons))


def decode_key(text):
    """The 32 bytes of a key written whpk_<base64>."""
    prefix, separator, encoded = text.partition("_")
    if prefix != "whpk" or not separator:
        raise ValueError(f"not a webhook key: {text}")
    return base64.b64decode(encoded, validate=True)


class Receiver:
    """Checks posts and keeps events."""

    def __init__(self, keys, log, feeds, tolerance):
        self.keys = keys
        self.feeds = feeds
        self.tolerance = tolerance
        self.lock = threading.Lock()
        self.replays = InMemoryReplayStore(capacity=REPLAY_CAPACITY, time_source=time.monotonic)
        self.events = []
        self.ids = set()
        self.newest = {}
        self.repeats = self.stale = self.invalid = 0
        self.log = open(log, "a+", encoding="utf-8")
        self.read_log()

    def read_log(self):
        """Takes up what an earlier run has kept; a line that was cut off by a crash is cut away."""
        self.log.seek(0)
        good = 0
        for line in iter(self.log.readline, ""):
            try:
                event = json.loads(line) if line.endswith("\n") else None
            except ValueError:
                event = None
            if event is None:
                break
            good = self.log.tell()
            _, rounds, nonce = identify(event["body"])
            self.remember(event, rounds, nonce)
        self.log.truncate(good)

    def remember(self, event, rounds, nonce):
        self.events.append(event)
        self.ids.add(event["id"])
        self.newest[rounds] = max(nonce, self.newest.get(rounds, 0))

    def take(self, headers, raw, received_ms):
        """Checks a post and keeps it; says what became of it."""
        try:
            body = json.loads(raw)
            feed, rounds, nonce = identify(body)
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise Refused(400, f"not an event: {error!r}") from error
        if self.feeds and feed not in self.feeds:
            raise Refused(401, f"feed {feed[0]}/{feed[1]} is not expected here")
        webhook_id = self.verify(feed, headers, raw)
        if webhook_id != f"{rounds}-{nonce}":
            raise Refused(400, "the webhook-id is not that of the event")
        with self.lock:
            if webhook_id in self.ids:
                self.repeats += 1
                return "repeat"
            if nonce < self.newest.get(rounds, 0):
                self.stale += 1
                return "stale"
            event = {"id": webhook_id, "received_ms": received_ms, "body": body}
            try:
                self.log.write(json.dumps(event, ensure_ascii=False) + "\n")
                self.log.flush()
                os.fsync(self.log.fileno())
            except OSError as error:
                raise Refused(503, f"the log cannot be written: {error}") from error
            self.remember(event, rounds, nonce)
            return "kept"

    def verify(self, feed, headers, raw):
        """The id of a post that a member of the feed's committee has signed."""
        for refresh in (False, True):
            keys = self.keys.get(feed, refresh)
            # The library's store of ids wants one event loop at a time.
            with self.lock:
                verified = asyncio.run(self.verify_with(keys, feed, headers, raw))
            if verified is not None:
                return verified.webhook_id
        raise Refused(401, "no member of the feed's committee has signed this")

    async def verify_with(self, keys, feed, headers, raw):
        name = f"{feed[0]}/{feed[1]}"
        # The library takes three keys at a time; committees have at least four.
        for some in itertools.batched(keys, MAX_PUBLIC_KEYS):
            document = PublicKeyDocument(
                version="1",
                environment="eventum",
                owner=name,
                endpoint="/hook",
                not_before=0,
                retire_after=None,
                keys=tuple(Ed25519PublicKey(key) for key in some),
            )
            verifier = StandardWebhooksVerifier(
                StaticPublicKeyResolver(document),
                replay_store=self.replays,
                expected_environment="eventum",
                expected_owner=name,
                expected_endpoint="/hook",
                timestamp_tolerance_seconds=self.tolerance,
                time_source=lambda: int(time.time()),
            )
            try:
                return await verifier.verify(headers=headers, body=raw)
            except WebhookVerificationError as error:
                # Others of the keys may fit.
                if error.code is WebhookFailureCode.SIGNATURE_INVALID:
                    continue
                if error.code is WebhookFailureCode.STORE_UNAVAILABLE:
                    raise Refused(503, "too many posts at once") from error
                raise Refused(401, error.code.value) from error
        return None

    def since(self, start):
        """Events from a number on, and what was not kept."""
        with self.lock:
            events = self.events[start : start + EVENTS_AT_ONCE]
            return {
                "next": start + len(events),
                "events": events,
                "repeats": self.repeats,
                "stale": self.stale,
                "invalid": self.invalid,
            }


def identify(body):
    """The feed, the round ("market-index-round") and the number of the push of an event."""
    event = body["data"][0]
    contract = CONTRACT.fullmatch(event["contract"])
    if contract is None:
        raise ValueError("contract")
    feed = (int(contract[1]), int(contract[2]))
    rounds, nonce = event["event_id"], event["event_nonce"]
    if type(nonce) is not int or nonce < 1:
        raise ValueError("event_nonce")
    # A member of one feed's committee has no say in another feed.
    if re.fullmatch(f"{feed[0]}-{feed[1]}-[0-9]{{1,10}}", rounds, re.ASCII) is None:
        raise ValueError("event_id is not of the contract's feed")
    return feed, rounds, nonce


class Handler(BaseHTTPRequestHandler):
    """HTTP: POST /hook and GET /events."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30
    receiver = None

    def do_POST(self):
        try:
            raw = self.read_body()
            received_ms = time.time_ns() // 1_000_000
            if urllib.parse.urlsplit(self.path).path != "/hook":
                return self.answer(404, {"error": "post to /hook"})
            said = self.receiver.take(list(self.headers.items()), raw, received_ms)
            self.answer(200, {"event": said})
        except Refused as refused:
            if refused.status < 500:
                with self.receiver.lock:
                    self.receiver.invalid += 1
            print(f"refused: {refused}", file=sys.stderr, flush=True)
            self.answer(refused.status, {"error": str(refused)})

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        if url.path != "/events":
            return self.answer(404, {"error": "get /events?from=N"})
        start = urllib.parse.parse_qs(url.query).get("from", ["0"])[0]
        if not (start.isascii() and start.isdigit()):
            return self.answer(400, {"error": "from must be a number"})
        self.answer(200, self.receiver.since(int(start)))

    def read_body(self):
        length = self.headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            self.close_connection = True
            raise Refused(411, "content-length is missing")
        if int(length) > MAX_BODY_BYTES:
            self.close_connection = True
            raise Refused(413, f"more than {MAX_BODY_BYTES} bytes")
        return self.rfile.read(int(length))

    def answer(self, status, value):
        data = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format, *args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


def parse_listen(text):
    host, separator, port = text.rpartition(":")
    if not separator or not port.isdigit():
        raise argparse.ArgumentTypeError("write HOST:PORT, for example 127.0.0.1:8080")
    return host.strip("[]"), int(port)


def parse_feed(text):
    market, _, index = text.partition("/")
    if not market.isdigit() or not (index or "0").isdigit():
        raise argparse.ArgumentTypeError("write MARKET/INDEX, for example 12/0")
    return int(market), int(index or 0)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--listen", type=parse_listen, default=("127.0.0.1", 8080), metavar="HOST:PORT",
        help="where to receive; port 0 takes a free one (127.0.0.1:8080)",
    )
    parser.add_argument(
        "--rpc", action="append", required=True, metavar="URL",
        help="HTTP JSON-RPC of a node that is asked for keys; repeat it for nodes to fall back on",
    )
    parser.add_argument(
        "--log", required=True, metavar="FILE", help="where events are kept, one a line"
    )
    parser.add_argument(
        "--feed", action="append", type=parse_feed, default=[], metavar="MARKET/INDEX",
        help="take events of this feed alone; repeat it for several (any feed: anyone can name "
        "this address as the webhook of a feed of his own)",
    )
    parser.add_argument(
        "--tolerance", type=int, default=300, metavar="SECONDS",
        help="how far a post's timestamp may be from this machine's clock (300)",
    )
    arguments = parser.parse_args()
    Handler.receiver = Receiver(
        Keys(arguments.rpc), arguments.log, set(arguments.feed), arguments.tolerance
    )
    server = Server(arguments.listen, Handler)
    host, port = server.server_address[:2]
    print(f"receiving at http://{host}:{port}/hook", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
