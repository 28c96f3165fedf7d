#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what a replay wrote against the votes it was given.

    check_demo.py OUT --votes FILE [--truth FILE] [--rule R] [--min-consensus N] [--reward EVT]
                  [--stake-k K] [--like OTHER] [--known AGREED,CORRECT]

Everything is counted and reckoned here anew, from the votes alone (and, for rewards, from the times
in details.csv): nothing of Eventum's own code is used.
"""

import argparse
import csv
import json
import pathlib
import sys
from collections import Counter, defaultdict
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 50
UNIT = 10**12


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


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


def count(votes, rule, least):
    """The tasks in order of first appearance with (result, value, agreed, total)."""
    said = defaultdict(dict)
    for vote in votes:
        said[vote["task"]][vote["worker"]] = vote["answer"]
    results = {}
    for task, answers in said.items():
        (value, agreed), total = Counter(answers.values()).most_common(1)[0], len(answers)
        if agreed >= least and Fraction(agreed, total) > rule:
            results[task] = ("agreed", value, agreed, total)
        else:
            results[task] = ("none", "", 0, total)
    return said, results


def check_outcomes(checks, results, outcomes):
    checks.equal("tasks", [one["task"] for one in outcomes], list(results))
    checks.equal("rounds", [int(one["round"]) for one in outcomes], list(range(len(results))))
    for one in outcomes:
        if one["task"] not in results:
            continue
        result, value, agreed, total = results[one["task"]]
        found = (one["result"], one["value"], int(one["total"]))
        checks.equal(f"outcome of {one['task']}", found, (result, value, total))
        if result == "agreed":
            checks.equal(f"votes for {one['task']}", int(one["agreed"]), agreed)
        checks.true(f"latency of {one['task']}", float(one["latency_ms"]) >= 0, one["latency_ms"])
    certificates = {one["certificate"].removeprefix("0x") for one in outcomes}
    checks.equal("distinct certificates", len(certificates), len(results))
    checks.true("certificates", all(len(bytes.fromhex(hex)) > 200 for hex in certificates), "short")


def check_events(checks, results, events):
    """Each final outcome was received, with a valid signature, and processed once."""
    finals = defaultdict(list)
    for event in events:
        for told in event["body"]["data"]:
            if told["event_state"] == "final":
                finals[int(told["event_id"].split("-")[2])].append(told)
    checks.equal("ids of events", len({event["id"] for event in events}), len(events))
    for round, (task, (result, value, agreed, total)) in enumerate(results.items()):
        told = finals[round]
        checks.equal(f"finals received for {task}", len(told), 1)
        if not told:
            continue
        checks.equal(f"consensus told of {task}", told[0]["consensus"], result == "agreed")
        checks.equal(f"reporters told of {task}", told[0]["number_of_providers"], total)
        if result == "agreed":
            text = told[0]["consensus_value"]
            text = text if isinstance(text, str) else json.dumps(text)
            checks.equal(f"value told of {task}", text, value)
            checks.equal(f"size told of {task}", told[0]["consensus_size"], agreed)


def exact_rewards(said, results, details, reward):
    """What each worker earns, from the times of agreeing votes; exact to far below a unit."""
    paying = [task for task, result in results.items() if result[0] == "agreed"]
    earned = defaultdict(int)
    for task in paying:
        share = Decimal(reward // len(paying))
        times = {worker: int(time) for (of, worker), time in details.items()
                 if of == task and said[task][worker] == results[task][1]}
        order = sorted(times.values())
        first = order[0]
        tau = max(1000, 2 * (order[(len(order) - 1) // 2] - first))
        weights = {worker: Decimal(4) ** -min(Decimal(1), Decimal(time - first) / tau)
                   for worker, time in times.items()}
        total = sum(weights.values())
        for worker, weight in weights.items():
            earned[worker] += share * weight / total
    return earned, len(paying)


def check_payouts(checks, said, results, payouts, details, reward, factor):
    workers = list(dict.fromkeys(worker for answers in said.values() for worker in answers))
    checks.equal("workers", sorted(one["worker"] for one in payouts), sorted(workers))
    checks.equal("accounts", len({one["account"] for one in payouts}), len(payouts))
    # Everyone joins a feed that needs everyone, so that all stakes are the same.
    stake = -(-reward * factor // len(workers))
    paid = 0
    for one in payouts:
        worker, amounts = one["worker"], {
            key: int(one[key]) for key in ("stake", "stake_back", "forfeited", "reward")}
        agreeing = dissents = 0
        for task, (result, value, _, _) in results.items():
            if result == "agreed" and worker in said[task]:
                agreeing += said[task][worker] == value
                dissents += said[task][worker] != value
        checks.equal(f"stake of {worker}", amounts["stake"], stake)
        forfeited = stake * dissents // len(results)
        checks.equal(f"forfeited by {worker}", amounts["forfeited"], forfeited)
        checks.equal(f"given back to {worker}", amounts["stake_back"], stake - forfeited)
        checks.equal(f"{worker} earns", amounts["reward"] > 0, agreeing > 0)
        float(one["reputation"])
        paid += amounts["reward"]
    checks.true("rewards together", paid <= reward, f"{paid} exceeds {reward}")
    if details is None:
        return
    earned, rounds = exact_rewards(said, results, details, reward)
    # What a weight is off by (a billionth) and what rounding down each round takes.
    slack = Decimal(reward) / 10**8 + 2 * rounds
    for one in payouts:
        off = abs(int(one["reward"]) - earned[one["worker"]])
        checks.true(f"reward of {one['worker']}", off <= slack,
                    f"is {one['reward']}, should be {earned[one['worker']]:.0f}")
    if rounds:
        checks.true("rewards go to workers", reward - paid <= slack * len(payouts), f"only {paid}")


def check_summary(checks, summary, votes, results, truth):
    agreed = sum(result[0] == "agreed" for result in results.values())
    expected = {
        "rounds": len(results), "agreed": agreed, "none": len(results) - agreed,
        "reports": len(votes), "webhooks_received": len(results), "invalid_signatures": 0,
        "held_after": 0,
    }
    if truth is not None:
        expected["correct"] = sum(
            result[0] == "agreed" and result[1] == truth[task] for task, result in results.items())
    for key, value in expected.items():
        checks.equal(key, int(summary.get(key, -1)), value)
    checks.equal("supply", summary["supply_after"], summary["supply_before"])
    for key in ("webhook_repeats", "seconds", "latency_p50_ms", "latency_p99_ms",
                "chain_bytes_per_report"):
        checks.true(key, float(summary.get(key, -1)) >= 0, f"is {summary.get(key)}")
    return agreed, expected.get("correct")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--votes", required=True)
    parser.add_argument("--truth")
    parser.add_argument("--rule", type=Fraction, default=Fraction(2, 3))
    parser.add_argument("--min-consensus", type=int, default=20)
    parser.add_argument("--reward", type=int, default=100, help="EVT")
    parser.add_argument("--stake-k", type=Fraction, default=Fraction(1))
    parser.add_argument("--like", type=pathlib.Path, help="results that must be the same")
    parser.add_argument("--known", help="agreed and correct rounds, known from elsewhere")
    arguments = parser.parse_args()

    out, checks = arguments.out, Checks()
    votes = [vote for vote in rows(arguments.votes) if vote["answer"]]
    truth = None
    if arguments.truth:
        truth = {one["task"]: one["truth"] for one in rows(arguments.truth)}
    said, results = count(votes, arguments.rule, arguments.min_consensus)
    outcomes = rows(out / "outcomes.csv")
    check_outcomes(checks, results, outcomes)
    with open(out / "events.jsonl") as file:
        check_events(checks, results, [json.loads(line) for line in file])
    details = None
    if (out / "details.csv").exists():
        lines = rows(out / "details.csv")
        details = {(one["task"], one["worker"]): one["time_ms"] for one in lines}
        checks.equal("times", len(details), len(votes))
        for one in lines:
            result, value, _, _ = results[one["task"]]
            agrees = result == "none" or said[one["task"]][one["worker"]] == value
            checks.equal(f"{one['worker']} agrees on {one['task']}", one["agreed"] == "true", agrees)
    reward = arguments.reward * UNIT
    check_payouts(checks, said, results, rows(out / "payouts.csv"), details, reward,
                  arguments.stake_k)
    summary = json.loads((out / "summary.json").read_text())
    found = check_summary(checks, summary, votes, results, truth)
    if arguments.known:
        checks.equal("agreed and correct", ",".join(map(str, found)), arguments.known)
    if arguments.like:
        same = ("task", "round", "result", "value", "agreed", "total")
        pick = lambda lines: [[one[key] for key in same] for one in lines]
        checks.equal("the same outcomes", pick(outcomes), pick(rows(arguments.like / "outcomes.csv")))
    print(f"{out}: {checks.passed} passed, {checks.failed} failed")
    sys.exit(bool(checks.failed))


if __name__ == "__main__":
    main()
