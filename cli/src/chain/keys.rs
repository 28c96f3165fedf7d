// SPDX-License-Identifier: Apache-2.0

//! Keys that sign.

use eventum_primitives::{report::ReportKey, AccountId};
use sp_core::{
	crypto::{SecretString, Ss58Codec},
	sr25519, Pair,
};
use sp_crypto_hashing::blake2_256;
use subxt::{
	config::substrate::{AccountId32, MultiSignature, SubstrateConfig},
	transactions::Signer,
};

/// An sr25519 key: signs an account's transactions, and its reports.
#[derive(Clone)]
pub struct Key(sr25519::Pair);

impl Key {
	/// Reads a secret: a phrase, a hex seed, a development name such as `//Alice`, or `@FILE` with
	/// one of them in it.
	pub fn from_suri(suri: &str) -> Result<Self, String> {
		let secret = match suri.strip_prefix('@') {
			Some(path) => std::fs::read_to_string(path)
				.map_err(|error| format!("cannot read the secret in {path}: {error}"))?,
			None => suri.to_string(),
		};
		let secret = SecretString::new(secret.trim().to_string());
		let text: &str = secrecy(&secret);
		sr25519::Pair::from_string(text, None).map(Self).map_err(|_| {
			"the secret cannot be read: give a phrase of 12 words or more, 32 bytes in hex, a \
			 development name such as //Alice, or @FILE with one of them in it"
				.into()
		})
	}

	/// The key of a worker in a replay. Nobody should keep funds on it: who knows the run's seed can
	/// compute it.
	pub fn of_worker(seed: &str, worker: &str) -> Self {
		Self(sr25519::Pair::from_seed(&blake2_256(
			format!("eventum/replay/{seed}/{worker}").as_bytes(),
		)))
	}

	/// The account.
	pub fn account(&self) -> AccountId {
		AccountId::from(self.0.public())
	}

	/// The key as one that signs reports.
	pub fn report_key(&self) -> ReportKey {
		ReportKey::Sr25519(self.0.public())
	}

	/// A signature over a report's bytes.
	pub fn sign_report(&self, message: &[u8]) -> [u8; 64] {
		self.0.sign(message).0
	}
}

fn secrecy(secret: &SecretString) -> &str {
	use sp_core::crypto::ExposeSecret;
	secret.expose_secret()
}

impl Signer<SubstrateConfig> for Key {
	fn account_id(&self) -> AccountId32 {
		AccountId32(self.0.public().0)
	}

	fn sign(&self, payload: &[u8]) -> MultiSignature {
		MultiSignature::Sr25519(self.0.sign(payload).0)
	}
}

/// Reads an account: SS58, hex, or a secret's account when it is written as one.
pub fn account(text: &str) -> Result<AccountId, String> {
	if let Ok(account) = AccountId::from_ss58check(text) {
		return Ok(account);
	}
	let bytes = text.strip_prefix("0x").and_then(|digits| hex::decode(digits).ok());
	if let Some(bytes) = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()) {
		return Ok(bytes.into());
	}
	if text.starts_with("//") {
		return Key::from_suri(text).map(|key| key.account());
	}
	Err(format!("{text} is no account: give its SS58 address, or 32 bytes in hex after 0x"))
}

/// An account for people.
pub fn ss58(account: &AccountId) -> String {
	account.to_ss58check()
}
