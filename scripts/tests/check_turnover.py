#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Delegates that change while a feed runs.

    check_turnover.py chain                      reads a chain specification, gives it six seats and
                                                 epochs of 24 s, and prints it
    check_turnover.py watch URL PID EVENTUM ...  while the process PID runs, has the command line
                                                 EVENTUM ... move votes to who has the least; checks
                                                 then that both the members and the producers
                                                 changed meanwhile
"""

import json
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from check_epochs import Chain, best_slot  # noqa: E402

SLOTS, SESSIONS, SEATS = 12, 3, 6
# An account that has no bucket at genesis, and what it votes with.
VOTER, AMOUNT = "//Bob", "1000"


def shorten(spec):
    patch = spec["genesis"]["runtimeGenesis"]["patch"]
    patch["elections"]["seats"] = SEATS
    patch["clock"].update(epochSlots=SLOTS, sessionsPerEpoch=SESSIONS)
    return spec


def runs(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def move_votes(url, process, eventum):
    """Once an epoch, as long as the process runs."""

    def told(*arguments):
        done = subprocess.run([*eventum, "--json", *arguments], stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)

    bucket, moved_in = None, None
    while runs(process):
        epoch = best_slot(url) // SLOTS
        if epoch != moved_in:
            moved_in, last = epoch, told("delegate", "list")[-1]["name"]
            if bucket is None:
                made = told("stake", "create", "--amount", AMOUNT, "--days", "0",
                            "--for", last, "--suri", VOTER)
                bucket = str(made["bucket"])
            else:
                told("vote", "move", bucket, "--for", last, "--suri", VOTER)
        time.sleep(0.5)


def watch(url, process, *eventum):
    first = best_slot(url) // SLOTS
    move_votes(url, int(process), eventum)
    last = best_slot(url) // SLOTS
    chain = Chain(url, SLOTS)
    sets = []
    # An epoch counts if its first block is final: the set in the state after it is the epoch's.
    for epoch in range(first, last + 1):
        if chain.slots[-1] < epoch * SLOTS:
            break
        members, producers = chain.members(chain.first_of(epoch))
        sets.append((frozenset(members), frozenset(members[:producers])))
        print(f"epoch {epoch}: members {names(members)}, producing {names(members[:producers])}")
    changes = [sum(one[which] != two[which] for one, two in zip(sets, sets[1:])) for which in (0, 1)]
    print(f"members changed {changes[0]} times, producers {changes[1]} times in {len(sets)} epochs")
    failed = sum(not changed for changed in changes)
    print(f"turnover: {2 - failed} passed, {failed} failed")
    sys.exit(bool(failed))


def names(accounts):
    return " ".join(sorted(account[:4] for account in accounts))


def main(what, *rest):
    if what == "chain":
        json.dump(shorten(json.load(sys.stdin)), sys.stdout)
    elif what == "watch":
        watch(*rest)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["help"]))
