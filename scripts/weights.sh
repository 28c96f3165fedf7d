#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Measures the weights of all calls, hooks, blocks and transactions, and writes them where the pallets
# (ours) and the runtime (upstream's, and its own) read them. Takes long, and wants a machine that
# does nothing else: no part of CI.
#
#   scripts/weights.sh                  all
#   scripts/weights.sh PALLET...        these, for example eventum_markets pallet_balances
#   scripts/weights.sh --print PALLET BENCHMARK
#                                       prints what one costs and writes nothing; also for those that
#                                       only show something, as eventum_staking reward_voters does
#
# STEPS (50) and REPEAT (20) say how carefully it measures.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
head_help "$@"
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
env -u SKIP_WASM_BUILD CARGO_TARGET_DIR="$target" \
	cargo build --release --locked -p eventum-runtime --features runtime-benchmarks
runtime=$target/release/wbuild/eventum-runtime/eventum_runtime.wasm

# The genesis of the real chain: it has no validators and no nodes that benchmarks did not make.
bench() {
	"$bencher" v1 benchmark pallet --runtime "$runtime" --genesis-builder-preset mainnet \
		--disable-proof-recording "$@"
}

if [ "${1:-}" = --print ]; then
	[ $# = 3 ] || { head_help --help >&2; exit 2; }
	bench --extra --pallet "$2" --extrinsic "$3" --steps "${STEPS:-50}" --repeat "${REPEAT:-20}" 2> /dev/null |
		sed -n '/^Median Slopes/,/^Min Squares/p' | sed '$d'
	exit
fi

pallets=("$@")
if [ ${#pallets[@]} = 0 ]; then
	list=$(bench --quiet --list=pallets --no-csv-header)
	mapfile -t pallets <<< "$list"
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# One after the other: what has been measured is kept if a later one fails.
for pallet in "${pallets[@]}"; do
	step "$pallet"
	case $pallet in
		eventum_*) template=scripts/weights-template.hbs place=pallets/${pallet#eventum_}/src/weights.rs ;;
		runtime_*) template=scripts/weights-template.hbs place=runtime/src/weights/$pallet.rs ;;
		*) template='' place=runtime/src/weights/$pallet.rs ;;
	esac
	bench --quiet --pallet "$pallet" --extrinsic "*" --steps "${STEPS:-50}" --repeat "${REPEAT:-20}" \
		--output "$scratch/$pallet.rs" ${template:+--template "$template"}
	mv "$scratch/$pallet.rs" "$place"
done

# Files of upstream's template have no licence, and name this machine and its directories; what matters
# is its processor.
sed -i -e '1s|^$|// SPDX-License-Identifier: Apache-2.0\n|' \
	-e 's|^//! HOSTNAME: `[^`]*`, |//! |' -e '/^\/\/ Executed Command:/,/^$/d' runtime/src/weights/*.rs
{
	echo "// SPDX-License-Identifier: Apache-2.0"
	echo
	echo "//! What upstream pallets, blocks and transactions cost, measured on this runtime by"
	echo "//! \`scripts/weights.sh\`."
	echo
	for file in runtime/src/weights/*_*.rs; do echo "pub mod $(basename "$file" .rs);"; done
} > runtime/src/weights/mod.rs
step "done; look at the changes with git diff"
