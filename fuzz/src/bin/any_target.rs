// SPDX-License-Identifier: Apache-2.0

//! The target that the environment variable `EVENTUM_FUZZ_TARGET` names, driven by libFuzzer.

#![no_main]

use std::sync::LazyLock;

static TARGET: LazyLock<&'static eventum_fuzz::Target> = LazyLock::new(|| {
	let name = std::env::var("EVENTUM_FUZZ_TARGET").unwrap_or_default();
	eventum_fuzz::target(&name).unwrap_or_else(|| panic!("there is no target \"{name}\""))
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
	(TARGET.check)(bytes);
});
