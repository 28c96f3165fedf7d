#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Takes every guard against hostile input and faults away, one at a time, and looks whether its test fails.

    scripts/guards.sh              all guards, package by package (an hour or two)
    scripts/guards.sh WORD ...     those with one of these words in package/name, such as `wire` or `replay`
    scripts/guards.sh --list       what they are, and which attack each is against
    scripts/guards.sh --check      only whether each stands where the tables say (a second)

The tables are in scripts/guards, docs/reliability.md tells how to add a guard. The work tree is copied, so
that its files stay as they are, and built into CARGO_TARGET_DIR beside what is there. Of each package the
tests are run as they are first: they must pass. Then each guard is taken out and put back. It fails if a
removal goes unnoticed, does not compile, or makes a test wait for ever. What tests printed is in out/guards.
"""

import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLES = ROOT / "scripts/guards"
LOGS = ROOT / "out/guards"
KEYS = {"attack", "file", "guard", "without", "test"}
# A test that takes longer waits for something that does not come.
PATIENCE = 600


class Guard:
    def __init__(self, package, name, entry):
        self.package, self.name = package, name
        if set(entry) - {"suite"} != KEYS:
            sys.exit(f"guards: {package}/{name} has the keys {', '.join(entry)}; "
                     f"needed are {', '.join(sorted(KEYS))}")
        self.attack, self.file, self.test = entry["attack"], entry["file"], entry["test"]
        self.text, self.without = entry["guard"], entry["without"]
        # Tests are in the library, unless they are in a file of the folder tests.
        self.suite = ["--test", entry["suite"]] if "suite" in entry else ["--lib"]

    def __str__(self):
        return f"{self.package}/{self.name}"


def load():
    guards = {}
    for file in sorted(TABLES.glob("*.toml")):
        for package, entries in tomllib.loads(file.read_text()).items():
            for name, entry in entries.items():
                guard = Guard(package, name, entry)
                if str(guard) in guards:
                    sys.exit(f"guards: there are two of the name {guard}")
                guards[str(guard)] = guard
    return list(guards.values())


def folders():
    """Where each package is."""
    found = {}
    for manifest in [*ROOT.glob("*/Cargo.toml"), *ROOT.glob("*/*/Cargo.toml")]:
        name = re.search(r'^name = "(.*)"', manifest.read_text(), re.M)
        if name:
            found[name[1]] = manifest.parent
    return found


def check(guards):
    """Whether guards and tests are where the tables say; tells what is not."""
    packages, sources, wrong = folders(), {}, 0
    for guard in guards:
        mistakes = []
        path = ROOT / guard.file
        count = path.read_text().count(guard.text) if path.is_file() else 0
        if count != 1:
            mistakes.append(f"its text stands {count} times in {guard.file}, not once")
        if guard.package not in packages:
            mistakes.append("there is no such package")
        else:
            if guard.package not in sources:
                files = packages[guard.package].rglob("*.rs")
                sources[guard.package] = "".join(file.read_text() for file in files)
            if f"fn {guard.test.split('::')[-1]}(" not in sources[guard.package]:
                mistakes.append(f"there is no test {guard.test}")
        for mistake in mistakes:
            print(f"guards: {guard}: {mistake}", file=sys.stderr)
        wrong += len(mistakes)
    return not wrong


def copy(tree):
    """Makes `tree` the tracked files as they are here; what has not changed is left, and not built again."""
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], check=True, capture_output=True)
    names = {name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()}
    for name in names:
        source, target = ROOT / name, tree / name
        if not target.is_file() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    for path in [path for path in tree.rglob("*") if path.is_file()]:
        if str(path.relative_to(tree)) not in names:
            path.unlink()


def cargo(tree, log, guard, *more):
    """Whether `cargo test` succeeds; none if it does not end. What it printed is added to the log."""
    # What is built here runs once: to optimize it would take longer.
    quick = f"profile.release.package.{guard.package}.opt-level=0"
    command = ["cargo", "test", "--release", "--locked", "--config", quick, "-p", guard.package,
               *guard.suite, *more]
    # Cargo keeps what it builds by another wrapper apart: nothing built here is ever taken for the work
    # tree's, nor built by its linter.
    env = {**os.environ, "RUSTC_WORKSPACE_WRAPPER": "env", "SKIP_WASM_BUILD": "1"}
    with open(log, "ab") as file:
        process = subprocess.Popen(command, cwd=tree, env=env, stdout=file, stderr=file,
                                   start_new_session=True)
        try:
            return process.wait(None if "--no-run" in more else PATIENCE) == 0
        except subprocess.TimeoutExpired:
            return None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def as_they_are(tree, guards):
    """Whether the tests of one package pass with all guards in place."""
    package = guards[0].package
    for suite in {guard.suite[-1] for guard in guards}:
        ours = [guard for guard in guards if guard.suite[-1] == suite]
        tests = sorted({guard.test for guard in ours})
        log = LOGS / f"{package}.log"
        log.unlink(missing_ok=True)
        passed = cargo(tree, log, ours[0], "--", "--exact", *tests)
        ran = re.findall(r"(\d+) passed; 0 failed", log.read_text(errors="replace"))
        if not passed or sum(map(int, ran)) != len(tests):
            print(f"guards: the tests of {package} do not pass as they are, or not all of them are "
                  f"there; see {log}", file=sys.stderr)
            return False
    return True


def without(tree, guard):
    """What becomes of the test when the guard is gone."""
    log = LOGS / f"{guard.package}-{guard.name}.log"
    log.unlink(missing_ok=True)
    file = tree / guard.file
    whole = file.read_text()
    try:
        file.write_text(whole.replace(guard.text, guard.without))
        if not cargo(tree, log, guard, "--no-run"):
            return "DOES NOT COMPILE"
        passed = cargo(tree, log, guard, "--", "--exact", guard.test)
        return {False: "noticed", True: "NOT NOTICED", None: "WAITS FOR EVER"}[passed]
    finally:
        file.write_text(whole)


def try_all(guards, tree):
    """Tries guards package by package; tells what became of each."""
    verdicts = {}
    for package in dict.fromkeys(guard.package for guard in guards):
        ours = [guard for guard in guards if guard.package == package]
        print(f"guards: {package}, {len(ours)} guards: its tests as they are", flush=True)
        if not as_they_are(tree, ours):
            verdicts.update((guard, "TESTS FAIL ANYWAY") for guard in ours)
            continue
        for guard in ours:
            start = time.monotonic()
            verdicts[guard] = without(tree, guard)
            took = time.monotonic() - start
            print(f"guards: [{len(verdicts)}/{len(guards)}] {guard}: {verdicts[guard]} ({took:.0f} s)",
                  flush=True)
    return verdicts


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/guards.sh", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", metavar="WORD", nargs="*", help="only guards with this in package/name")
    parser.add_argument("--check", action="store_true", help="only look whether the tables are right")
    parser.add_argument("--list", action="store_true", help="only say what is in the tables")
    options = parser.parse_args()
    guards = load()
    if options.words:
        guards = [guard for guard in guards if any(word in str(guard) for word in options.words)]
        if not guards:
            sys.exit("guards: no guard has such a name; --list tells what there is")
    if options.list:
        for guard in guards:
            print(f"{str(guard):58} {guard.attack}")
        return
    if not check(guards):
        sys.exit(f"guards: put the tables in {TABLES} right")
    if options.check:
        print(f"{len(guards)} guards stand where the tables say")
        return
    tree = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "guards"
    tree.mkdir(parents=True, exist_ok=True)
    LOGS.mkdir(parents=True, exist_ok=True)
    copy(tree)
    verdicts = try_all(guards, tree)
    print()
    for guard, verdict in verdicts.items():
        print(f"{str(guard):58} {verdict:17} {guard.attack}")
    noticed = sum(verdict == "noticed" for verdict in verdicts.values())
    print(f"{len(guards)} guards, the removal of {noticed} of them noticed")
    sys.exit(noticed != len(guards))


if __name__ == "__main__":
    main()
