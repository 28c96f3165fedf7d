#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""table.py DIR: prints the results of a replay in DIR for people."""

import csv
import pathlib
import sys

UNIT = 10**12


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def evt(amount):
    return f"{int(amount) / UNIT:,.6f}"


def table(title, header, lines, most=8):
    shown = lines if len(lines) <= most else [*lines[:most], ["…"] * len(header)]
    cells = [header, *shown]
    widths = [max(len(str(line[place])) for line in cells) for place in range(len(header))]
    print(f"\n{title}")
    for line in cells:
        print("  " + "  ".join(str(cell).rjust(width) for cell, width in zip(line, widths)))


def main(directory):
    out = pathlib.Path(directory)
    outcomes, payouts = rows(out / "outcomes.csv"), rows(out / "payouts.csv")
    table(
        f"outcomes ({len(outcomes)}, all in {out / 'outcomes.csv'})",
        ["task", "round", "result", "value", "agreed", "total", "latency ms"],
        [[one[key] for key in
          ("task", "round", "result", "value", "agreed", "total", "latency_ms")]
         for one in outcomes],
    )
    best = sorted(payouts, key=lambda one: -int(one["reward"]))
    table(
        f"payouts in EVT (best of {len(payouts)}, all in {out / 'payouts.csv'})",
        ["worker", "stake", "back", "forfeited", "reward", "reputation"],
        [[one["worker"], evt(one["stake"]), evt(one["stake_back"]), evt(one["forfeited"]),
          evt(one["reward"]), one["reputation"]] for one in best],
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
