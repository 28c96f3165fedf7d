# SPDX-License-Identifier: Apache-2.0
"""Counts what a chain has from genesis to block LAST without decoding it: extrinsics and events by
the lengths of their lists, the state by its raw keys at genesis, at every STEPth block and at LAST.

    truth.py URL LAST STEP OUT
"""

import json
import pathlib
import sys
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from rpc import call, compact  # noqa: E402

# twox128("System") ‖ twox128("Events")
EVENTS = "0x26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7"
GENERAL = 0x45


def main():
    url, last, step, out = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    extrinsics = plain = events = samples = 0
    keys, values = Counter(), set()
    for number in range(last + 1):
        block = call(url, "chain_getBlockHash", number)
        found = call(url, "chain_getBlock", block)["block"]["extrinsics"]
        bodies = [bytes.fromhex(extrinsic[2:]) for extrinsic in found]
        extrinsics += len(bodies)
        if not any(compact(body)[1][0] == GENERAL for body in bodies):
            plain += len(bodies)
        noted = call(url, "state_getStorage", EVENTS, block)
        events += compact(bytes.fromhex(noted[2:]))[0] if noted else 0
        if number % step == 0 or number == last:
            samples += 1
            start = None
            while page := call(url, "state_getKeysPaged", "0x", 1000, start, block):
                start = page[-1]
                for key in page:
                    # Names of pallet and item are hashed to 16 bytes each; entries of maps go on.
                    if len(key) > 66:
                        keys[key[:66]] += 1
                    else:
                        values.add(key)
    with open(out, "w") as file:
        json.dump({
            "blocks": last + 1,
            "extrinsics": extrinsics,
            "extrinsics_without_general": plain,
            "events": events,
            "samples": samples,
            "map_entries": keys,
            "values": sorted(values),
        }, file, indent=1)


if __name__ == "__main__":
    main()
