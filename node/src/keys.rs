// SPDX-License-Identifier: Apache-2.0

//! Keys of development nodes, which follow from public seeds.

use crate::cli::Cli;
use eventum_primitives::{dev, vald};
use sc_service::{ChainType, Configuration, Role};
use sp_keystore::{Keystore, KeystorePtr};

/// Validation keys that the one node of a `dev` chain holds, so that a committee of four exists.
const DEV_VALIDATION_KEYS: u32 = 4;

/// Seed that the command line asks for, if any.
pub(crate) fn seed(cli: &Cli) -> Option<String> {
	let named = || cli.run.get_keyring().map(|name| format!("//{name}"));
	let dev = || cli.run.shared_params.is_dev().then(|| dev::node_uri(0));
	cli.dev_seed.clone().or_else(named).or_else(dev)
}

/// Gives a development node the network identity that follows from its seed, unless it was given
/// another: a genesis names nodes by it before they run.
pub(crate) fn identify(cli: &mut Cli) {
	let Some(seed) = seed(cli) else { return };
	let params = &mut cli.run.network_params.node_key_params;
	if params.node_key.is_none() && params.node_key_file.is_none() {
		params.node_key = Some(hex::encode(dev::network_secret(&seed)));
	}
	if cli.dev_seed.is_some() {
		// As a validator the node listens on plain TCP, where others look for it.
		cli.run.validator = true;
		cli.run.name.get_or_insert_with(|| seed.trim_start_matches('/').replace('/', "-"));
	}
}

/// Makes the configured node run as the validator of `seed`.
pub(crate) fn configure(config: &mut Configuration, seed: String) {
	config.role = Role::Authority;
	config.dev_key_seed = Some(seed);
}

/// Puts the validation keys of a development node into its keystore. (Session keys follow from
/// `dev_key_seed` too; the service inserts them.)
pub(crate) fn insert_validation_keys(
	config: &Configuration,
	keystore: &KeystorePtr,
) -> Result<(), sp_keystore::Error> {
	for seed in validation_seeds(config) {
		keystore.ed25519_generate_new(vald::KEY_TYPE, Some(&seed))?;
	}
	Ok(())
}

/// Seeds of the validation keys that a development node holds.
pub(crate) fn validation_seeds(config: &Configuration) -> Vec<String> {
	let Some(seed) = &config.dev_key_seed else { return Vec::new() };
	let mut seeds = vec![seed.clone()];
	if config.chain_spec.chain_type() == ChainType::Development {
		seeds.extend((0..DEV_VALIDATION_KEYS).map(dev::node_uri).filter(|other| other != seed));
	}
	seeds
}
