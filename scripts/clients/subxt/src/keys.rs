// SPDX-License-Identifier: Apache-2.0

//! Accounts of the two kinds that wallets hold.

use crate::Failure;
use sp_core::{ed25519, sr25519, Pair};
use subxt::{
	config::substrate::{AccountId32, MultiSignature, SubstrateConfig},
	dynamic::{value, Value},
	transactions::Signer,
};

/// An account with its secret.
pub(crate) enum Account {
	Sr25519(Box<sr25519::Pair>),
	Ed25519(Box<ed25519::Pair>),
}

impl Account {
	pub(crate) fn sr25519(suri: &str) -> Result<Self, Failure> {
		let pair = sr25519::Pair::from_string(suri, None).map_err(|_| "no secret")?;
		Ok(Self::Sr25519(Box::new(pair)))
	}

	pub(crate) fn ed25519(suri: &str) -> Result<Self, Failure> {
		let pair = ed25519::Pair::from_string(suri, None).map_err(|_| "no secret")?;
		Ok(Self::Ed25519(Box::new(pair)))
	}

	/// The account's id, which is its public key.
	pub(crate) fn id(&self) -> [u8; 32] {
		match self {
			Self::Sr25519(pair) => pair.public().0,
			Self::Ed25519(pair) => pair.public().0,
		}
	}

	/// The key as one that signs reports.
	pub(crate) fn report_key(&self) -> Value {
		let key = Value::from_bytes(self.id());
		match self {
			Self::Sr25519(_) => value!(Sr25519(key)),
			Self::Ed25519(_) => value!(Ed25519(key)),
		}
	}

	/// A signature without its kind.
	pub(crate) fn sign_raw(&self, message: &[u8]) -> [u8; 64] {
		match self {
			Self::Sr25519(pair) => pair.sign(message).0,
			Self::Ed25519(pair) => pair.sign(message).0,
		}
	}
}

impl Signer<SubstrateConfig> for Account {
	fn account_id(&self) -> AccountId32 {
		AccountId32(self.id())
	}

	fn sign(&self, payload: &[u8]) -> MultiSignature {
		match self {
			Self::Sr25519(_) => MultiSignature::Sr25519(self.sign_raw(payload)),
			Self::Ed25519(_) => MultiSignature::Ed25519(self.sign_raw(payload)),
		}
	}
}
