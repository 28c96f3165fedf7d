#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Reports at one rate for a time, on a network of four nodes whose memory is watched. Succeeds if the
# rate is kept, none is lost, and no node's memory grows from the second quarter of the time to the last
# by more than --growth MiB.
#
#   scripts/soak.sh [--minutes N] [--rate N] [--reporters N] [--members N] [--growth MIB]
#                   [options of scripts/load.sh]

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
head_help "$@"

minutes=60 rate=2000 reporters=2000 members=1 growth=64 options=()
while [ $# -gt 0 ]; do
	case $1 in
		--minutes) minutes=$2; shift ;;
		--rate) rate=$2; shift ;;
		--reporters) reporters=$2; shift ;;
		--members) members=$2; shift ;;
		--growth) growth=$2; shift ;;
		*) options+=("$1") ;;
	esac
	shift
done
echo "target: one hour at 2,000 reports a second, flat memory (at most $growth MiB of growth)"
exec "$(dirname "${BASH_SOURCE[0]}")/load.sh" "${options[@]}" soak --minutes "$minutes" \
	--rate "$rate" --reporters "$reporters" --members "$members" --growth "$growth"
