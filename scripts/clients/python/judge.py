# SPDX-License-Identifier: Apache-2.0
"""What the judges in Python share: how they connect, wait, and tell."""

import importlib.metadata
import json
import sys
import time
import traceback

from substrateinterface import SubstrateInterface

NAME = f"substrate-interface {importlib.metadata.version('substrate-interface')}"


def connect(url):
    # What is not wholly decoded is a failure.
    return SubstrateInterface(url=url, config={"strict_scale_decode": True})


def say(text):
    print(f"{NAME}: {text}", flush=True)


def ensure(holds, what):
    if not holds:
        raise RuntimeError(f"it does not hold that {what}")


def until(what, ask, seconds=120):
    """Asks again and again until the answer is not None."""
    end = time.monotonic() + seconds
    while (answer := ask()) is None:
        if time.monotonic() > end:
            raise RuntimeError(f"waited {seconds} s until {what}")
        time.sleep(0.5)
    return answer


def run(out, judge):
    """Runs a judge; what it answers goes to the file."""
    started = time.monotonic()
    try:
        found = judge()
    except Exception:
        traceback.print_exc()
        sys.exit(f"{NAME}: FAILED")
    seconds = time.monotonic() - started
    with open(out, "w") as file:
        json.dump({"client": NAME, "seconds": seconds, **found}, file, indent=1)
    say(f"done in {seconds:.1f} s")
