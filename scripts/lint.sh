#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# RUSTC_WORKSPACE_WRAPPER that compiles with Clippy, so that linting needs no build of its own. Where
# a toolchain has no Clippy, as that of the Wasm runtime may, it only compiles.

case " $* " in
	*" --target wasm32"*) exec "$@" ;;
esac
clippy=$("$1" --print sysroot)/bin/clippy-driver
if [ -x "$clippy" ]; then exec "$clippy" "$@"; fi
exec "$@"
