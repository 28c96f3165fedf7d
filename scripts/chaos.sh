#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The main job over bad lines: four nodes, each in a network namespace of its own, joined by a line
# that delays, loses and is cut (scripts/netem.py). Each scenario is inside namespaces that take all
# processes and interfaces with them when it ends.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

usage() {
	cat << 'USAGE'
usage: scripts/chaos.sh [options] SCENARIO ...

  delay    75 ms and 1 % of loss between members, each way: how long outcomes take
  halves   the committee is cut in halves in mid-feed, and joined again
  single   one node is cut off in mid-feed, and comes back

  --tasks N       rounds to run, the first of data/bluebirds.csv (108)
  --cut SECONDS   how long lines are cut (30)
  --out DIR       where results and logs go (out/chaos)

The binaries must have been built (scripts/build.sh). Needs root, or the right to make namespaces.
USAGE
}

fail() { echo "chaos: $*" >&2; exit 1; }
say() { echo "chaos: $*" >&2; }

scenarios=() tasks=108 cut=30 base=$EVENTUM_ROOT/out/chaos
while [ $# -gt 0 ]; do
	case $1 in
		delay | halves | single) scenarios+=("$1") ;;
		--tasks) tasks=$2; shift ;;
		--cut) cut=$2; shift ;;
		--out) base=$2; shift ;;
		-h | --help) usage; exit ;;
		*) usage >&2; fail "unknown: $1" ;;
	esac
	shift
done
[ ${#scenarios[@]} != 0 ] || { usage >&2; fail "say which scenario"; }
scripts=$EVENTUM_ROOT/scripts

# Runs beside a replay: follows the chain and, if $3 names parts, cuts the line into them for $2
# seconds when round $1 runs.
beside() {
	local urls=() index from
	for index in 0 1 2 3; do urls+=("http://10.77.1.$((index + 1)):$((9944 + index))"); done
	python3 "$scripts/follow.py" "$out/chain.json" "$REPLAY" "${urls[@]}" &
	echo "[]" > "$out/marks.json"
	if [ -n "$3" ]; then
		python3 "$scripts/await_round.py" "$RECEIVER" "$1"
		python3 "$scripts/netem.py" set "$out/line" --parts "$3"
		from=$(date +%s%3N)
		echo "chaos: the line is cut: $3" >&2
		sleep "$2"
		python3 "$scripts/netem.py" set "$out/line" --parts ''
		echo "[[$from, \"cut\"], [$(date +%s%3N), \"joined\"]]" > "$out/marks.json"
		echo "chaos: the line is joined" >&2
	fi
	wait
}

# Inside namespaces: a replay over a line with options $1; $2 are the arguments of `beside`.
inside() {
	local pid code=0
	# For the names of the namespaces.
	mount -t tmpfs none /run
	python3 "$scripts/netem.py" run 4 "$out/line" &
	pid=$!
	# shellcheck disable=SC2086
	python3 "$scripts/netem.py" set "$out/line" $1
	# Silence ends a round only when a cut is long over.
	"$scripts/demo.sh" --no-build --namespaces --out "$out" --tasks "$tasks" --quiet $((cut + 90)) \
		--patience $((cut + 120)) --during "set -e; beside $2" || code=$?
	kill "$pid"
	wait "$pid" || code=1
	return $code
}

# Scenario $1 with what `inside` takes; what the check takes follows.
scenario() {
	local name=$1 line=$2 during=$3
	shift 3
	say "$name"
	out=$base/$name
	rm -rf "$out"
	mkdir -p "$out"
	"${enter[@]}" bash -euc 'inside "$@"' inside "$line" "$during" &&
		python3 "$scripts/tests/check_demo.py" "$out" --votes "$out/votes.csv" \
			--truth "$EVENTUM_ROOT/data/bluebirds-truth.csv" &&
		python3 "$scripts/tests/check_chaos.py" "$out" "$@"
}

enter=(unshare --net --mount --pid --fork --mount-proc --kill-child)
if [ "$(id -u)" != 0 ]; then enter+=(--map-root-user); fi
"${enter[@]}" true || fail "network namespaces are not permitted here; run this as root and outside of \
sandboxes that forbid unshare"
mkdir -p "$base"
base=$(cd "$base" && pwd)
export scripts out tasks cut
export -f beside inside

failures=0
# A cut comes when the feed is well under way.
third=$((tasks / 3))
for name in "${scenarios[@]}"; do
	case $name in
		delay) scenario delay "--delay 75 --loss 1" "0 0 ''" --p50 600 --p99 1500 ;;
		halves) scenario halves "--delay 20" "$third $cut 0,1/2,3" --dropped ;;
		single) scenario single "--delay 20" "$third $cut 0,1,2/3" ;;
	esac || { failures=$((failures + 1)); say "$name FAILED; logs are in $base/$name"; }
done
[ "$failures" = 0 ] || fail "$failures of ${#scenarios[@]} scenarios failed"
say "${#scenarios[@]} scenarios are as they must be"
