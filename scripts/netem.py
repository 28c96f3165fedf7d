#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A long and bad line between nodes: namespaces that reach each other with delay, loss and cuts.

    netem.py run NODES STATE    makes the line and keeps it until it is ended
    netem.py set STATE [--delay MS] [--loss PERCENT] [--parts 0,1/2,3]
                                changes the line; who is in no part is cut off from all others

Run it as root in a network namespace of one's own (`unshare --net --mount`), which takes everything
with it when it ends. Node I lives in the namespace `node-I`:

    line      10.77.0.(I+1)   to the other nodes: each packet is delayed, and may be lost
    control   10.77.1.(I+1)   to 10.77.1.254, which is outside: neither delayed nor lost

Delay and loss are those of one way. Where the kernel has netem it does the work, on a bridge for
each part. Elsewhere packets come by TUN interfaces to this process, which holds them back or drops
them; how late it was itself is told at the end, so that one can see whether it distorts.

STATE is the file by which `set` speaks to `run`; `run` writes STATE.done when it has heard, and
STATE.stats at its end.
"""

import argparse
import fcntl
import heapq
import json
import os
import pathlib
import random
import select
import signal
import struct
import subprocess
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
MTU = 1500
# Packets held back at a time; what comes beyond is lost, as in any queue.
MAX_HELD = 20_000
# How often changes are looked for.
LOOK = 0.05
OPEN = {"delay": 0.0, "loss": 0.0, "parts": None}


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def inside(node, *words):
    ip("netns", "exec", f"node-{node}", *words)


def lay(nodes):
    """Namespaces, and the way in."""
    ip("link", "set", "lo", "up")
    ip("link", "add", "control", "type", "bridge")
    ip("addr", "add", "10.77.1.254/24", "dev", "control")
    ip("link", "set", "control", "up")
    for node in range(nodes):
        ip("netns", "add", f"node-{node}")
        ip("link", "add", f"control-{node}", "type", "veth", "peer", "name", f"inner-{node}")
        ip("link", "set", f"control-{node}", "master", "control", "up")
        ip("link", "set", f"inner-{node}", "netns", f"node-{node}", "name", "control")
        inside(node, "ip", "link", "set", "lo", "up")
        address(node, "control", f"10.77.1.{node + 1}/24")


def address(node, link, at):
    inside(node, "ip", "addr", "add", at, "dev", link)
    inside(node, "ip", "link", "set", link, "up")


def has_netem():
    add = ["tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "0ms"]
    return subprocess.run(add, stderr=subprocess.DEVNULL).returncode == 0


class Kernel:
    """The line as bridges, one for each part; netem delays and drops what a node sends."""

    def __init__(self, nodes):
        self.nodes = nodes
        for node in range(nodes):
            ip("link", "add", f"part-{node}", "type", "bridge")
            ip("link", "set", f"part-{node}", "up")
            ip("link", "add", f"line-{node}", "type", "veth", "peer", "name", f"end-{node}")
            ip("link", "set", f"line-{node}", "up")
            ip("link", "set", f"end-{node}", "netns", f"node-{node}", "name", "line")
            address(node, "line", f"10.77.0.{node + 1}/24")

    def set(self, delay, loss, part):
        for node in range(self.nodes):
            ip("link", "set", f"line-{node}", "master", f"part-{part[node]}")
            inside(node, "tc", "qdisc", "replace", "dev", "line", "root", "netem",
                   "limit", str(MAX_HELD), "delay", f"{delay}ms", "loss", f"{loss}%")

    def work(self, until):
        time.sleep(max(0, until - time.monotonic()))

    def stats(self):
        return {"by": "kernel"}


class Relay:
    """The line as TUN interfaces whose packets pass through here."""

    def __init__(self, nodes):
        self.tuns, self.held, self.number = [], [], 0
        self.counts = {"passed": 0, "lost": 0, "cut": 0, "full": 0}
        # Packets by how late they were passed on, whole ms.
        self.late = [0] * 1_000
        for node in range(nodes):
            tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            name = f"line-{node}".encode()
            fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH22x", name, IFF_TUN | IFF_NO_PI))
            ip("link", "set", f"line-{node}", "netns", f"node-{node}", "name", "line")
            inside(node, "ip", "link", "set", "line", "mtu", str(MTU))
            address(node, "line", f"10.77.0.{node + 1}/24")
            self.tuns.append(tun)

    def set(self, delay, loss, part):
        self.delay, self.loss, self.part = delay / 1_000, loss / 100, part

    def work(self, until):
        while (now := time.monotonic()) < until:
            due = self.held[0][0] if self.held else until
            ready, _, _ = select.select(self.tuns, [], [], max(0, min(due, until) - now))
            for tun in ready:
                self.take(tun)
            self.give(time.monotonic())

    def take(self, tun):
        source = self.tuns.index(tun)
        for _ in range(64):
            try:
                packet = os.read(tun, MTU)
            except BlockingIOError:
                return
            if packet[0] >> 4 != 4 or len(packet) < 20:
                continue
            target = packet[19] - 1
            if packet[16:19] != b"\x0a\x4d\x00" or target not in range(len(self.tuns)):
                continue
            if self.part[source] != self.part[target]:
                self.counts["cut"] += 1
            elif random.random() < self.loss:
                self.counts["lost"] += 1
            elif len(self.held) >= MAX_HELD:
                self.counts["full"] += 1
            else:
                self.number += 1
                due = time.monotonic() + self.delay
                heapq.heappush(self.held, (due, self.number, target, packet))

    def give(self, now):
        while self.held and self.held[0][0] <= now:
            due, _, target, packet = heapq.heappop(self.held)
            try:
                os.write(self.tuns[target], packet)
            except OSError:
                self.counts["full"] += 1
                continue
            self.counts["passed"] += 1
            self.late[min(int((now - due) * 1_000), len(self.late) - 1)] += 1

    def stats(self):
        total, seen, share = sum(self.late), 0, {}
        for late, count in enumerate(self.late):
            seen += count
            for name, part in ("late_p50_ms", 0.5), ("late_p99_ms", 0.99), ("late_max_ms", 1):
                if total and seen >= total * part:
                    share.setdefault(name, late)
        return {"by": "relay", **self.counts, **share}


def parse_parts(text, nodes):
    """The part of each node; who is not named is alone."""
    if text is None:
        return [0] * nodes
    part = {}
    for members in text.split("/"):
        numbers = [int(number) for number in members.split(",") if number]
        for number in numbers:
            if number not in range(nodes) or number in part:
                raise ValueError(f"node {number} is not there, or is in two parts")
            part[number] = min(numbers)
    return [part.get(node, node) for node in range(nodes)]


def write(path, value):
    """Whole or not at all."""
    part = pathlib.Path(f"{path}.part")
    part.write_text(json.dumps(value))
    part.replace(path)


def run(arguments):
    lay(arguments.nodes)
    line = (Kernel if has_netem() else Relay)(arguments.nodes)
    ended = []
    for name in signal.SIGINT, signal.SIGTERM:
        signal.signal(name, lambda *_: ended.append(True))
    if not os.path.exists(arguments.state):
        write(arguments.state, OPEN)
    heard = None
    while not ended:
        wanted = json.loads(pathlib.Path(arguments.state).read_text())
        if wanted != heard:
            line.set(wanted["delay"], wanted["loss"], parse_parts(wanted["parts"], arguments.nodes))
            heard = wanted
            write(f"{arguments.state}.done", wanted)
        line.work(time.monotonic() + LOOK)
    write(f"{arguments.state}.stats", line.stats())


def change(arguments):
    try:
        wanted = json.loads(pathlib.Path(arguments.state).read_text())
    except FileNotFoundError:
        wanted = dict(OPEN)
    for key in OPEN:
        if (value := getattr(arguments, key)) is not None:
            wanted[key] = value or None if key == "parts" else value
    write(arguments.state, wanted)
    done = pathlib.Path(f"{arguments.state}.done")
    for _ in range(100):
        if done.exists() and json.loads(done.read_text()) == wanted:
            return
        time.sleep(0.05)
    sys.exit(f"netem: nobody heeds {arguments.state}; does `netem.py run` run?")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    runs = commands.add_parser("run", help="make the line and keep it")
    runs.add_argument("nodes", type=int)
    runs.add_argument("state")
    runs.set_defaults(do=run)
    changes = commands.add_parser("set", help="change the line")
    changes.add_argument("state")
    changes.add_argument("--delay", type=float, metavar="MS")
    changes.add_argument("--loss", type=float, metavar="PERCENT")
    changes.add_argument("--parts", metavar="0,1/2,3", help="'' joins all again")
    changes.set_defaults(do=change)
    arguments = parser.parse_args()
    arguments.do(arguments)


if __name__ == "__main__":
    main()
