#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the epochs of a network that scripts/epochs.sh ran.

    check_epochs.py epoch URL                   prints the epoch of the best block
    check_epochs.py await URL EPOCH SLOT        waits for a block in that slot of the epoch, or later
    check_epochs.py check URL OUT EVENTUM ...   checks all; EVENTUM ... is the command line to compare

Who made and missed which slots is reckoned from the headers and from who sat, what that had to be paid
from the reserve as it was: nothing of Eventum's own code is used. If substrate-interface is there it
reads the statements too.
"""

import json
import pathlib
import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import rpc  # noqa: E402

EPOCH_SLOTS, PRODUCERS, SEATS = 60, 4, 6
UNIT = 10**12


class Checks:
    """Counts what holds and says what does not."""

    def __init__(self):
        self.passed, self.failed = 0, 0

    def equal(self, what, found, expected):
        self.true(what, found == expected, f"is {found}, should be {expected}")

    def true(self, what, holds, why=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"  wrong: {what}: {why}")


def slot_of(header):
    """The slot that Aura notes in a header's digest."""
    for log in header["digest"]["logs"]:
        if log.startswith("0x0661757261"):
            return int.from_bytes(bytes.fromhex(log[-16:]), "little")
    raise ValueError("a header without a slot")


def best_slot(url):
    return slot_of(rpc.call(url, "chain_getHeader"))


def await_slot(url, epoch, slot, patience=900):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            if best_slot(url) >= epoch * EPOCH_SLOTS + slot:
                return
        except (OSError, RuntimeError, ValueError):
            pass  # The node starts.
        time.sleep(0.2)
    sys.exit(f"epoch {epoch} does not reach slot {slot}")


class Chain:
    """Finalized blocks, and the state after each."""

    def __init__(self, url, epoch_slots=EPOCH_SLOTS):
        self.url, self.epoch_slots = url, epoch_slots
        head = rpc.call(url, "chain_getFinalizedHead")
        height = int(rpc.call(url, "chain_getHeader", head)["number"], 16)
        self.hashes = [rpc.call(url, "chain_getBlockHash", number) for number in range(height + 1)]
        headers = [rpc.call(url, "chain_getHeader", one) for one in self.hashes[1:]]
        # Genesis has no slot.
        self.slots = [None, *map(slot_of, headers)]

    def first_of(self, epoch):
        """The first block of an epoch."""
        start = epoch * self.epoch_slots
        return next(block for block, slot in enumerate(self.slots) if slot and slot >= start)

    def ask(self, method, block):
        answer = rpc.call(self.url, "state_call", method, "0x", self.hashes[block])
        return bytes.fromhex(answer[2:])

    def members(self, block):
        """Accounts in the order of their slots."""
        count, data = rpc.compact(self.ask("ElectionsApi_members", block))
        members = [data[place * 32:place * 32 + 32].hex() for place in range(count)]
        producers = int.from_bytes(data[count * 32:], "little")
        return members, producers

    def budget(self, block):
        """What an epoch that ended after this block could spend."""
        return int.from_bytes(self.ask("ElectionsApi_runway", block)[16:32], "little")


class Epoch:
    """What happened in an epoch, reckoned from headers."""

    def __init__(self, chain, number):
        # The first block of an epoch is still the old set's.
        start, end = chain.first_of(number), chain.first_of(number + 1)
        self.members, producers = chain.members(start)
        self.producing = self.members[:producers]
        self.made, self.missed, self.halt = Counter(), Counter(), False
        # Slots that were skipped, and turns of a producer at most after the last halt.
        self.skipped, self.turns_after = [], 0
        for block in range(start + 1, end + 1):
            parent, slot = chain.slots[block - 1], chain.slots[block]
            gap = range(parent + 1, slot)
            self.skipped += gap
            if len(gap) > producers:
                self.halt = True
                self.turns_after = ((number + 1) * EPOCH_SLOTS - slot) // producers + 1
            # Beyond a full turn nobody is blamed.
            for missed in gap[:producers]:
                self.missed[self.producing[missed % producers]] += 1
            self.made[self.producing[slot % producers]] += 1
        self.budget = chain.budget(end - 1)
        self.per_block = self.budget * 60 // 100 // EPOCH_SLOTS
        self.for_votes = self.budget - self.budget * 60 // 100


def units(text):
    return int(Decimal(text) * UNIT)


def public_key(address):
    """The 32 bytes of an SS58 address of one or two bytes of prefix."""
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number = 0
    for letter in address:
        number = number * 58 + alphabet.index(letter)
    return number.to_bytes(40, "big")[-34:-2].hex()


def check_statements(checks, number, epoch, told):
    """Compares what the command line tells of each delegate with what was reckoned."""
    all_votes = sum(units(one["votes"]) for one in told.values())
    for account, one in told.items():
        name = f"{one['name']} in epoch {number}"
        checks.equal(f"blocks of {name}", one["made"], epoch.made[account])
        checks.equal(f"misses of {name}", one["missed"], epoch.missed[account])
        checks.equal(f"pay for blocks of {name}", units(one["blocks"]),
                     epoch.per_block * epoch.made[account])
        share = epoch.for_votes * units(one["votes"]) // all_votes
        checks.equal(f"pay for votes of {name}", units(one["epochs"]), share)
        plan = one["plan"]
        shared = sum(units(one[key]) * plan[of] // 100
                     for key, of in (("blocks", "of_blocks"), ("epochs", "of_votes")))
        if units(one["voters"]) or not shared:
            checks.equal(f"pay of voters of {name}", units(one["voters"]), shared)
        everything = units(one["blocks"]) + units(one["epochs"])
        checks.equal(f"{name} keeps", units(one["kept"]), everything - shared)
    missing = [one for one in epoch.producing if one not in told]
    checks.equal(f"producers of epoch {number} without a statement", missing, [])


def probation_after(left, made, missed):
    """Epochs of probation left after one with these slots."""
    if made * 100 < (made + missed) * 85:
        return min(48, 2 * left) if left else 6
    return max(0, left - 1)


def check_elsewhere(checks, url, statements):
    """The same statements as an independent client reads them."""
    try:
        from substrateinterface import SubstrateInterface
    except ImportError:
        print("  (no substrate-interface here: statements are read by one client alone)")
        return
    chain = SubstrateInterface(url=url.replace("http", "ws"))
    for number, told in statements.items():
        found = chain.query_map("Elections", "Statements", [number])
        read = {public_key(account.value): one.value for account, one in found}
        checks.equal(f"delegates with a statement of epoch {number}", sorted(read), sorted(told))
        for account, one in read.items():
            ours = told.get(account)
            if ours:
                same = [one["production"]["made"], one["production"]["missed"], one["blocks"],
                        one["epochs"], one["voters"], one["kept"], one["votes"]]
                amounts = [units(ours[key]) for key in ("blocks", "epochs", "voters", "kept", "votes")]
                checks.equal(f"statement of {ours['name']} for epoch {number}", same,
                             [ours["made"], ours["missed"], *amounts])


def check_story(checks, marks, epochs, account, out):
    """What scripts/epochs.sh did must have had the consequences that it should have."""
    first, killed, halted = marks["first"], marks["killed"], marks["halted"]
    low, back, victim = (account[marks[key]] for key in ("low", "back", "victim"))
    for number, epoch in epochs.items():
        if number > first:  # The first set has seven members, and may stay for an epoch.
            checks.equal(f"members of epoch {number}", len(epoch.members), SEATS)
        checks.equal(f"producers of epoch {number}", len(epoch.producing), PRODUCERS)
        boundary = (number + 1) * EPOCH_SLOTS
        checks.true(f"the boundary after epoch {number}", boundary not in epoch.skipped,
                    "its slot was skipped")
        if number not in (killed, halted):
            checks.equal(f"skipped slots of epoch {number}", epoch.skipped, [])
    # Votes that were cast before the members were fixed count in the next epoch, others a later one.
    one, two = epochs[first + 1].members, epochs.get(first + 2)
    checks.true("votes cast in time elect", low in one and back not in one, "they do not")
    if two:
        checks.true("moved votes elect", back in two.members and low not in two.members,
                    "they do not")
    crash = epochs[killed]
    others = {slot for slot in crash.skipped if crash.producing[slot % PRODUCERS] != victim}
    checks.equal("slots of others that were skipped in the crash", sorted(others), [])
    checks.true("the crash is seen", crash.missed[victim] > 2, f"{crash.missed[victim]} misses")
    probation = json.loads((out / "probation.json").read_text())
    checks.equal("probation after the crash", probation["probation"], 6)
    votes = Decimal(probation["votes"])
    checks.equal("votes that count on probation", int(Decimal(probation["counted"])), int(votes / 10))
    report = json.loads((out / "report.json").read_text())
    owed, claim = (json.loads((out / name).read_text()) for name in ("owed.json", "claim.json"))
    checks.equal("what was owed is paid", claim["paid"], owed["owed"])
    due = [one for one in report["voters"] if one["voter"] == owed["account"]]
    checks.true("the voter is in the report", len(due) == 1, f"{len(due)} times")
    if due:
        off = abs(units(due[0]["due"]) - units(owed["owed"]))
        checks.true("what the voter is due", off <= 1, f"it is off by {off} units")
        checks.equal("what is left to be paid by hand", report["batches"], [])
    if halted:
        halt = epochs[halted]
        checks.true("the halt is seen", halt.halt, "there is none")
        checks.true("blame for the halt", max(halt.missed.values()) <= 1 + halt.turns_after,
                    f"more than a turn is counted: {dict(halt.missed)}")
        checks.true("who is on probation is not elected", victim not in epochs[killed + 2].members)
        listed = json.loads((out / "list.json").read_text())
        found = next(one for one in listed if one["name"] == marks["victim"])
        checks.true("who served its probation is elected again",
                    found["probation"] == 0 and found["seat"] != "out", f"{found}")


def table(names, epochs, statements, listed):
    """What delegates' operators want to know."""
    print("\nP: produces, F: finalizes; blocks made / slots owned\n")
    numbers = list(epochs)
    print("  " + "delegate".ljust(10) + "".join(str(number).rjust(14) for number in numbers)
          + "   EVT to voters        EVT kept  probation")
    for account, name in names.items():
        cells, voters, kept = [], 0, 0
        for number, epoch in epochs.items():
            one = statements[number].get(account)
            seat = "P" if account in epoch.producing else "F" if account in epoch.members else "-"
            made, missed = epoch.made[account], epoch.missed[account]
            cells.append(f"{seat} {made}/{made + missed}" if seat == "P" else seat)
            voters += units(one["voters"]) if one else 0
            kept += units(one["kept"]) if one else 0
        print("  " + name.ljust(10) + "".join(cell.rjust(14) for cell in cells)
              + f"{voters / UNIT:16,.3f}{kept / UNIT:16,.3f}{listed[name]['probation']:11}")
    cells = [f"{len(epoch.skipped)} skipped" for epoch in epochs.values()]
    print("  " + "slots".ljust(10) + "".join(cell.rjust(14) for cell in cells) + "\n")


def check(url, out, *eventum):
    def told(*arguments):
        done = subprocess.run([*eventum, "--json", *arguments], capture_output=True, text=True)
        # What comes after the answer is an error.
        return done.returncode, json.JSONDecoder().raw_decode(done.stdout)[0]

    out, checks = pathlib.Path(out), Checks()
    marks = json.loads((out / "marks.json").read_text())
    chain = Chain(url)
    epochs = {number: Epoch(chain, number) for number in range(marks["first"], marks["last"] + 1)}
    _, listed = told("delegate", "list")
    listed = {one["name"]: one for one in listed}
    account = {name: public_key(one["account"]) for name, one in listed.items()}
    statements = {number: {} for number in epochs}
    for name in account:
        _, found = told("delegate", "statement", name)
        for one in found["statements"]:
            if one["epoch"] in statements:
                statements[one["epoch"]][account[name]] = {**one, "name": name}
        code, audit = told("delegate", "audit", name)
        checks.equal(f"broken promises of {name}", (code, audit.get("broken")), (0, 0))
    for number, epoch in epochs.items():
        check_statements(checks, number, epoch, statements[number])
    for name in account:
        left = 0
        for epoch in epochs.values():
            left = probation_after(left, epoch.made[account[name]], epoch.missed[account[name]])
        checks.equal(f"probation of {name}", listed[name]["probation"], left)
    check_elsewhere(checks, url, statements)
    check_story(checks, marks, epochs, account, out)
    checks.equal("what must hold of the state", rpc.check(url), None)
    table({key: name for name, key in account.items()}, epochs, statements, listed)
    print(f"{out}: {checks.passed} passed, {checks.failed} failed")
    sys.exit(bool(checks.failed))


def main(what, *rest):
    if what == "epoch":
        print(best_slot(rest[0]) // EPOCH_SLOTS)
    elif what == "await":
        await_slot(rest[0], *map(int, rest[1:]))
    elif what == "check":
        check(*rest)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["help"]))
