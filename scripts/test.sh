#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# All checks and tests, the quick ones first.
#
#   scripts/test.sh            everything
#   scripts/test.sh quick      without the networks
#   scripts/test.sh demos      the networks alone

set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
head_help "$@"
cd "$EVENTUM_ROOT" || exit 1

what=${1:-all}
case $what in all | quick | demos) ;; *) (head_help --help) >&2; exit 2 ;; esac

scripts/setup.sh || exit 1
# What it found out about the toolchain.
. scripts/env.sh

results=$EVENTUM_ROOT/out/test
mkdir -p "$results"
rm -f "$results/stages"

# Runs a stage; its output goes to a log too. Counts of tests are read off it.
stage() {
	local name=$1 log=$results/$1.log from=$SECONDS verdict=passed
	shift
	echo
	echo "==> $name"
	if ! "$@" 2>&1 | tee "$log"; then verdict=FAILED; fi
	note_stage "$name" $verdict $((SECONDS - from))
	[ $verdict = passed ]
}

# The same beside other stages: of its output only the end is shown, when it is over.
quiet_stage() {
	local name=$1 log=$results/$1.log from=$SECONDS verdict=passed
	shift
	echo "==> $name begins; its log is $log"
	if ! "$@" > "$log" 2>&1; then verdict=FAILED; fi
	note_stage "$name" $verdict $((SECONDS - from))
	printf '\n==> %s %s\n%s\n' "$name" $verdict "$(tail -n 12 "$log")"
}

# Writes down what a stage came to. One without tests of its own is one.
note_stage() {
	python3 - "$results/$1.log" "$@" >> "$results/stages" << 'COUNT'
import re, sys
log = open(sys.argv[1], errors="replace").read()
name, verdict, seconds = sys.argv[2:]
found = re.findall(r"(\d+) passed[;,] (\d+) failed", log)
ran = re.findall(r"^Ran (\d+) tests?", log, re.M)
bad = sum(map(int, re.findall(r"(?:failures|errors)=(\d+)", log)))
good = sum(int(good) for good, _ in found) + sum(map(int, ran)) - bad
bad += sum(int(bad) for _, bad in found)
if verdict == "FAILED" and not bad:
    bad = 1
if not good + bad:
    good = 1
print(f"{name:22} {verdict:7} {good:5} passed {bad:4} failed {seconds:>5} s")
COUNT
}

finish() {
	echo
	cat "$results/stages"
	awk -v time="$((SECONDS / 60)) min $((SECONDS % 60)) s" '
		{ good += $3; bad += $5 }
		END { print good " passed, " bad " failed, " time; exit (bad > 0) }' "$results/stages"
	exit
}

shell_syntax() {
	local script
	for script in scripts/*.sh .ci/run; do bash -n "$script" || return 1; done
	python3 -m compileall -q -f scripts data
}

# Everything that is built here is built through Clippy; warnings are errors in the end only, so that
# all are seen and nothing is built twice.
build() { "$EVENTUM_ROOT/scripts/build.sh"; }
no_warnings() {
	if grep -E '^warning' "$results/build.log" "$results/unit-tests.log"; then
		return 1
	fi
	echo "no warnings"
}

# A demo and the check of what came out: name, options of the demo, `--`, options of the check.
demo() {
	local out=$results/$1 options=()
	shift
	while [ "$1" != -- ]; do options+=("$1"); shift; done
	shift
	rm -rf "$out"
	scripts/demo.sh --no-build --out "$out" --rpc-port 19944 --p2p-port 31333 "${options[@]}" &&
		python3 scripts/tests/check_demo.py "$out" "$@"
}

# The network of this demo elects: of seven delegates six sit and four produce, others in each epoch.
# Half of its nodes have the other network backend.
elected_demo() {
	local chain=$results/elected.json
	"$EVENTUM_NODE" export-chain-spec --chain local-7 2> /dev/null |
		python3 scripts/tests/check_turnover.py chain > "$chain" &&
		demo sparse --nodes 7 --chain "$chain" --backends litep2p,libp2p --during \
			"python3 '$EVENTUM_ROOT/scripts/tests/check_turnover.py' watch \
				http://127.0.0.1:19944 \$REPLAY '$EVENTUM_CLI' --url ws://127.0.0.1:19944" \
			"$@"
}

if [ "$what" != demos ]; then
	stage format cargo fmt --all --check
	stage scripts shell_syntax
	stage guards scripts/guards.sh --check
	stage receiver "$EVENTUM_VENV/bin/python" -m unittest scripts/tests/test_receiver.py
fi
export RUSTC_WORKSPACE_WRAPPER=$EVENTUM_ROOT/scripts/lint.sh
stage build build || finish
if [ "$what" != demos ]; then
	stage unit-tests cargo test --release --locked --workspace --no-fail-fast
	stage lint no_warnings
fi
if [ "$what" != quick ]; then
	birds=(--votes data/bluebirds.csv --truth data/bluebirds-truth.csv)
	sparse=(--votes data/sparse.csv --truth data/sparse-truth.csv --rule 1/2 --min-consensus 3)
	# These wait for slots more than they compute, so they run beside the others.
	{
		quiet_stage epochs scripts/epochs.sh --short --no-build --out "$results/epochs" --rpc-port 29944 --p2p-port 41333
		# In namespaces of its own; where those are not permitted it fails and says so.
		quiet_stage chaos scripts/chaos.sh --tasks 24 --cut 10 --out "$results/chaos" halves
	} &
	# The hour at the full rate is for a machine that does nothing else.
	quiet_stage soak scripts/soak.sh --minutes 2 --rate 100 --reporters 300 --out "$results/soak" --rpc-port 39944 --p2p-port 51333 &
	stage demo-bluebirds demo bluebirds -- "${birds[@]}" --known 58,52
	stage demo-sparse elected_demo "${sparse[@]}" -- "${sparse[@]}"
	stage demo-backends grep -h "libp2p network backend" "$results"/sparse/network/node-{1,3,5}/log
	stage demo-kill demo kill --kill 2@50 -- "${birds[@]}" --known 58,52 --like "$results/bluebirds"
	stage foreign-clients scripts/clients.sh --no-build --out "$results/clients" --rpc-port 19944 --p2p-port 31333
	wait
fi
finish
