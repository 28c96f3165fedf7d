#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Reports a second that one member takes, beside the rate at which the same cores verify signatures and
# do nothing else. What is measured how is said in client/reports/examples/intake_rate.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
head_help "$@"
cd "$EVENTUM_ROOT"
exec cargo run --quiet --release --locked -p eventum-reports --example intake_rate
