# SPDX-License-Identifier: Apache-2.0
"""Holds what the judges found against each other and against the raw counts, and prints a table.

    check.py OUT

OUT has truth.json and, of each judge, act-NAME.json and read-NAME.json.
"""

import json
import pathlib
import sys

import xxhash

# Those that decode general transactions, in which certificates and details travel.
WHOLE = ["polkadot-js", "papi", "subxt"]
PARTIAL = ["python"]
# What the chain must have, or the judges have shown little.
EXTRINSICS = {
    "Timestamp.set", "Utility.batch_all", "Markets.join", "Markets.submit_certificate",
    "Markets.submit_detail", "Committees.accept",
}
EVENTS = {
    "System.ExtrinsicSuccess", "Balances.Transfer", "Markets.MarketCreated", "Markets.Joined",
    "Markets.OutcomeCertified", "Markets.ReporterSettled", "Markets.FeedSettled", "Markets.FeedVoided",
    "Preimage.Noted",
}
STORAGE = {
    "System.Account", "Balances.Holds", "Markets.Feeds", "Markets.ReporterPages",
    "Markets.Memberships", "Markets.Outcomes", "Markets.Agenda", "Committees.Committees",
    "Committees.Draws", "Preimage.PreimageFor", "Session.NextKeys",
}


class Checks:
    def __init__(self):
        self.passed, self.failed = 0, 0

    def true(self, what, holds, why=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"  wrong: {what}{': ' if why else ''}{why}")

    def equal(self, what, found, expected):
        self.true(what, found == expected, f"is {found}, should be {expected}")


def different(one, other):
    names = sorted({*one, *other})
    return {name: (one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)}


def twox128(name):
    return b"".join(xxhash.xxh64(name, seed=seed).digest()[::-1] for seed in (0, 1)).hex()


def prefix(name):
    pallet, item = name.split(".")
    return f"0x{twox128(pallet)}{twox128(item)}"


def main():
    place = pathlib.Path(sys.argv[1])
    truth = json.loads((place / "truth.json").read_text())
    acts = {name: json.loads((place / f"act-{name}.json").read_text()) for name in WHOLE + PARTIAL}
    reads = {name: json.loads((place / f"read-{name}.json").read_text()) for name in WHOLE + PARTIAL}
    metadata = json.loads((place / "metadata-polkadot-js.json").read_text())["counts"]
    checks = Checks()

    first = reads[WHOLE[0]]
    for name, read in reads.items():
        expected = truth["extrinsics" if name in WHOLE else "extrinsics_without_general"]
        checks.equal(f"{name}: blocks", read["blocks"], truth["blocks"])
        checks.equal(f"{name}: extrinsics", sum(read["extrinsics"].values()), expected)
        checks.equal(f"{name}: events", sum(read["events"].values()), truth["events"])
        kinds = ["events", "storage"] + (["extrinsics"] if name in WHOLE else [])
        for kind in kinds:
            unlike = different(read[kind], first[kind])
            checks.true(f"{name}: {kind} by name as {WHOLE[0]} has them", not unlike, str(unlike))
        for kind, wanted in ("events", EVENTS), ("storage", STORAGE):
            missing = {wanted for wanted in wanted if not read[kind].get(wanted)}
            checks.true(f"{name}: has seen all kinds of {kind}", not missing, str(missing))
    missing = EXTRINSICS - {*first["extrinsics"]}
    checks.true("all kinds of extrinsics are there", not missing, str(missing))

    # Every raw key belongs to an item that the judges know, and they found as many entries.
    items = {prefix(name): name for name in first["storage"]}
    for key, count in truth["map_entries"].items():
        name = items.get(key)
        if name:
            checks.equal(f"entries of {name}", first["storage"][name], count)
        else:
            checks.true("keys belong to items", is_own(key), key)
    for key in truth["values"]:
        name = items.get(key)
        if name:
            checks.equal(f"values of {name}", first["storage"][name], truth["samples"])
        else:
            checks.true("keys belong to items", is_own(key), key)
    for key, name in items.items():
        counted = key in truth["map_entries"] or first["storage"][name] in (0, truth["samples"])
        checks.true(f"{name} is in the state as often as it was read", counted)

    markets = [act["market"] for act in acts.values()]
    checks.equal("markets that judges made", len(set(markets)), len(acts))

    print(f"{'client':<26} {'blocks':>6} {'extrinsics':>10} {'events':>7} {'storage':>8} {'market':>6}  report")
    for name in WHOLE + PARTIAL:
        read, act = reads[name], acts[name]
        sums = [sum(read[kind].values()) for kind in ("extrinsics", "events", "storage")]
        print(f"{read['client']:<26} {read['blocks']:>6} {sums[0]:>10} {sums[1]:>7} {sums[2]:>8} "
              f"{act['market']:>6}  {act['reported']}, {act['pushes']} pushes read, all paid")
        if "note" in read:
            print(f"{'':<26} {read['note']}")
    print("metadata: " + ", ".join(f"{count} {name}" for name, count in metadata.items()))
    print(f"{checks.passed} passed, {checks.failed} failed")
    return checks.failed


def is_own(key):
    """Keys outside of the metadata: those of the client, which begin with a colon, and the versions
    that pallets note of their storage."""
    version = b":__STORAGE_VERSION__:"
    return key.startswith("0x3a") or key[34:66] == twox128(version)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
