#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Clients that others wrote, unchanged, judge a network: they decode all of a chain, and each plays a
# requester and two reporters from creating a market to being paid. docs/clients.md tells more.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

usage() {
	cat << 'USAGE'
usage: scripts/clients.sh [options]

  --out DIR        where results, logs and data go (out/clients)
  --no-build       run the binaries that are there
  --rpc-port P, --p2p-port P   ports of node 0 of four (9944, 30333)
USAGE
}

step() { echo "clients: $*" >&2; }
fail() { echo "clients: $*" >&2; exit 1; }

out=$EVENTUM_ROOT/out/clients build=yes rpc_port=9944 p2p_port=30333
while [ $# -gt 0 ]; do
	case $1 in
		--out) out=$2; shift ;;
		--no-build) build= ;;
		--rpc-port) rpc_port=$2; shift ;;
		--p2p-port) p2p_port=$2; shift ;;
		-h | --help) usage; exit ;;
		*) usage >&2; fail "unknown option $1" ;;
	esac
	shift
done

sources=$EVENTUM_ROOT/scripts/clients
place=$EVENTUM_CACHE/clients
judge=$CARGO_TARGET_DIR/release/eventum-judge
# The state is read at every so many blocks.
every=8

up= pids=() names=()
cleanup() {
	local code=$? pid
	trap - EXIT INT TERM
	for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
	if [ -n "$up" ]; then "$EVENTUM_ROOT/scripts/network.sh" down --base "$out/network" || true; fi
	exit $code
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Python's packages bring Node.js. What is installed is kept outside of the checkout.
install() {
	if ! cmp -s "$sources/python/requirements.txt" "$place/installed.txt"; then
		step "installing packages for Python"
		rm -rf "$place"
		"$EVENTUM_VENV/bin/python" -m venv "$place/venv"
		"$place/venv/bin/pip" install -q --disable-pip-version-check -r "$sources/python/requirements.txt" < /dev/null
		cp "$sources/python/requirements.txt" "$place/installed.txt"
	fi
	export PATH=$place/venv/bin:$PATH
	if ! cmp -s "$sources/package-lock.json" "$place/js/installed.json"; then
		step "installing packages for JavaScript"
		rm -rf "$place/js"
		mkdir -p "$place/js"
		cp "$sources"/package{,-lock}.json "$place/js"
		# Not `npm ci`, which wants what other kinds of machines need to be in the lock, too.
		(cd "$place/js" && npm install --ignore-scripts --no-audit --no-fund --loglevel error < /dev/null)
		cp "$sources/package-lock.json" "$place/js/installed.json"
	fi
	# They have to stand beside their packages to find them.
	(cd "$place/js" && rm -rf polkadot-js papi)
	cp -r "$sources"/{*.mjs,*.json,polkadot-js,papi} "$place/js"
}

# Runs a command beside us; its output goes to a log.
beside() {
	names+=("$1")
	timeout 600 "${@:2}" > "$out/$1.log" 2>&1 < /dev/null &
	pids+=($!)
}

# Waits for all that run beside us, and shows what they said.
all_well() {
	local index bad=
	for index in "${!pids[@]}"; do
		wait "${pids[$index]}" || bad+=" ${names[$index]}"
		cat "$out/${names[$index]}.log"
	done
	pids=() names=()
	[ -z "$bad" ] || fail "failed:$bad; logs are in $out"
}

# Clients look up the chain's types themselves, those of polkadot-api are generated for it.
papi() {
	cd "$place/js"
	npx papi add eventum --config papi.json -w "$url"
	npx tsc -p .
}

if [ -n "$build" ]; then
	"$EVENTUM_ROOT/scripts/setup.sh"
	. "$EVENTUM_ROOT/scripts/env.sh"
	"$EVENTUM_ROOT/scripts/build.sh"
fi
for binary in "$EVENTUM_NODE" "$EVENTUM_CLI" "$judge"; do
	[ -x "$binary" ] || fail "there is no $binary; leave out --no-build"
done
mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -f "$out"/*.json "$out"/*.log
install

step "reports that are made in other languages"
node "$place/js/vectors.mjs" "$EVENTUM_ROOT/client/wire/vectors.json"
python "$sources/python/vectors.py" "$EVENTUM_ROOT/client/wire/vectors.json"

step "network"
if [ -f "$out/network/settings" ]; then "$EVENTUM_ROOT/scripts/network.sh" down --base "$out/network"; fi
up=yes
# Whoever reads old blocks asks a node that keeps their state.
"$EVENTUM_ROOT/scripts/network.sh" up --no-build --fresh --archive --base "$out/network" \
	--rpc-port "$rpc_port" --p2p-port "$p2p_port" >&2
url=ws://127.0.0.1:$rpc_port

step "a replay, and every client as requester and reporters"
awk -F, 'NR == 1 || $1 in seen || ++count <= 8 { seen[$1]; print }' "$EVENTUM_ROOT/data/sparse.csv" > "$out/votes.csv"
beside replay "$EVENTUM_CLI" --url "$url" replay --requester //Ferdie --votes "$out/votes.csv" \
	--rule 1/2 --min-consensus 3 --out "$out/replay"
beside act-polkadot-js node "$place/js/polkadot-js/act.mjs" "$url" "$out/act-polkadot-js.json"
beside act-python python "$sources/python/act.py" "$url" "$out/act-python.json"
beside act-subxt "$judge" act "$url" "$out/act-subxt.json"
(papi) 2>&1 | tee "$out/descriptors.log"
beside act-papi node "$place/js/papi/act.ts" "$url" "$out/act-papi.json"
all_well

last=$(python3 "$EVENTUM_ROOT/scripts/rpc.py" state "http://127.0.0.1:$rpc_port")
last=${last##* }
step "every client decodes blocks 0 to $last, and the state at every ${every}th"
beside metadata node "$place/js/polkadot-js/metadata.mjs" "$url" "$out/metadata-polkadot-js.json"
beside read-polkadot-js node "$place/js/polkadot-js/read.mjs" "$url" "$last" $every "$out/read-polkadot-js.json"
beside read-papi node "$place/js/papi/read.ts" "$url" "$last" $every "$out/read-papi.json"
beside read-python python "$sources/python/read.py" "$url" "$last" $every "$out/read-python.json"
beside read-subxt "$judge" read "$url" "$last" $every "$out/read-subxt.json"
python "$sources/truth.py" "http://127.0.0.1:$rpc_port" "$last" $every "$out/truth.json"
all_well

python "$sources/check.py" "$out"
