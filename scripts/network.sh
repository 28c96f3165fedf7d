#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A network of nodes on this machine.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

usage() {
	cat << 'USAGE'
usage: scripts/network.sh up|down|status|kill I|start I [options]

up       starts the network and waits until all nodes finalize blocks
down     stops it; its data stay, and `up` goes on from there
status   tells where each node stands
kill I   ends node I at once, as a crash would
start I  starts node I again, with its data

  --nodes N      nodes to start (4)
  --preset P     local (N validators, 2 s slots) or dev (one node, 1 s slots)   (local)
  --chain FILE   a chain specification made from such a preset, instead of it
  --base DIR     where data, logs and process ids are kept (out/network)
  --rpc-port P   JSON-RPC port of node 0; node I has P + I (9944)
  --p2p-port P   network port of node 0; node I has P + I (30333)
  --fresh        start from genesis even if there are data
  --backends L   network backends of the nodes in turn, such as litep2p,libp2p (litep2p)
  --archive      keep the state of all blocks, not of the newest 256 alone
  --namespaces   run node I in the network namespace node-I that scripts/netem.py made
  --no-build     run the binary that is there
  --json         print as JSON
USAGE
}

fail() { echo "network: $*" >&2; exit 1; }
say() { echo "network: $*" >&2; }
rpc() { python3 "$EVENTUM_ROOT/scripts/rpc.py" "$@"; }

command=${1:-help}
shift || true
victim=
if [ "$command" = kill ] || [ "$command" = start ]; then
	victim=${1:-}
	shift || fail "$command needs the number of a node"
fi
nodes=4 preset=local chain= base=$EVENTUM_ROOT/out/network rpc_port=9944 p2p_port=30333
fresh= backends=litep2p archive= namespaces= build=yes json=
while [ $# -gt 0 ]; do
	case $1 in
		--nodes) nodes=$2; shift ;;
		--preset) preset=$2; shift ;;
		--chain) chain=$(realpath "$2"); shift ;;
		--base) base=$2; shift ;;
		--rpc-port) rpc_port=$2; shift ;;
		--p2p-port) p2p_port=$2; shift ;;
		--fresh) fresh=yes ;;
		--backends) backends=$2; shift ;;
		--archive) archive=yes ;;
		--namespaces) namespaces=yes ;;
		--no-build) build= ;;
		--json) json=yes ;;
		*) usage >&2; fail "unknown option $1" ;;
	esac
	shift
done

# Process id of node $1 if it runs. (A process of another kind may have got the id since.)
running() {
	local pid
	pid=$(cat "$base/node-$1/pid" 2> /dev/null) || return 1
	tr '\0' '\n' 2> /dev/null < "/proc/$pid/cmdline" | grep -qxF "$base/node-$1/data" && echo "$pid"
}

# Public seed of node $1, as eventum_primitives::dev::node_uri gives it.
seed() {
	local names=(//Alice //Bob //Charlie //Dave //Eve //Ferdie)
	echo "${names[$1]:-//Node$1}"
}

# Hosts at which other nodes and clients reach node $1.
line_host() { if [ -n "$namespaces" ]; then echo "10.77.0.$(($1 + 1))"; else echo 127.0.0.1; fi; }
rpc_host() { if [ -n "$namespaces" ]; then echo "10.77.1.$(($1 + 1))"; else echo 127.0.0.1; fi; }
rpc_url() { echo "http://$(rpc_host "$1"):$((rpc_port + $1))"; }

# Where node $1 listens for other nodes.
place() { echo "/ip4/$(line_host "$1")/tcp/$((p2p_port + $1))"; }

# Address of node $1, whose network identity follows from its seed.
address() {
	local secret=$base/node-$1/network-secret
	python3 -c 'import hashlib, sys
print(hashlib.blake2b(b"eventum/dev/network" + sys.argv[1].encode(), digest_size=32).hexdigest(), end="")' \
		"$(seed "$1")" > "$secret"
	echo "$(place "$1")/p2p/$("$EVENTUM_NODE" key inspect-node-key --file "$secret" 2> /dev/null | tail -n 1)"
	rm "$secret"
}

# Network backend of node $1.
backend() {
	local all
	IFS=, read -ra all <<< "$backends"
	echo "${all[$(($1 % ${#all[@]}))]}"
}

# Starts node $1; the others' addresses are given. (Requesters of a network on one machine listen on
# that machine.)
start() {
	local index=$1 home=$base/node-$1 options=(--network-backend "$(backend "$1")") other inside=()
	shift
	for other in "$@"; do options+=(--bootnodes "$other"); done
	# Alone in the world a node would wait for peers before it makes blocks.
	if [ "$nodes" = 1 ]; then options+=(--force-authoring); fi
	if [ -n "$archive" ]; then options+=(--state-pruning archive-canonical); fi
	if [ -n "$namespaces" ]; then
		inside=(ip netns exec "node-$index")
		options+=(--unsafe-rpc-external)
	fi
	# Compiled runtimes are the same for all nodes, of this network and the next.
	mkdir -p "$home/data" "$EVENTUM_CACHE/runtimes"
	ln -sfn "$EVENTUM_CACHE/runtimes" "$home/data/runtimes"
	setsid nohup "${inside[@]}" "$EVENTUM_NODE" --chain "$spec" --dev-seed "$(seed "$index")" \
		--base-path "$home/data" --listen-addr "$(place "$index")" --public-addr "$(place "$index")" \
		--rpc-port $((rpc_port + index)) --rpc-cors all --rpc-max-connections 1000 \
		--no-mdns --no-telemetry --no-prometheus --webhook-allow-private "${options[@]}" >> "$home/log" 2>&1 < /dev/null &
	echo $! > "$home/pid"
}

# Waits until a node answers and has finalized block $2 at least.
await() {
	local index=$1 block=$2 answer deadline=$((SECONDS + 180))
	until answer=$(rpc state "$(rpc_url "$index")" 2> /dev/null) &&
		[ "${answer##* }" -ge "$block" ]; do
		if ! running "$index" > /dev/null; then
			tail -n 20 "$base/node-$index/log" >&2
			fail "node $index ended; its log is $base/node-$index/log"
		fi
		if [ $SECONDS -ge $deadline ]; then
			tail -n 20 "$base/node-$index/log" >&2
			fail "node $index does not finalize blocks (peers, best, finalized: ${answer:-no answer})"
		fi
		sleep 0.5
	done
}

load() {
	[ -f "$settings" ] || fail "there is no network in $base"
	# shellcheck disable=SC1090
	. "$settings"
}

up() {
	case $nodes in '' | *[!0-9]* | 0) fail "--nodes must be a number from 1" ;; esac
	case $preset in
		dev) [ "$nodes" = 1 ] || fail "the preset dev has one node: say --nodes 1" ;;
		local) preset=local-$nodes ;;
		*) fail "--preset must be local or dev" ;;
	esac
	chain=${chain:-$preset}
	local index taken ports=() addresses=()
	if [ -f "$settings" ]; then
		for index in $(seq 0 $((nodes - 1))); do
			if running "$index" > /dev/null; then fail "a network already runs in $base; end it with scripts/network.sh down"; fi
		done
		if [ -z "$fresh" ] && ! grep -qx "chain=$chain" "$settings"; then
			fail "$base holds the data of another network; say --fresh to start anew"
		fi
	fi
	if [ -n "$build" ]; then "$EVENTUM_ROOT/scripts/build.sh"; fi
	[ -x "$EVENTUM_NODE" ] || fail "there is no $EVENTUM_NODE; leave out --no-build"
	for index in $(seq 0 $((nodes - 1))); do
		ports+=($((rpc_port + index)) $((p2p_port + index)))
	done
	taken=$(rpc free "${ports[@]}") || fail "ports in use: $taken; choose others with --rpc-port and --p2p-port"
	if [ -n "$fresh" ]; then rm -rf "$base"/node-* "$spec"; fi
	# From a preset each node would compile the runtime to make its genesis, with every start.
	if [ ! -s "$spec" ]; then
		say "making the genesis of $chain"
		"$EVENTUM_NODE" export-chain-spec --chain "$chain" --raw > "$spec" 2> "$base/chain.log" ||
			{ rm -f "$spec"; fail "there is no genesis of $chain: $(tail -n 1 "$base/chain.log" | cut -c 1-300)"; }
	fi
	# For the other commands.
	cat > "$settings" << SETTINGS
chain=$chain
nodes=$nodes
backends=$backends
archive=$archive
namespaces=$namespaces
rpc_port=$rpc_port
p2p_port=$p2p_port
SETTINGS
	say "starting $nodes nodes of chain $chain"
	for index in $(seq 0 $((nodes - 1))); do
		mkdir -p "$base/node-$index"
		# Nodes find each other from whichever is there first.
		start "$index" "${addresses[@]}"
		addresses+=("$(address "$index")")
	done
	say "waiting for finalized blocks"
	for index in $(seq 0 $((nodes - 1))); do await "$index" 2; done
	status
}

status() {
	load
	local index url state pid rows=()
	for index in $(seq 0 $((nodes - 1))); do
		url=ws://$(rpc_host "$index"):$((rpc_port + index))
		pid=$(running "$index") || pid=-
		state="- - -"
		if [ "$pid" != - ]; then state=$(rpc state "$(rpc_url "$index")" 2> /dev/null) || state="- - -"; fi
		rows+=("$index $(seed "$index") $url $pid $state $base/node-$index/log")
	done
	if [ -n "$json" ]; then
		printf '%s\n' "${rows[@]}" | python3 -c '
import json, sys
number = lambda text: None if text == "-" else int(text)
rows = [line.rstrip("\n").split(" ", 7) for line in sys.stdin]
print(json.dumps({"nodes": [{
    "node": int(node), "seed": seed, "endpoint": url, "pid": number(pid), "peers": number(peers),
    "best": number(best), "finalized": number(finalized), "log": log,
} for node, seed, url, pid, peers, best, finalized, log in rows]}, indent=2))'
	else
		local row
		for row in "node seed endpoint pid peers best finalized log" "${rows[@]}"; do
			# shellcheck disable=SC2086
			printf '%-5s %-10s %-22s %-8s %-6s %-6s %-10s %s\n' $row
		done
	fi
}

# Ends node $1 with signal $2 and waits for it.
end() {
	local pid waited=0
	pid=$(running "$1") || return 0
	kill "-$2" "$pid" 2> /dev/null || true
	while running "$1" > /dev/null; do
		if [ $waited -ge 100 ]; then kill -KILL "$pid" 2> /dev/null || true; fi
		sleep 0.1
		waited=$((waited + 1))
	done
}

kill_victim() {
	running "$victim" > /dev/null || fail "node $victim does not run"
	end "$victim" KILL
	say "node $victim is dead"
}

start_victim() {
	! running "$victim" > /dev/null || fail "node $victim runs already"
	local index others=()
	for index in $(seq 0 $((nodes - 1))); do
		if [ "$index" != "$victim" ]; then others+=("$(address "$index")"); fi
	done
	start "$victim" "${others[@]}"
	say "node $victim is started"
}

down() {
	load
	local index pid
	for index in $(seq 0 $((nodes - 1))); do
		if pid=$(running "$index"); then kill -TERM "$pid" 2> /dev/null || true; fi
	done
	for index in $(seq 0 $((nodes - 1))); do end "$index" TERM; done
	say "down; data and logs are in $base"
}

case $command in
	up)
		mkdir -p "$base"
		base=$(cd "$base" && pwd)
		settings=$base/settings spec=$base/chain.json
		up
		;;
	down | status)
		base=$(cd "$base" 2> /dev/null && pwd) || fail "there is no network"
		settings=$base/settings spec=$base/chain.json
		$command
		;;
	kill | start)
		base=$(cd "$base" 2> /dev/null && pwd) || fail "there is no network"
		settings=$base/settings spec=$base/chain.json
		load
		[ -d "$base/node-$victim" ] || fail "there is no node $victim"
		"${command}_victim"
		;;
	help | -h | --help) usage ;;
	*) usage >&2; exit 2 ;;
esac
