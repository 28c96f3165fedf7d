#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes sparse.csv and sparse-truth.csv: made-up votes of 30 workers on 40 tasks with four answers.

Most workers leave most tasks out, some tasks are hard, some end in a tie. The same files come out
every time.
"""

import csv
import hashlib
import pathlib

ANSWERS = ("north", "east", "south", "west")
TASKS, WORKERS = 40, 30
PLACE = pathlib.Path(__file__).parent


def draw(*what):
    """A number in [0, 1) that looks random and is always the same."""
    digest = hashlib.sha256(repr(what).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def votes(task):
    """The truth of a task and who says what about it."""
    truth = ANSWERS[int(draw("truth", task) * 4)]
    share = 0.12 + 0.25 * draw("share", task)
    skill = 0.35 + 0.6 * draw("skill", task)
    said = []
    for worker in sorted(range(WORKERS), key=lambda worker: draw("order", task, worker)):
        if draw("present", task, worker) >= share:
            continue
        right = draw("right", task, worker) < skill
        guess = ANSWERS[int(draw("guess", task, worker) * 4)]
        said.append((f"w{worker}", truth if right else guess))
    return truth, said


def main():
    with open(PLACE / "sparse.csv", "w", newline="") as file, \
            open(PLACE / "sparse-truth.csv", "w", newline="") as truths:
        rows, right = (csv.writer(f, lineterminator="\n") for f in (file, truths))
        rows.writerow(["task", "worker", "answer"])
        right.writerow(["task", "truth"])
        for task in range(TASKS):
            truth, said = votes(task)
            right.writerow([f"t{task}", truth])
            rows.writerows((f"t{task}", worker, answer) for worker, answer in said)


if __name__ == "__main__":
    main()
