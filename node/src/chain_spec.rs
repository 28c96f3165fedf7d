// SPDX-License-Identifier: Apache-2.0

//! Chains that the binary knows: the presets of the runtime it embeds.

use eventum_runtime::{genesis, SS58_PREFIX, WASM_BINARY};
use sc_service::{ChainType, Properties};

/// Specification of a chain.
pub(crate) type ChainSpec = sc_service::GenericChainSpec;

/// Chain of a preset (`dev`, `local`, `local-N`, `mainnet`); `None` if the id is none of them.
pub(crate) fn preset(id: &str) -> Option<Result<ChainSpec, String>> {
	let (name, chain_type) = match id {
		genesis::DEV => ("Eventum Development".to_string(), ChainType::Development),
		genesis::MAINNET => ("Eventum".to_string(), ChainType::Live),
		_ => (format!("Eventum Local ({} nodes)", genesis::nodes(id)?), ChainType::Local),
	};
	Some(WASM_BINARY.map(|wasm| build(wasm, id, &name, chain_type)).ok_or_else(|| {
		"this binary was built without its runtime (SKIP_WASM_BUILD); give a chain \
		 specification file"
			.to_string()
	}))
}

fn build(wasm: &[u8], preset: &str, name: &str, chain_type: ChainType) -> ChainSpec {
	let id = match preset {
		genesis::MAINNET => "eventum".to_string(),
		other => format!("eventum_{}", other.replace('-', "_")),
	};
	ChainSpec::builder(wasm, None)
		.with_name(name)
		.with_id(&id)
		.with_protocol_id(&id)
		.with_chain_type(chain_type)
		.with_properties(properties())
		.with_genesis_config_preset_name(preset)
		.build()
}

fn properties() -> Properties {
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), "EVT".into());
	properties.insert("tokenDecimals".into(), 12.into());
	properties.insert("ss58Format".into(), SS58_PREFIX.into());
	properties
}
