#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Fuzzes what reads foreign bytes, guided by coverage. CI runs the same targets on fixed inputs
# (`cargo test -p eventum-fuzz`); this looks for new ones.
#
#   scripts/fuzz.sh                        every target for a minute
#   scripts/fuzz.sh TARGET... [--seconds N]
#
# Inputs that reached something new are kept in the cache and used the next time. An input that makes
# a target fail is put into out/fuzz/TARGET: copy it into fuzz/corpus/TARGET as found-… and fix it.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
head_help "$@"
cd "$EVENTUM_ROOT"

CARGO_FUZZ_VERSION=0.13.2
tools=$EVENTUM_CACHE/tools
seconds=60
targets=()
while [ $# -gt 0 ]; do
	case $1 in
		--seconds) seconds=${2:?how many?}; shift 2 ;;
		-*) (head_help --help) >&2; exit 2 ;;
		*) targets+=("$1"); shift ;;
	esac
done
if [ ${#targets[@]} = 0 ]; then
	for folder in fuzz/corpus/*/; do targets+=("$(basename "$folder")"); done
fi

./scripts/setup.sh
. scripts/env.sh

if [ "$("$tools/bin/cargo-fuzz" --version 2> /dev/null | grep -o '[0-9.]*$')" != "$CARGO_FUZZ_VERSION" ]; then
	echo "fuzz: installing cargo-fuzz $CARGO_FUZZ_VERSION"
	CARGO_TARGET_DIR=$EVENTUM_CACHE/target-tools cargo install cargo-fuzz \
		--version "$CARGO_FUZZ_VERSION" --locked --root "$tools"
fi

# Without a sanitizer, which needs no other compiler than all else: the code has no `unsafe`. The
# flags differ from those of everything else, so what is built goes to a place of its own.
failed=()
for target in "${targets[@]}"; do
	if [ ! -d "fuzz/corpus/$target" ]; then
		echo "fuzz: there is no target $target; these are: $(ls fuzz/corpus | tr '\n' ' ')" >&2
		exit 2
	fi
	echo "fuzz: $target for $seconds s"
	found=$EVENTUM_CACHE/fuzz/$target artifacts=$EVENTUM_ROOT/out/fuzz/$target
	mkdir -p "$found" "$artifacts"
	EVENTUM_FUZZ_TARGET=$target "$tools/bin/cargo-fuzz" run --fuzz-dir fuzz --sanitizer none \
		--features libfuzzer --target-dir "$EVENTUM_CACHE/target-fuzz" \
		any_target "$found" "fuzz/corpus/$target" -- \
		-max_total_time="$seconds" -artifact_prefix="$artifacts/" -timeout=10 -rss_limit_mb=2048 \
		-print_final_stats=1 || failed+=("$target")
done
if [ ${#failed[@]} != 0 ]; then
	echo "fuzz: failed: ${failed[*]}; the inputs are in out/fuzz" >&2
	exit 1
fi
echo "fuzz: no target failed"
