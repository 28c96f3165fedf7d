#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Load on a network of its own: what bench-burst.sh, bench-latency.sh and soak.sh have in common.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

usage() {
	cat << 'USAGE'
usage: scripts/load.sh [options] COMMAND [its options]

Starts a fresh network of four nodes, runs cli/examples/load against it, and takes it down.

  --out DIR      where data and logs go (out/load)
  --receiver     start a receiver of webhooks too, and tell the command
  --rpc-port P, --p2p-port P   ports of node 0 (9944, 30333)
  --no-build     run the binaries that are there
USAGE
}

fail() { echo "load: $*" >&2; exit 1; }
scripts=$EVENTUM_ROOT/scripts
load=$CARGO_TARGET_DIR/release/examples/load

out=$EVENTUM_ROOT/out/load receiver= build=yes rpc_port=9944 p2p_port=30333
while [ $# -gt 0 ]; do
	case $1 in
		--out) out=$2; shift ;;
		--receiver) receiver=yes ;;
		--rpc-port) rpc_port=$2; shift ;;
		--p2p-port) p2p_port=$2; shift ;;
		--no-build) build= ;;
		-h | --help) usage; exit ;;
		-*) usage >&2; fail "unknown option $1" ;;
		*) break ;;
	esac
	shift
done
[ $# -gt 0 ] || { usage >&2; exit 2; }

receiver_pid= load_pid= up=
cleanup() {
	local code=$? pid
	trap - EXIT INT TERM
	for pid in $load_pid $receiver_pid; do kill "$pid" 2> /dev/null || true; done
	if [ -n "$up" ]; then "$scripts/network.sh" down --base "$out/network" 2> /dev/null || true; fi
	exit $code
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -n "$build" ]; then
	"$scripts/setup.sh" >&2
	. "$scripts/env.sh"
	"$scripts/build.sh" >&2
	cargo build --release --locked -p eventum-cli --example load >&2
fi
[ -x "$load" ] || fail "there is no $load; leave out --no-build"

mkdir -p "$out"
out=$(cd "$out" && pwd)
if [ -f "$out/network/settings" ]; then "$scripts/network.sh" down --base "$out/network" 2> /dev/null; fi
up=yes
"$scripts/network.sh" up --no-build --fresh --base "$out/network" \
	--rpc-port "$rpc_port" --p2p-port "$p2p_port" >&2

options=() keys=()
for index in 0 1 2 3; do
	options+=(--url "ws://127.0.0.1:$((rpc_port + index))" --pid "$(cat "$out/network/node-$index/pid")")
	keys+=(--rpc "http://127.0.0.1:$((rpc_port + index))")
done
if [ -n "$receiver" ]; then
	rm -f "$out"/{events.jsonl,receiver.log}
	"$EVENTUM_VENV/bin/python" "$scripts/receiver.py" --listen 127.0.0.1:0 "${keys[@]}" \
		--log "$out/events.jsonl" > "$out/receiver.log" 2>&1 &
	receiver_pid=$!
	address=
	for _ in $(seq 100); do
		address=$(sed -n 's#^receiving at \(http://[^/]*\)/hook$#\1#p' "$out/receiver.log")
		if [ -n "$address" ]; then break; fi
		sleep 0.1
	done
	[ -n "$address" ] || fail "the receiver does not start; its log is $out/receiver.log"
	set -- "$@" --receiver "$address"
fi

"$load" "$@" "${options[@]}" &
load_pid=$!
code=0
wait "$load_pid" || code=$?
load_pid=
for index in 0 1 2 3; do
	if grep -nE 'panicked|The report plane stops' "$out/network/node-$index/log" >&2; then
		fail "node $index failed; its log is $out/network/node-$index/log"
	fi
done
exit $code
