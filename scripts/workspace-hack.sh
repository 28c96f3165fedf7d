#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes workspace-hack/Cargo.toml anew; run it after dependencies or their features have changed.
#
# All crates depend on workspace-hack, which asks for every feature of outside crates that any of them
# asks for. So `cargo test -p X` finds what `cargo build --workspace` has built. Features that are for
# special builds of the runtime stay out of it.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$EVENTUM_ROOT"

hakari=$EVENTUM_CACHE/tools/bin/cargo-hakari
if [ ! -x "$hakari" ]; then
	CARGO_TARGET_DIR=$EVENTUM_CACHE/target-tools cargo install cargo-hakari \
		--version 0.9.39 --locked --root "$EVENTUM_CACHE/tools"
fi
"$hakari" hakari generate
python3 - workspace-hack/Cargo.toml << 'STRIP'
import re, sys
path = sys.argv[1]
text = open(path).read()
for feature in ("runtime-benchmarks", "try-runtime", "disable_oom", "disable_panic_handler"):
    text = re.sub(f'"{feature}"(, )?', "", text)
special = ("frame-benchmarking", "frame-system-benchmarking", "frame-try-runtime")
lines = [line for line in text.replace(", ]", "]").split("\n") if not line.startswith(special)]
text = "\n".join(lines)
# cargo-fuzz builds with flags of its own, so every crate anew: it must not see them all.
platform = 'target_arch = "x86_64", target_os = "linux", target_env = "gnu"'
for table in ("dependencies", "build-dependencies"):
    text = text.replace(f"\n[{table}]", f"\n[target.'cfg(not(fuzzing))'.{table}]")
    text = text.replace(f"\n[target.x86_64-unknown-linux-gnu.{table}]",
        f"\n[target.'cfg(all(not(fuzzing), {platform}))'.{table}]")
open(path, "w").write(text)
STRIP
cargo metadata --format-version 1 > /dev/null
