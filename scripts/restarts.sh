#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The main job while nodes crash: each node in turn, and now and then all at once, is killed at a
# random moment and started again with its data, from the draw of the committee until all is settled.
# Nothing may be lost, told twice, or paid twice. (Not earlier: until then the replay waits for
# transactions of its own, and the node that it gave them to is the one that tells it of them.)

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

usage() {
	cat << 'USAGE'
usage: scripts/restarts.sh [options]

  --tasks N        rounds to run, the first of data/bluebirds.csv (108)
  --pause SECONDS  longest time between crashes (6)
  --seed N         seed of the random moments (of this run's own)
  --out DIR        where results and logs go (out/restarts)
  --rpc-port P, --p2p-port P   ports of node 0 (9944, 30333)

The binaries must have been built (scripts/build.sh).
USAGE
}

fail() { echo "restarts: $*" >&2; exit 1; }

tasks=108 pause=6 seed=$RANDOM out=$EVENTUM_ROOT/out/restarts rpc_port=9944 p2p_port=30333
while [ $# -gt 0 ]; do
	case $1 in
		--tasks) tasks=$2; shift ;;
		--pause) pause=$2; shift ;;
		--seed) seed=$2; shift ;;
		--out) out=$2; shift ;;
		--rpc-port) rpc_port=$2; shift ;;
		--p2p-port) p2p_port=$2; shift ;;
		-h | --help) usage; exit ;;
		*) usage >&2; fail "unknown: $1" ;;
	esac
	shift
done
scripts=$EVENTUM_ROOT/scripts
rm -rf "$out"
mkdir -p "$out"
out=$(cd "$out" && pwd)
export scripts out pause seed rpc_port EVENTUM_CLI

# Sleeps for a random time of at most $1 seconds.
doze() { sleep "$((RANDOM % $1)).$((RANDOM % 10))"; }

# Runs beside a replay: kills and starts nodes for as long as it runs.
beside() {
	local urls=() index turn=0 victims follows
	RANDOM=$seed
	for index in 0 1 2 3; do urls+=("http://127.0.0.1:$((rpc_port + index))"); done
	# Followed until all nodes are back.
	sleep infinity &
	follows=$!
	python3 "$scripts/follow.py" "$out/chain.json" "$follows" "${urls[@]}" &
	until "$EVENTUM_CLI" --url "ws://127.0.0.1:$rpc_port" feed status 0/0 2> /dev/null |
		grep -Eq '^feed 0/0: (drawing|reporting)'; do
		kill -0 "$REPLAY" 2> /dev/null || break
		sleep 0.2
	done
	while kill -0 "$REPLAY" 2> /dev/null; do
		doze "$pause"
		victims=$((turn % 5))
		if [ "$victims" = 4 ]; then victims="0 1 2 3"; fi
		for index in $victims; do "$scripts/network.sh" kill "$index" --base "$NETWORK" 2>> "$out/crashes"; done
		doze 3
		for index in $victims; do "$scripts/network.sh" start "$index" --base "$NETWORK" 2>> "$out/crashes"; done
		echo "[[$(date +%s%3N), \"joined\"]]" > "$out/marks.json"
		for index in $victims; do
			until python3 "$scripts/rpc.py" state "${urls[$index]}" > /dev/null 2>&1; do sleep 0.1; done
		done
		turn=$((turn + 1))
	done
	sleep 15
	kill "$follows"
	wait
}
export -f doze beside

echo "restarts: the seed is $seed" >&2
"$scripts/demo.sh" --no-build --out "$out" --tasks "$tasks" --rpc-port "$rpc_port" --p2p-port "$p2p_port" \
	--quiet 60 --patience 180 --during "set -e; beside" || fail "the replay failed; logs are in $out"
echo "restarts: $(grep -c 'is dead' "$out/crashes") crashes"
python3 "$scripts/tests/check_demo.py" "$out" --votes "$out/votes.csv" \
	--truth "$EVENTUM_ROOT/data/bluebirds-truth.csv"
python3 "$scripts/tests/check_chaos.py" "$out"
