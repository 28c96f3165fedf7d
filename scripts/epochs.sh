#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Epochs of a real network, in real time: seven delegates compete for six seats, four produce. Votes are
# cast and moved with the command line, a producer crashes, and the whole network stops for a minute.
# Then scripts/tests/check_epochs.py reckons from the headers alone whose slots were missed and what
# everyone had to get, and compares that with what the chain and the command line say.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

usage() {
	cat << 'USAGE'
usage: scripts/epochs.sh [options]

  --short          without the halt, and not until who crashed is elected again: 7 minutes
                   instead of 20
  --out DIR        where results, logs and data go (out/epochs)
  --no-build       run the binaries that are there
  --rpc-port P, --p2p-port P   ports of node 0 of seven (9944, 30333)
USAGE
}

step() { echo "epochs: $*" >&2; }
fail() { echo "epochs: $*" >&2; exit 1; }

out=$EVENTUM_ROOT/out/epochs short= build=yes rpc_port=9944 p2p_port=30333
while [ $# -gt 0 ]; do
	case $1 in
		--short) short=yes ;;
		--out) out=$2; shift ;;
		--no-build) build= ;;
		--rpc-port) rpc_port=$2; shift ;;
		--p2p-port) p2p_port=$2; shift ;;
		-h | --help) usage; exit ;;
		*) usage >&2; fail "unknown option $1" ;;
	esac
	shift
done
if [ -n "$build" ]; then "$EVENTUM_ROOT/scripts/build.sh"; fi

nodes=7
# An account that has no bucket at genesis.
voter=//Bob
names=(Alice Bob Charlie Dave Eve Ferdie Node6)
check=$EVENTUM_ROOT/scripts/tests/check_epochs.py
http=http://127.0.0.1:$rpc_port
network() { "$EVENTUM_ROOT/scripts/network.sh" "$@" --base "$out/network"; }
urls=()
for index in $(seq 0 $((nodes - 1))); do urls+=(--url "ws://127.0.0.1:$((rpc_port + index))"); done
eventum() { "$EVENTUM_CLI" "${urls[@]}" --json "$@"; }

# What a Python expression gives for the JSON `it` on standard input.
pick() { python3 -c "import json, sys; it = json.load(sys.stdin); print($1)"; }

# Waits until the chain has a block in a slot of an epoch, or later: epoch, slot of the epoch.
await() { python3 "$check" await "$http" "$1" "$2"; }

rm -rf "$out"
mkdir -p "$out"
out=$(cd "$out" && pwd)

up=
cleanup() {
	local code=$?
	trap - EXIT INT TERM
	if [ -n "$up" ]; then network down || true; fi
	exit $code
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# As many seats as nodes would leave nothing to vote about.
"$EVENTUM_NODE" export-chain-spec --chain "local-$nodes" 2> /dev/null |
	pick "it['genesis']['runtimeGenesis']['patch']['elections'].update(seats=6) or json.dumps(it)" \
		> "$out/chain.json"
up=yes
network up --no-build --fresh --archive --nodes $nodes --chain "$out/chain.json" \
	--rpc-port "$rpc_port" --p2p-port "$p2p_port" >&2

first=$(($(python3 "$check" epoch "$http") + 1))
step "epoch $first: votes, until the members of the next are fixed and after"
await "$first" 0
low=$(eventum delegate list | pick "it[-1]['name']")
bucket=$(eventum stake create --amount 1000 --days 0 --for "$low" --suri $voter | pick "it['bucket']")
back=$(eventum delegate list | pick "it[-1]['name']")
# The first node makes the keys, and proves life for both.
eventum delegate register --name Newcomer --stake 1200000 --of-blocks 0 --of-votes 0 \
	--suri //Alice//stash > "$out/register.json"
await "$first" 42
eventum vote move "$bucket" --for "$back" --suri $voter > "$out/move.json"

killed=$((first + 1))
step "epoch $killed: a producer crashes for 40 seconds"
await "$killed" 4
# Not the node that is asked first.
victim=$(eventum delegate list |
	pick "[one['name'] for one in it if one['seat'] == 'produces' and one['name'] != 'Alice'][0]")
for index in "${!names[@]}"; do if [ "${names[$index]}" = "$victim" ]; then place=$index; fi; done
network kill "$place"
sleep 40
network start "$place"
await $((killed + 1)) 6
eventum delegate show "$victim" > "$out/probation.json"
eventum rewards show $voter > "$out/owed.json"
eventum delegate report "$back" --epoch "$killed" > "$out/report.json"
eventum rewards claim --suri $voter > "$out/claim.json"
last=$killed halted=

if [ -z "$short" ]; then
	halted=$((killed + 2))
	step "epoch $halted: the whole network stops for a minute"
	await "$halted" 4
	for index in "${!names[@]}"; do network kill "$index"; done
	sleep 60
	for index in "${!names[@]}"; do network start "$index"; done
	await $((halted + 1)) 6
	step "until $victim is elected again"
	for last in $(seq $((halted + 1)) $((halted + 9))); do
		await $((last + 1)) 6
		eventum delegate list > "$out/list.json"
		left=$(pick "[one['probation'] for one in it if one['name'] == '$victim'][0]" < "$out/list.json")
		seat=$(pick "[one['seat'] for one in it if one['name'] == '$victim'][0]" < "$out/list.json")
		step "epoch $((last + 1)): $victim has $left epochs of probation left; its seat: $seat"
		if [ "$left" = 0 ] && [ "$seat" != out ]; then break; fi
	done
fi

step "what everyone did and got"
cat > "$out/marks.json" << MARKS
{
	"first": $first, "last": $last, "killed": $killed, "halted": ${halted:-null},
	"low": "$low", "back": "$back", "victim": "$victim"
}
MARKS
python=$EVENTUM_CACHE/clients/venv/bin/python
if [ ! -x "$python" ]; then python=python3; fi
"$python" "$check" check "$http" "$out" "$EVENTUM_CLI" --url "ws://127.0.0.1:$rpc_port"
