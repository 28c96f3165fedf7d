#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""follow.py FILE PID URL ...: follows the chain on several nodes for as long as process PID runs, and
writes down what it saw, as JSON:

    blocks      hash: {"number", "parent", "certificates"} of all blocks that were a node's best or an
                ancestor of one, also of forks; certificates are {"feed", "round", "sequence", "final",
                "spec_version", "outcome"}, of which the last tells different outcomes apart
    finalized   [ms since the Unix epoch, node, number, hash], whenever a node finalized something
    best        the same for best blocks

Certificates are found by the bytes of the call, so that nothing of Eventum's own code is used.
"""

import hashlib
import json
import os
import re
import sys
import time

import rpc

# A general transaction whose extensions are empty, of markets.submit_certificate(certificate): pallet,
# call; then the outcome's feed (u64, u16), round, sequence, view (u32), block, spec_version (u32), cut,
# and why it is pushed (3: final).
CALL = re.compile(
    rb"\x45\x00.{4}\x2b\x04((.{10})(.{4})(.{4}).{4}.{32}(.{4}).{32}([\x00-\x03]))", re.S)
LOOK = 0.25


def certificates(extrinsics):
    found = []
    for extrinsic in extrinsics:
        _, body = rpc.compact(bytes.fromhex(extrinsic[2:]))
        if not (match := CALL.match(body)):
            continue
        outcome, feed, *numbers, push = match.groups()
        market, index = int.from_bytes(feed[:8], "little"), int.from_bytes(feed[8:], "little")
        number, sequence, version = (int.from_bytes(one, "little") for one in numbers)
        found.append({"feed": f"{market}/{index}", "round": number, "sequence": sequence,
                      "final": push == b"\3", "spec_version": version,
                      "outcome": hashlib.blake2b(outcome, digest_size=8).hexdigest()})
    return found


def learn(blocks, url, block):
    """Takes up a block and its ancestors; gives its number."""
    first = block
    while block not in blocks:
        answer = rpc.call(url, "chain_getBlock", block)["block"]
        header = answer["header"]
        blocks[block] = {"number": int(header["number"], 16), "parent": header["parentHash"],
                         "certificates": certificates(answer["extrinsics"])}
        if blocks[block]["number"] == 0:
            break
        block = header["parentHash"]
    return blocks[first]["number"]


def runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def main(file, pid, *urls):
    seen = {"blocks": {}, "finalized": [], "best": []}
    last = {}
    more = True
    while more:
        # Looks once more when it is over.
        more = runs(int(pid))
        for node, url in enumerate(urls):
            for what, method in ("best", "chain_getBlockHash"), ("finalized", "chain_getFinalizedHead"):
                try:
                    head = rpc.call(url, method)
                    if last.get((what, node)) != head:
                        number = learn(seen["blocks"], url, head)
                        seen[what].append([time.time_ns() // 1_000_000, node, number, head])
                        last[what, node] = head
                except (OSError, RuntimeError, TypeError) as error:
                    # It may be dead for the moment.
                    if not more:
                        print(f"follow: node {node}: {error}", file=sys.stderr)
        time.sleep(LOOK)
    with open(file, "w") as out:
        json.dump(seen, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
