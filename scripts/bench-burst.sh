#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A burst of reports over four members: 250,000 of 512 bytes. Succeeds if none is lost, the counts of
# all rounds are right, and no node held more than --memory MiB (1,024).
#
#   scripts/bench-burst.sh [--reporters N] [--rounds N] [--members N] [--memory MIB]
#                          [options of scripts/load.sh]

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
head_help "$@"

reporters=2500 rounds=100 members=3 memory=1024 options=()
while [ $# -gt 0 ]; do
	case $1 in
		--reporters) reporters=$2; shift ;;
		--rounds) rounds=$2; shift ;;
		--members) members=$2; shift ;;
		--memory) memory=$2; shift ;;
		*) options+=("$1") ;;
	esac
	shift
done
echo "target: 250,000 reports of 512 B in a burst over 4 members: drained, none lost, bounded memory"
exec "$(dirname "${BASH_SOURCE[0]}")/load.sh" "${options[@]}" \
	burst --reporters "$reporters" --rounds "$rounds" --members "$members" --memory "$memory"
