#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The main job, end to end: a network of nodes on this machine, a receiver of webhooks, and a crowd's
# recorded votes, which become certified, delivered and paid results.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

usage() {
	cat << 'USAGE'
usage: scripts/demo.sh [options] [options of `eventum replay`]

  --out DIR        where results, logs and data go (out/demo)
  --nodes N        nodes of the network, 4 to 36 (4)
  --tasks N        replay the votes on the first N tasks alone, which are kept in DIR/votes.csv
  --kill I@ROUND   end node I for good when that round runs
  --during COMMAND run this beside the replay, which has to succeed too; it finds the address of the
                   receiver in $RECEIVER, the network's directory in $NETWORK, and the process id of
                   the replay in $REPLAY
  --chain FILE, --backends L, --namespaces   as scripts/network.sh takes them
  --keep           leave the network running
  --no-build       run the binaries that are there
  --rpc-port P, --p2p-port P   ports of node 0 (9944, 30333)

Without --votes it replays data/bluebirds.csv: 39 people on 108 photographs. Of the options of
`eventum replay` these are the most useful: --votes FILE --truth FILE --rule R --min-consensus N
USAGE
}

step() { echo "demo: $*" >&2; }
fail() { echo "demo: $*" >&2; exit 1; }
scripts=$EVENTUM_ROOT/scripts
network() { "$scripts/network.sh" "$@"; }

out=$EVENTUM_ROOT/out/demo nodes=4 tasks= kill= during= keep= build=yes rpc_port=9944 p2p_port=30333
replay=() votes= truth= options=() host=127.0.0.1
while [ $# -gt 0 ]; do
	case $1 in
		--out) out=$2; shift ;;
		--nodes) nodes=$2; shift ;;
		--tasks) tasks=$2; shift ;;
		--kill) kill=$2; shift ;;
		--during) during=$2; shift ;;
		--chain | --backends) options+=("$1" "$2"); shift ;;
		--namespaces) options+=("$1"); host=10.77.1.254 ;;
		--keep) keep=yes ;;
		--no-build) build= ;;
		--rpc-port) rpc_port=$2; shift ;;
		--p2p-port) p2p_port=$2; shift ;;
		-h | --help) usage; exit ;;
		--votes) votes=$2; shift ;;
		--truth) truth=$2; shift ;;
		*) replay+=("$1") ;;
	esac
	shift
done
if [ -z "$votes" ]; then
	votes=$EVENTUM_ROOT/data/bluebirds.csv truth=$EVENTUM_ROOT/data/bluebirds-truth.csv
fi
case $tasks in *[!0-9]*) fail "--tasks must be a number" ;; esac
case $nodes in '' | *[!0-9]*) fail "--nodes must be a number" ;; esac
[ "$nodes" -ge 4 ] || fail "--nodes must be at least 4: that many count each report"
if [ -n "$kill" ]; then
	[[ $kill =~ ^([0-9]+)@([0-9]+)$ ]] || fail "--kill is written NODE@ROUND, for example 2@50"
	victim=${BASH_REMATCH[1]} round=${BASH_REMATCH[2]}
	[ "$victim" -lt "$nodes" ] || fail "there is no node $victim; the last is $((nodes - 1))"
	[ -z "$during" ] || fail "give --kill or --during, not both"
	during="python3 '$scripts/await_round.py' \$RECEIVER $round &&
		'$scripts/network.sh' kill $victim --base \"\$NETWORK\""
fi

receiver_pid= during_pid= replay_pid= up=
cleanup() {
	local code=$?
	trap - EXIT INT TERM
	local pid
	for pid in $replay_pid $receiver_pid; do kill "$pid" 2> /dev/null || true; done
	# With all that it has started, which else could start nodes again.
	if [ -n "$during_pid" ]; then kill -- "-$during_pid" 2> /dev/null || true; fi
	if [ -n "$up" ] && { [ -z "$keep" ] || [ $code != 0 ]; }; then
		network down --base "$out/network" || true
	fi
	exit $code
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -n "$build" ]; then
	step "what is needed"
	"$scripts/setup.sh"
	# What it found out about the toolchain.
	. "$scripts/env.sh"
	step "building (the first time this takes half an hour or more)"
	"$scripts/build.sh"
fi
for binary in "$EVENTUM_NODE" "$EVENTUM_CLI"; do
	[ -x "$binary" ] || fail "there is no $binary; leave out --no-build"
done

mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -f "$out"/{events.jsonl,receiver.log,outcomes.csv,payouts.csv,details.csv,summary.json}

if [ -n "$tasks" ]; then
	awk -F, -v most="$tasks" 'NR == 1 || $1 in seen || ++count <= most { seen[$1]; print }' \
		"$votes" > "$out/votes.csv"
	votes=$out/votes.csv
fi
if [ -n "$truth" ]; then replay+=(--truth "$truth"); fi

step "network of $nodes nodes"
if [ -f "$out/network/settings" ]; then network down --base "$out/network"; fi
up=yes
network up --no-build --fresh --nodes "$nodes" --base "$out/network" \
	--rpc-port "$rpc_port" --p2p-port "$p2p_port" "${options[@]}" >&2

mapfile -t endpoints < <(network status --json --base "$out/network" |
	python3 -c 'import json, sys; [print(node["endpoint"]) for node in json.load(sys.stdin)["nodes"]]')
urls=() keys=()
for endpoint in "${endpoints[@]}"; do
	urls+=(--url "$endpoint")
	keys+=(--rpc "http${endpoint#ws}")
done

step "receiver"
"$EVENTUM_VENV/bin/python" "$scripts/receiver.py" --listen "$host:0" "${keys[@]}" \
	--log "$out/events.jsonl" > "$out/receiver.log" 2>&1 &
receiver_pid=$!
receiver=
for _ in $(seq 100); do
	receiver=$(sed -n 's#^receiving at \(http://[^/]*\)/hook$#\1#p' "$out/receiver.log")
	if [ -n "$receiver" ]; then break; fi
	if ! kill -0 "$receiver_pid" 2> /dev/null; then cat "$out/receiver.log" >&2; fail "the receiver does not run"; fi
	sleep 0.1
done
[ -n "$receiver" ] || fail "the receiver does not start; its log is $out/receiver.log"

step "replay"
# Beside us, so that a signal that ends us is heard at once.
"$EVENTUM_CLI" "${urls[@]}" replay --receiver "$receiver" --out "$out" --votes "$votes" "${replay[@]}" &
replay_pid=$!
if [ -n "$during" ]; then
	RECEIVER=$receiver NETWORK=$out/network REPLAY=$replay_pid setsid bash -c "$during" &
	during_pid=$!
fi
wait "$replay_pid" || fail "the replay failed; logs are in $out"
replay_pid=

if [ -n "$during" ]; then
	for _ in $(seq 1800); do
		if ! kill -0 "$during_pid" 2> /dev/null; then break; fi
		sleep 0.1
	done
	if kill -0 "$during_pid" 2> /dev/null; then fail "what runs beside the replay does not end: $during"; fi
	wait "$during_pid" || fail "what ran beside the replay failed: $during"
	during_pid=
fi

step "checking the state of the chain"
alive=0
for index in $(seq 0 $((nodes - 1))); do
	if [ -n "$kill" ] && [ "$index" = "$victim" ]; then continue; fi
	python3 "$scripts/rpc.py" check "http${endpoints[$index]#ws}" || fail "node $index is not as it must be; its log is $out/network/node-$index/log"
	alive=$((alive + 1))
done
step "it holds on $alive nodes"

python3 "$scripts/table.py" "$out"
if [ -n "$keep" ]; then
	network status --base "$out/network"
	step "the network runs on; end it with: scripts/network.sh down --base $out/network"
fi
