#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_chaos.py OUT [--p50 MS] [--p99 MS] [--dropped] [--versions 1,2]: checks what a replay over bad lines left.

Reads what the replay wrote, what follow.py saw of the chain (chain.json), and when the line was cut
and joined (marks.json: [[ms, "cut" or "joined"], ...]):

 - whatever a node finalized is on one chain;
 - on it each round has one final outcome, also when a fork that had it was dropped;
 - finality went on after the last cut;
 - latencies are within the limits.

--dropped fails if no block with a certificate was dropped, so that nothing was shown; --versions says
by which versions of the runtime outcomes must have been counted.
"""

import argparse
import json
import pathlib
import sys
from collections import defaultdict

from check_demo import Checks, rows

# Time in which finality must be back after lines are joined again, ms.
BACK = 90_000


def final_chain(checks, chain):
    """Hashes of the chain that the highest finalized block ends."""
    blocks = chain["blocks"]
    number, block = max((number, block) for _, _, number, block in chain["finalized"])
    found = set()
    while block in blocks:
        found.add(block)
        block = blocks[block]["parent"]
    checks.equal("blocks of the final chain", len(found), number + 1)
    for _, node, number, block in chain["finalized"]:
        checks.true(f"block {number} that node {node} finalized", block in found, "is on a fork")
    return found


def check_rounds(checks, blocks, final, rounds):
    """One final outcome a round; returns how many blocks were dropped, the outcomes in them, those
    that are on the final chain, and the runtime's versions there."""
    outcomes, versions, lost, dropped = defaultdict(set), set(), set(), 0
    for block, told in blocks.items():
        dropped += block not in final
        for one in told["certificates"]:
            if block not in final:
                lost.add((one["round"], one["outcome"]))
            elif one["final"]:
                outcomes[one["round"]].add(one["outcome"])
                versions.add(one["spec_version"])
    for number in range(rounds):
        checks.equal(f"final outcomes of round {number} on chain", len(outcomes[number]), 1)
    kept = {(number, outcome) for number, found in outcomes.items() for outcome in found}
    return dropped, lost, kept, sorted(versions)


def back(checks, chain, marks):
    """Seconds from the last joining until every node finalized a block made after it."""
    joined = [at for at, what in marks if what == "joined"]
    if not joined:
        return None
    best = max(number for at, _, number, _ in chain["best"] if at <= joined[-1])
    nodes = {node for _, node, _, _ in chain["best"]}
    first = {}
    for at, node, number, _ in chain["finalized"]:
        if at > joined[-1] and number > best:
            first.setdefault(node, at - joined[-1])
    checks.equal("nodes that finalize again", set(first), nodes)
    took = max(first.values(), default=BACK)
    checks.true("finality is back", took < BACK, f"only after {took / 1000:.1f} s")
    return took / 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--p50", type=float, metavar="MS")
    parser.add_argument("--p99", type=float, metavar="MS")
    parser.add_argument("--dropped", action="store_true")
    parser.add_argument("--versions", metavar="N,N")
    arguments = parser.parse_args()

    out, checks = arguments.out, Checks()
    read = lambda name: json.loads((out / name).read_text())
    chain, summary, marks = read("chain.json"), read("summary.json"), read("marks.json")
    rounds = len(rows(out / "outcomes.csv"))
    final = final_chain(checks, chain)
    dropped, lost, kept, versions = check_rounds(checks, chain["blocks"], final, rounds)
    took = back(checks, chain, marks)
    if arguments.dropped:
        checks.true("blocks with certificates that were dropped", lost, "there are none")
    if arguments.versions:
        checks.equal("versions", ",".join(map(str, versions)), arguments.versions)
    table = [
        ("rounds, each with one final outcome on chain", rounds),
        ("latency p50, ms", f"{summary['latency_p50_ms']:.0f}"),
        ("latency p99, ms", f"{summary['latency_p99_ms']:.0f}"),
        ("blocks on the final chain", len(final)),
        ("blocks dropped with forks", dropped),
        ("outcomes in dropped blocks", len(lost)),
        ("of them final, and on the final chain all the same", len(lost & kept)),
        ("versions of the runtime that outcomes name", ", ".join(map(str, versions))),
    ]
    if took is not None:
        table.append(("joined again → all nodes finalize new blocks, s", f"{took:.1f}"))
    for name, limit in ("p50", arguments.p50), ("p99", arguments.p99):
        if limit is not None:
            found = float(summary[f"latency_{name}_ms"])
            checks.true(f"latency {name}", found <= limit, f"is {found:.0f} ms, should be {limit:.0f}")
    for name, value in table:
        print(f"  {name:<52} {value:>8}")
    stats = out / "line.stats"
    if stats.exists():
        print(f"  line: {json.loads(stats.read_text())}")
    print(f"{out}: {checks.passed} passed, {checks.failed} failed")
    sys.exit(bool(checks.failed))


if __name__ == "__main__":
    main()
