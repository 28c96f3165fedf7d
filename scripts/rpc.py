#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks nodes by JSON-RPC.

rpc.py call URL METHOD [PARAM ...]   prints the result; parameters are JSON, or text
rpc.py state URL                     prints "PEERS BEST FINALIZED" of a node
rpc.py check URL                     has the chain check its own state; prints what does not hold
rpc.py free PORT ...                 prints the ports that somebody listens on; fails if any
"""

import json
import socket
import sys
import urllib.request


def call(url, method, *params, patience=10):
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
    request = urllib.request.Request(
        url, body.encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=patience) as response:
        answer = json.load(response)
    if "error" in answer:
        raise RuntimeError(f"{method}: {answer['error']}")
    return answer["result"]


def state(url):
    peers = call(url, "system_health")["peers"]
    best = call(url, "chain_getHeader")["number"]
    head = call(url, "chain_getFinalizedHead")
    finalized = call(url, "chain_getHeader", head)["number"]
    return peers, int(best, 16), int(finalized, 16)


def compact(data):
    """Reads a SCALE compact length; returns it and the rest."""
    mode = data[0] & 3
    size = (1, 2, 4)[mode]
    return int.from_bytes(data[:size], "little") >> 2, data[size:]


def check(url):
    """None, or what does not hold of the finalized state."""
    head = call(url, "chain_getFinalizedHead")
    answer = bytes.fromhex(call(url, "state_call", "InvariantsApi_check", "0x", head)[2:])
    if answer == b"\0":
        return None
    length, text = compact(answer[1:])
    return text[:length].decode()


def busy(ports):
    taken = []
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                taken.append(port)
    return taken


def as_json(text):
    try:
        return json.loads(text)
    except ValueError:
        return text


def main(what, *rest):
    if what == "call":
        url, method, *params = rest
        result = call(url, method, *map(as_json, params))
        print(result if isinstance(result, str) else json.dumps(result))
    elif what == "state":
        print(*state(rest[0]))
    elif what == "check":
        fault = check(rest[0])
        if fault is not None:
            sys.exit(f"the state of the chain is not as it must be: {fault}")
    elif what == "free":
        taken = busy(map(int, rest))
        print(*taken)
        sys.exit(bool(taken))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(*(sys.argv[1:] or ["help"]))
    except (OSError, RuntimeError, TypeError) as error:
        sys.exit(f"{' '.join(sys.argv[1:3])}: {error}")
