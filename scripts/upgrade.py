#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Upgrades of the runtime, as they happen on chain once governance has agreed to one.

    upgrade.py authorize SPEC CODE   writes into a raw chain specification that CODE is authorized
    upgrade.py apply CODE URL ...    submits CODE to the first node, and waits until all have it as
                                     the code of their finalized state

Who may authorize an upgrade is for the chain to say: here its genesis has, since a development chain
has nobody who could. Applying it is open to all, and is what a real upgrade does.
"""

import hashlib
import json
import pathlib
import sys
import time

import rpc

# Storage key of System.AuthorizedUpgrade: twox_128 of either word.
AUTHORIZED = "0x26aa394eea5630e07c48ae0c9558cef7" + "2fa9f1bf25567808771bff091dc89ecd"
# system.apply_authorized_upgrade: pallet, call.
APPLY = b"\x00\x0b"
# Nodes compile the code when they first see it, which takes a while on a busy machine.
PATIENCE = 180


def compact(number):
    """SCALE compact length of at most 2^30."""
    for mode, size in (0, 1), (1, 2), (2, 4):
        if number < 1 << (8 * size - 2):
            return (number << 2 | mode).to_bytes(size, "little")
    raise ValueError(f"{number} is too long")


def authorize(spec, code):
    path, code = pathlib.Path(spec), pathlib.Path(code).read_bytes()
    chain = json.loads(path.read_text())
    top = chain["genesis"]["raw"]["top"]
    # Hash of the code, and that its version has to be higher.
    top[AUTHORIZED] = "0x" + hashlib.blake2b(code, digest_size=32).hexdigest() + "01"
    path.write_text(json.dumps(chain))


def version(url):
    head = rpc.call(url, "chain_getFinalizedHead", patience=PATIENCE)
    return rpc.call(url, "state_getRuntimeVersion", head, patience=PATIENCE)["specVersion"]


def apply(code, *urls):
    code = pathlib.Path(code).read_bytes()
    before = version(urls[0])
    # A bare extrinsic: nobody signs it.
    call = b"\x05" + APPLY + compact(len(code)) + code
    rpc.call(urls[0], "author_submitExtrinsic", "0x" + (compact(len(call)) + call).hex(),
             patience=PATIENCE)
    deadline = time.monotonic() + PATIENCE
    while (now := {version(url) for url in urls}) != {before + 1}:
        if time.monotonic() > deadline:
            sys.exit(f"upgrade: after {PATIENCE} s versions are {sorted(now)}, before it was {before}")
        time.sleep(0.5)
    print(f"upgrade: from version {before} to {before + 1}, finalized on {len(urls)} nodes",
          file=sys.stderr)


if __name__ == "__main__":
    commands = {"authorize": authorize, "apply": apply}
    if len(sys.argv) < 4 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])
