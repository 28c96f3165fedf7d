#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The main job while the runtime is upgraded: a feed is opened under one version and concluded under
# the next, which is built of the same sources.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

usage() {
	cat << 'USAGE'
usage: scripts/upgrade.sh [options]

  --tasks N        rounds to run, the first of data/bluebirds.csv (108)
  --out DIR        where results and logs go (out/upgrade)
  --rpc-port P, --p2p-port P   ports of node 0 (9944, 30333)

The binaries must have been built (scripts/build.sh); the next runtime is built here.
USAGE
}

fail() { echo "upgrade: $*" >&2; exit 1; }
say() { echo "upgrade: $*" >&2; }

tasks=108 out=$EVENTUM_ROOT/out/upgrade rpc_port=9944 p2p_port=30333
while [ $# -gt 0 ]; do
	case $1 in
		--tasks) tasks=$2; shift ;;
		--out) out=$2; shift ;;
		--rpc-port) rpc_port=$2; shift ;;
		--p2p-port) p2p_port=$2; shift ;;
		-h | --help) usage; exit ;;
		*) usage >&2; fail "unknown: $1" ;;
	esac
	shift
done
scripts=$EVENTUM_ROOT/scripts
[ -x "$EVENTUM_NODE" ] || fail "there is no $EVENTUM_NODE; run scripts/build.sh"
rm -rf "$out"
mkdir -p "$out"
out=$(cd "$out" && pwd)

# The next runtime: these sources in another place, with a higher version, compiled as the runtime's
# build script does it, and with what that has compiled of other crates.
say "building the next runtime"
wasm=$CARGO_TARGET_DIR/release/wbuild/eventum-runtime
next=$CARGO_TARGET_DIR/upgrade
mkdir -p "$next/tree" "$next/project/src"
git -C "$EVENTUM_ROOT" ls-files -z | tar -C "$EVENTUM_ROOT" --null -T - -c | tar -C "$next/tree" -x
perl -pi -e 's/^(\tspec_version: )(\d+)/$1 . ($2 + 1)/e' "$next/tree/runtime/src/lib.rs"
sed -e "s#^path = .*#path = \"$next/tree/runtime\"#" -e 's/"eventum_runtime"/"eventum_runtime_next"/' \
	"$wasm/Cargo.toml" > "$next/project/Cargo.toml"
cp "$wasm/Cargo.lock" "$next/project/"
cp "$wasm/src/lib.rs" "$next/project/src/"
# As `WasmBuilder::build_using_defaults` has them.
RUSTFLAGS="-C link-arg=--export-table -C link-arg=--export=__heap_base -C link-arg=--import-memory \
 --cfg substrate_runtime " CARGO_TARGET_DIR=$wasm/target SKIP_WASM_BUILD= \
	cargo rustc --manifest-path "$next/project/Cargo.toml" --target wasm32v1-none --profile release
# Compressed, as every upgrade must be: a block has no room for all of it. The mark is that of
# sp-maybe-compressed-blob.
{
	printf '\x52\xbc\x53\x76\x46\xdb\x8e\x05'
	zstd --quiet --stdout "$wasm/target/wasm32v1-none/release/eventum_runtime_next.wasm"
} > "$out/next.wasm"

"$EVENTUM_NODE" export-chain-spec --chain local-4 --raw > "$out/spec.json"
python3 "$scripts/upgrade.py" authorize "$out/spec.json" "$out/next.wasm"

urls=()
for index in 0 1 2 3; do urls+=("http://127.0.0.1:$((rpc_port + index))"); done
export scripts out
# Runs beside the replay: upgrades in mid-feed.
beside() {
	python3 "$scripts/follow.py" "$out/chain.json" "$REPLAY" "${@:2}" &
	echo "[]" > "$out/marks.json"
	python3 "$scripts/await_round.py" "$RECEIVER" "$1"
	python3 "$scripts/upgrade.py" apply "$out/next.wasm" "${@:2}"
	wait
}
export -f beside
"$scripts/demo.sh" --no-build --out "$out" --tasks "$tasks" --rpc-port "$rpc_port" --p2p-port "$p2p_port" \
	--chain "$out/spec.json" --during "set -e; beside $((tasks / 3)) ${urls[*]}" ||
	fail "the replay failed; logs are in $out"
python3 "$scripts/tests/check_demo.py" "$out" --votes "$out/votes.csv" \
	--truth "$EVENTUM_ROOT/data/bluebirds-truth.csv"
python3 "$scripts/tests/check_chaos.py" "$out" --versions 1,2
