#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs what building and running Eventum needs on Debian or Ubuntu. Can be run again at any time:
# what is there is left alone.
#
# The Wasm runtime needs Rust's wasm32v1-none target. It comes from rustup; where rustup cannot fetch
# it, a packaged Rust compiler builds it once from packaged sources, and builds the runtime.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

TARGET=wasm32v1-none
# The oldest 1.x that builds all dependencies.
OLDEST_RUST=91
PACKAGES=(build-essential ca-certificates clang curl git libclang-dev libssl-dev pkg-config
	protobuf-compiler python3 python3-venv zstd)
PACKAGED_RUST=(cargo-web rust-web-clippy rust-web-src rustc-web rustfmt-web)

step() { echo "setup: $*"; }
fail() { echo "setup: $*" >&2; exit 1; }

scratch=$(mktemp -d)
unfinished=
cleanup() {
	rm -rf "$scratch"
	if [ -n "$unfinished" ]; then as_root rm -rf "$unfinished"; fi
}
trap cleanup EXIT

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo > /dev/null; then sudo "$@"; else
		fail "this needs root, and there is no sudo: $*"
	fi
}

is_installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null | grep -qx installed; }

# Installs the named packages that are not there.
install_packages() {
	local name missing=()
	for name in "$@"; do is_installed "$name" || missing+=("$name"); done
	if [ ${#missing[@]} = 0 ]; then return; fi
	step "installing packages: ${missing[*]}"
	command -v apt-get > /dev/null || fail "this is no Debian or Ubuntu; install what corresponds to: ${missing[*]}"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update > /dev/null || step "package lists could not be updated; using those at hand"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y "${missing[@]}" < /dev/null > "$scratch/apt.log" 2>&1 || {
		tail -n 20 "$scratch/apt.log" >&2
		return 1
	}
}

# Whether a command such as `rustc +stable` compiles for the target.
builds_wasm() {
	echo '#![no_std] extern crate alloc;' |
		"$@" --target "$TARGET" --crate-type rlib --crate-name probe -o "$scratch/probe.rlib" - > /dev/null 2>&1
}

# Whether a command such as `rustc +stable` is new enough.
is_new_enough() {
	local minor
	minor=$("$@" --version 2> /dev/null | sed -n 's/^rustc 1\.\([0-9]*\)\..*/\1/p')
	[ -n "$minor" ] && [ "$minor" -ge "$OLDEST_RUST" ]
}

has_rustup() { command -v rustup > /dev/null; }

# A Rust compiler for everything but the Wasm runtime.
ensure_rust() {
	if is_new_enough rustc && command -v cargo > /dev/null; then
		step "Rust: $(rustc --version)"
		return
	fi
	if has_rustup; then
		step "Rust: updating the stable toolchain"
		timeout 600 rustup toolchain install stable --profile minimal -c rustfmt -c clippy > "$scratch/rustup.log" 2>&1 || true
		if is_new_enough rustc +stable; then
			rustup default stable > /dev/null 2>&1
			return
		fi
	else
		step "Rust: installing rustup"
		if curl -sSf --connect-timeout 20 --retry 2 https://sh.rustup.rs -o "$scratch/rustup.sh" 2> /dev/null &&
			timeout 600 sh "$scratch/rustup.sh" -y --no-modify-path --profile minimal -c rustfmt -c clippy > "$scratch/rustup.log" 2>&1; then
			hash -r
			return
		fi
	fi
	step "Rust: rustup could not install a toolchain; using packages"
	install_packages "${PACKAGED_RUST[@]}" || fail "no Rust compiler of at least 1.$OLDEST_RUST could be installed"
	hash -r
	is_new_enough /usr/bin/rustc || fail "the packaged Rust is older than 1.$OLDEST_RUST"
}

# The ordinary way: rustup has the target. Leaves nothing to remember.
wasm_by_rustup() {
	has_rustup || return 1
	if ! is_new_enough rustc; then return 1; fi
	if ! builds_wasm rustc; then
		step "Wasm: rustup target add $TARGET"
		RUSTUP_MAX_RETRIES=1 timeout 300 rustup target add "$TARGET" > "$scratch/rustup.log" 2>&1 || return 1
		# Tools that read the library's sources are happier with them; nothing here needs them.
		RUSTUP_MAX_RETRIES=1 timeout 300 rustup component add rust-src > /dev/null 2>&1 || true
	fi
	builds_wasm rustc && has_linker
}

# rustup's toolchains bring the linker with them.
has_linker() { [ -x "$(rustc --print sysroot)/lib/rustlib/$(host)/bin/rust-lld" ]; }

host() { rustc -vV | sed -n 's/^host: //p'; }

# The other way: a packaged compiler, its target built from packaged sources.
wasm_by_packages() {
	step "Wasm: rustup has no $TARGET here; using a packaged Rust"
	install_packages "${PACKAGED_RUST[@]}" || fail "neither rustup nor packages give a Rust with $TARGET"
	local linker
	linker=$(packaged_linker) || {
		install_packages lld-19 || install_packages lld || fail "there is no package of the linker lld"
		linker=$(packaged_linker) || fail "lld has no wasm-ld"
	}
	local sysroot
	sysroot=$(/usr/bin/rustc --print sysroot)
	if builds_wasm /usr/bin/rustc; then
		step "Wasm: $TARGET is in $(/usr/bin/rustc --version)"
	else
		build_target "$sysroot"
		builds_wasm /usr/bin/rustc || fail "the target that was built does not work"
	fi
	{
		echo "export WASM_BUILD_STD=0"
		echo "export CARGO_TARGET_WASM32V1_NONE_LINKER=$linker"
	} >> "$scratch/toolchain.env"
	if has_rustup; then
		if [ "$(rustup run debian rustc --print sysroot 2> /dev/null)" != "$sysroot" ]; then
			step "Wasm: linking the packaged Rust as toolchain 'debian'"
			rustup toolchain link debian "$sysroot" || fail "the packaged Rust could not be linked"
		fi
		echo "export WASM_BUILD_TOOLCHAIN=debian" >> "$scratch/toolchain.env"
		if ! is_new_enough rustc; then
			echo "export RUSTUP_TOOLCHAIN=debian" >> "$scratch/toolchain.env"
		fi
	fi
}

packaged_linker() {
	local name
	for name in wasm-ld-19 wasm-ld wasm-ld-{20,18,17,16,15,14}; do
		if command -v "$name" > /dev/null; then echo "$name"; return; fi
	done
	return 1
}

# Builds core and alloc for the target and moves them into the sysroot at once.
build_target() {
	local sysroot=$1 place=$1/lib/rustlib/$TARGET
	step "Wasm: building core and alloc for $TARGET from packaged sources"
	mkdir -p "$scratch/std/src"
	printf '[package]\nname = "std-for-wasm"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' > "$scratch/std/Cargo.toml"
	printf '#![no_std]\n' > "$scratch/std/src/lib.rs"
	# The runtime is linked with LTO, for which the libraries have to carry bitcode.
	(cd "$scratch/std" && env -u RUSTUP_TOOLCHAIN RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
		RUSTFLAGS="-Cembed-bitcode=yes -Ctarget-cpu=mvp" CARGO_TARGET_DIR="$scratch/std/target" \
		/usr/bin/cargo build -q -Zbuild-std=core,alloc --target "$TARGET" --release) || fail "building $TARGET failed"
	unfinished=$place.unfinished
	as_root rm -rf "$unfinished"
	as_root mkdir -p "$unfinished/lib"
	as_root cp "$scratch/std/target/$TARGET/release/deps/"lib{core,alloc,compiler_builtins}-*.rlib "$unfinished/lib/"
	as_root rm -rf "$place"
	as_root mv "$unfinished" "$place"
	unfinished=
}

# Prints a Python that the library needs which checks webhooks.
find_python() {
	local candidate
	for candidate in python3 python3.{20..12} "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python3; do
		if "$candidate" -c 'import sys, venv; sys.exit(sys.version_info < (3, 12))' 2> /dev/null; then
			"$candidate" -c 'import sys; print(sys.executable)'
			return
		fi
	done
	return 1
}

# The receiver of the demo checks webhooks with somebody else's library.
ensure_python() {
	local wanted=$EVENTUM_ROOT/scripts/receiver-requirements.txt python
	if cmp -s "$wanted" "$EVENTUM_VENV/requirements.txt" && "$EVENTUM_VENV/bin/python" -c '' 2> /dev/null; then
		step "Python: the receiver's packages are there"
		return
	fi
	rm -rf "$EVENTUM_VENV"
	if ! python=$(find_python); then
		step "Python: the packages give none from 3.12 on; fetching one with uv"
		python3 -m venv "$scratch/uv"
		"$scratch/uv/bin/pip" install -q --disable-pip-version-check uv < /dev/null &&
			"$scratch/uv/bin/uv" python install -q --install-dir "$EVENTUM_CACHE/python" 3.12 ||
			fail "the receiver needs Python 3.12 or newer, and there is none to be had; install one and run this again"
		python=$(echo "$EVENTUM_CACHE"/python/*3.12*/bin/python3.12)
	fi
	step "Python: installing the receiver's packages ($("$python" --version))"
	"$python" -m venv "$EVENTUM_VENV"
	"$EVENTUM_VENV/bin/pip" install -q --disable-pip-version-check -r "$wanted" < /dev/null || fail "the receiver's packages could not be installed"
	cp "$wanted" "$EVENTUM_VENV/requirements.txt"
}

mkdir -p "$EVENTUM_CACHE"
install_packages "${PACKAGES[@]}" || fail "packages could not be installed"
# A toolchain chosen by an earlier run must not decide this one.
unset RUSTUP_TOOLCHAIN
ensure_rust
: > "$scratch/toolchain.env"
if wasm_by_rustup; then
	step "Wasm: $TARGET is in rustup's $(rustc --version)"
else
	wasm_by_packages
fi
cmp -s "$scratch/toolchain.env" "$EVENTUM_TOOLCHAIN" || {
	cp "$scratch/toolchain.env" "$EVENTUM_TOOLCHAIN.new"
	mv "$EVENTUM_TOOLCHAIN.new" "$EVENTUM_TOOLCHAIN"
}
ensure_python
step "done"
