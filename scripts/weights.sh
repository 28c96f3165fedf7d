#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Measures the weights of all calls and writes them where the pallets (ours) and the runtime
# (upstream's) read them. Takes long, and wants a machine that does nothing else: no part of CI.
#
#   scripts/weights.sh                  all pallets of the runtime
#   scripts/weights.sh PALLET...        these, for example eventum_markets pallet_balances
#
# STEPS (50) and REPEAT (20) say how carefully it measures.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$EVENTUM_ROOT"

# The one that goes with the polkadot-sdk of this workspace.
BENCHER_VERSION=0.28.0
tools=$EVENTUM_CACHE/tools
bencher=$tools/bin/frame-omni-bencher

step() { echo "weights: $*"; }

./scripts/setup.sh
. scripts/env.sh

if [ "$("$bencher" --version 2> /dev/null | grep -o '[0-9.]*$')" != "$BENCHER_VERSION" ]; then
	step "installing frame-omni-bencher $BENCHER_VERSION"
	CARGO_TARGET_DIR=$EVENTUM_CACHE/target-tools cargo install frame-omni-bencher \
		--version "$BENCHER_VERSION" --locked --root "$tools"
fi

# Other features than those of everything else: in a place of its own.
step "building the runtime with its benchmarks"
target=$EVENTUM_CACHE/target-benchmarks
CARGO_TARGET_DIR=$target cargo build --release --locked -p eventum-runtime --features runtime-benchmarks
runtime=$target/release/wbuild/eventum-runtime/eventum_runtime.wasm

bench() { "$bencher" v1 benchmark pallet --runtime "$runtime" --genesis-builder-preset dev "$@"; }

pallets=("$@")
if [ ${#pallets[@]} = 0 ]; then
	mapfile -t pallets < <(bench --list=pallets --no-csv-header 2> /dev/null | cut -d, -f1 | sort -u)
fi

header=$(mktemp)
trap 'rm -f "$header"' EXIT
echo "// SPDX-License-Identifier: Apache-2.0" > "$header"
mkdir -p runtime/src/weights
for pallet in "${pallets[@]}"; do
	options=(--pallet "$pallet" --extrinsic "*" --steps "${STEPS:-50}" --repeat "${REPEAT:-20}")
	case $pallet in
		eventum_*)
			options+=(--template scripts/weights-template.hbs --output "pallets/${pallet#eventum_}/src/weights.rs") ;;
		*)
			options+=(--header "$header" --output "runtime/src/weights/$pallet.rs") ;;
	esac
	step "$pallet"
	bench "${options[@]}" > /dev/null
done

# The generated files name the machine; what matters is its processor.
sed -i '/^\/\/! HOSTNAME:/s/HOSTNAME: `[^`]*`, //' runtime/src/weights/*.rs
{
	echo "// SPDX-License-Identifier: Apache-2.0"
	echo
	echo "//! Weights of upstream pallets, measured on this runtime by \`scripts/weights.sh\`."
	echo
	for file in runtime/src/weights/*.rs; do
		name=$(basename "$file" .rs)
		if [ "$name" != mod ]; then echo "pub(crate) mod $name;"; fi
	done
} > runtime/src/weights/mod.rs
step "done; look at the changes with git diff"
