#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""await_round.py RECEIVER ROUND: waits until the rounds before ROUND are over, as the receiver at
this address was told; ROUND then is the one that runs."""

import json
import sys
import time
import urllib.request


def main(receiver, wanted):
    over, start = set(), 0
    while not over.issuperset(range(int(wanted))):
        with urllib.request.urlopen(f"{receiver}/events?from={start}", timeout=5) as response:
            answer = json.load(response)
        start = answer["next"]
        for event in answer["events"]:
            for told in event["body"]["data"]:
                if told["event_state"] == "final":
                    over.add(int(told["event_id"].split("-")[2]))
        time.sleep(0.05)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except OSError as error:
        sys.exit(f"round {sys.argv[2]} was not reached: {error}")
