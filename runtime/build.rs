// SPDX-License-Identifier: Apache-2.0

//! Builds the Wasm blob that nodes embed and chains run.

fn main() {
	#[cfg(feature = "std")]
	substrate_wasm_builder::WasmBuilder::build_using_defaults();
}
