// SPDX-License-Identifier: Apache-2.0

//! What signatures cover.
//!
//! Every signature except a report's covers
//! `BLAKE2b-256("eventum/<kind>/1" ‖ genesis hash ‖ SCALE body)`, so none can be replayed as
//! another kind or on another chain.

use crate::Hash;
use alloc::vec::Vec;
use codec::Encode;
use sp_crypto_hashing::blake2_256;

/// What a signature is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
	/// Merkle root over the heads of a member's logs.
	Head,
	/// A member's promise that a report is durable and was in time.
	Receipt,
	/// The counted result of a round.
	Outcome,
	/// A secret sealed to one account.
	Grant,
	/// A reporter's statement that it cannot report.
	Excuse,
	/// A validation node's acceptance of a feed.
	Accept,
	/// A validation node's proof that its operator holds its key.
	Register,
	/// A validation node's word that it is back.
	Online,
	/// A delegate's proof of life.
	Heartbeat,
}

impl Kind {
	const fn label(self) -> &'static [u8] {
		match self {
			Self::Head => b"eventum/head/1",
			Self::Receipt => b"eventum/receipt/1",
			Self::Outcome => b"eventum/outcome/1",
			Self::Grant => b"eventum/grant/1",
			Self::Excuse => b"eventum/excuse/1",
			Self::Accept => b"eventum/accept/1",
			Self::Register => b"eventum/register/1",
			Self::Online => b"eventum/online/1",
			Self::Heartbeat => b"eventum/heartbeat/1",
		}
	}
}

/// The 32 bytes that a signature of `kind` over `body` covers.
pub fn payload(kind: Kind, genesis: &Hash, body: &impl Encode) -> [u8; 32] {
	let mut bytes = Vec::from(kind.label());
	genesis.encode_to(&mut bytes);
	body.encode_to(&mut bytes);
	blake2_256(&bytes)
}
