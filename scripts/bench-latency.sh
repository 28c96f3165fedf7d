#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# From the last report that a round needs to its outcome at the webhook: four nodes, idle but for this.
#
#   scripts/bench-latency.sh [--rounds N] [options of scripts/load.sh]

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
head_help "$@"

rounds=100 options=()
while [ $# -gt 0 ]; do
	case $1 in
		--rounds) rounds=$2; shift ;;
		*) options+=("$1") ;;
	esac
	shift
done
echo "target: p50 80 ms p99 200 ms"
exec "$(dirname "${BASH_SOURCE[0]}")/load.sh" --receiver "${options[@]}" latency --rounds "$rounds"
