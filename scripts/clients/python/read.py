# SPDX-License-Identifier: Apache-2.0
"""substrate-interface decodes a chain from genesis to block LAST: every event, all of the state at
genesis, at every STEPth block and at LAST, and every extrinsic of the blocks that have no general
transaction. (It takes these, in which certificates and details travel, for inherents.)

    read.py URL LAST STEP OUT
"""

import sys
from collections import Counter

from judge import connect, ensure, run, say

GENERAL = 0x45


def is_general(extrinsic):
    data = bytes.fromhex(extrinsic[2:])
    # The length, compact, takes 1, 2 or 4 bytes.
    return data[{0: 1, 1: 2, 2: 4}[data[0] & 3]] == GENERAL


def judge(url, last, step):
    chain = connect(url)
    extrinsics, events, storage = Counter(), Counter(), Counter()
    skipped = 0
    for number in range(last + 1):
        block = chain.get_block_hash(number)
        raw = chain.rpc_request("chain_getBlock", [block])["result"]["block"]["extrinsics"]
        if any(is_general(extrinsic) for extrinsic in raw):
            skipped += 1
        else:
            decoded = chain.get_extrinsics(block_hash=block)
            ensure(len(decoded) == len(raw), f"all extrinsics of block {number} are decoded")
            for extrinsic in decoded:
                call = extrinsic.value["call"]
                extrinsics[f"{call['call_module']}.{call['call_function']}"] += 1
        for event in chain.get_events(block_hash=block):
            events[f"{event.value['module_id']}.{event.value['event_id']}"] += 1
        if number % step == 0 or number == last:
            read_state(chain, block, storage)
    say(f"{last + 1} blocks read, {skipped} of them without their extrinsics")
    return {
        "blocks": last + 1,
        "extrinsics": extrinsics,
        "events": events,
        "storage": storage,
        "note": f"extrinsics of {skipped} blocks with general transactions left out",
    }


def read_state(chain, block, storage):
    for pallet in chain.get_metadata(block_hash=block).pallets:
        for item in pallet.storage or []:
            name = f"{pallet.name}.{item.value['name']}"
            if item.value["name"].startswith(":"):
                # In no metadata: the library gives each pallet an item for its version.
                continue
            if item.get_params_type_string():
                entries = chain.query_map(
                    pallet.name,
                    item.value["name"],
                    block_hash=block,
                    page_size=1000,
                    ignore_decoding_errors=False,
                )
                for key, value in entries:
                    ensure(key is not None and value is not None, f"{name} has keys and values")
                    storage[name] += 1
                storage[name] += 0
            else:
                chain.query(pallet.name, item.value["name"], block_hash=block)
                storage[name] += 1


if __name__ == "__main__":
    url, last, step, out = sys.argv[1:]
    run(out, lambda: judge(url, int(last), int(step)))
