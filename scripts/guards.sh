#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# scripts/guards.py in the environment of all builds; `--help` tells the rest.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
exec python3 "$EVENTUM_ROOT/scripts/guards.py" "$@"
