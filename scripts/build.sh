#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds the node and the command line. Everything in this repository is built with the features of
# the whole workspace and in one profile, so that node, tests and tools share what is built.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$EVENTUM_ROOT"
exec cargo build --release --locked --workspace --bins "$@"
