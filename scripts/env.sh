# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Environment of every build and run; scripts source it. What setup.sh found out about this machine's
# toolchain stands in a file of its own, so that the environment is the same in every shell (another
# one would make Cargo build again what is built).

EVENTUM_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
EVENTUM_CACHE=${EVENTUM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/eventum}
EVENTUM_TOOLCHAIN=$EVENTUM_CACHE/toolchain.env
EVENTUM_VENV=$EVENTUM_CACHE/venv

# CI starts from fresh clones: what it builds has to outlive them.
if [ -z "${CARGO_TARGET_DIR:-}" ]; then
	if [ "${CI:-}" = true ]; then
		CARGO_TARGET_DIR=$EVENTUM_CACHE/target
	else
		CARGO_TARGET_DIR=$EVENTUM_ROOT/target
	fi
fi
export CARGO_TARGET_DIR

case ":$PATH:" in
	*":${CARGO_HOME:-$HOME/.cargo}/bin:"*) ;;
	*) export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH" ;;
esac

# shellcheck disable=SC1090
if [ -f "$EVENTUM_TOOLCHAIN" ]; then . "$EVENTUM_TOOLCHAIN"; fi

EVENTUM_NODE=$CARGO_TARGET_DIR/release/eventum-node
EVENTUM_CLI=$CARGO_TARGET_DIR/release/eventum

# The help of a script without another: the comment at its head, printed if its first argument asks for it.
head_help() {
	case ${1:-} in -h | --help) sed -n '4,/^$/s/^# \{0,1\}//p' "$0"; exit ;; esac
}
