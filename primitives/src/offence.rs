// SPDX-License-Identifier: Apache-2.0

//! What members of elected sets can be found guilty of by what they signed.
//!
//! Node and runtime look at headers with the same functions, so that the node reports what the runtime
//! takes for proven.

use crate::{beacon, AccountId, Hash};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_application_crypto::RuntimePublic;
use sp_core::{crypto::VrfPublic, ed25519, sr25519};
use sp_runtime::{traits::Header, ConsensusEngineId};

/// Engine id of Aura's slot and seal in a header.
const AURA_ENGINE_ID: ConsensusEngineId = *b"aura";

/// A member of an elected set, with the keys that it acts with.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Member {
	/// Whose keys they are.
	pub account: AccountId,
	/// Seals blocks and signs the beacon.
	pub aura: sr25519::Public,
	/// Signs votes of finality.
	pub grandpa: ed25519::Public,
}

/// A sealed header, and what its beacon signature covers that it does not tell.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Authored<H> {
	/// The header; the seal is its last digest item.
	pub header: H,
	/// Beacon output of the parent block.
	pub previous: Hash,
}

/// Two blocks for one slot. The same content sealed twice counts as one block.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct DoubleAuthorship<H> {
	/// One of them.
	pub first: Authored<H>,
	/// The other.
	pub second: Authored<H>,
}

/// Why two headers do not prove double authorship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
	/// They are not for one slot.
	SlotsDiffer,
	/// They are one block.
	SameBlock,
	/// One was not sealed by the author.
	BadSeal,
	/// One bears no signature of the author for the beacon of this chain.
	BadBeacon,
}

/// The slot that a header says it is for; `None` if it says none, or two.
pub fn slot_of<H: Header>(header: &H) -> Option<u64> {
	let aura = |item: &&sp_runtime::DigestItem| {
		item.as_pre_runtime().is_some_and(|(engine, _)| engine == AURA_ENGINE_ID)
	};
	let mut items = header.digest().logs().iter().filter(aura);
	let slot = items.next()?.pre_runtime_try_to(&AURA_ENGINE_ID);
	items.next().is_none().then_some(slot)?
}

/// A header without its seal, and the seal; `None` if it has none.
fn unseal<H: Header>(header: &H) -> Option<(H, sr25519::Signature)> {
	let mut header = header.clone();
	let seal = header.digest_mut().pop()?.seal_try_to(&AURA_ENGINE_ID)?;
	Some((header, seal))
}

impl<H: Header> Authored<H> {
	/// Whether `author` sealed the block and made it for the chain with this genesis.
	fn verify(
		&self,
		author: &sr25519::Public,
		genesis: Hash,
		slot: u64,
		epoch: u64,
	) -> Result<(), Fault> {
		let (content, seal) = unseal(&self.header).ok_or(Fault::BadSeal)?;
		if !RuntimePublic::verify(author, &content.hash(), &seal) {
			return Err(Fault::BadSeal);
		}
		let transcript = beacon::transcript(genesis, self.previous, slot, epoch);
		let signature = beacon::find_signature(content.digest().logs()).ok_or(Fault::BadBeacon)?;
		if author.vrf_verify(&transcript, &signature) {
			Ok(())
		} else {
			Err(Fault::BadBeacon)
		}
	}
}

impl<H: Header> DoubleAuthorship<H> {
	/// The slot that both blocks are for, if they are two. Checks no signature.
	pub fn slot(&self) -> Result<u64, Fault> {
		let slot = slot_of(&self.first.header).ok_or(Fault::SlotsDiffer)?;
		if slot_of(&self.second.header) != Some(slot) {
			return Err(Fault::SlotsDiffer);
		}
		let content = |one: &Authored<H>| unseal(&one.header).map(|(content, _)| content.hash());
		let first = content(&self.first).ok_or(Fault::BadSeal)?;
		if content(&self.second).ok_or(Fault::BadSeal)? == first {
			return Err(Fault::SameBlock);
		}
		Ok(slot)
	}

	/// Whether `author` made both blocks, for the chain with this genesis and a slot in this epoch.
	pub fn verify(&self, author: &sr25519::Public, genesis: Hash, epoch: u64) -> Result<(), Fault> {
		let slot = self.slot()?;
		self.first.verify(author, genesis, slot, epoch)?;
		self.second.verify(author, genesis, slot, epoch)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::{crypto::VrfSecret, Pair};
	use sp_runtime::{generic, traits::BlakeTwo256, Digest, DigestItem};

	type TestHeader = generic::Header<u32, BlakeTwo256>;

	const GENESIS: Hash = Hash::repeat_byte(1);
	const PREVIOUS: Hash = Hash::repeat_byte(2);
	const SLOT: u64 = 77;
	const EPOCH: u64 = 7;

	fn author() -> sr25519::Pair {
		sr25519::Pair::from_seed(&[5; 32])
	}

	fn slot_item(slot: u64) -> DigestItem {
		DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())
	}

	fn beacon_item(genesis: Hash, slot: u64) -> DigestItem {
		let transcript = beacon::transcript(genesis, PREVIOUS, slot, EPOCH);
		beacon::digest_item(&author().vrf_sign(&transcript))
	}

	fn sealed(number: u32, logs: Vec<DigestItem>, by: &sr25519::Pair) -> Authored<TestHeader> {
		let digest = Digest { logs };
		let (root, parent) = (Hash::zero(), Hash::zero());
		let mut header = TestHeader::new(number, root, root, parent, digest);
		let seal = by.sign(header.hash().as_bytes());
		header.digest_mut().push(DigestItem::Seal(AURA_ENGINE_ID, seal.encode()));
		Authored { header, previous: PREVIOUS }
	}

	fn honest(number: u32) -> Authored<TestHeader> {
		sealed(number, vec![slot_item(SLOT), beacon_item(GENESIS, SLOT)], &author())
	}

	fn verify(second: Authored<TestHeader>) -> Result<(), Fault> {
		let evidence = DoubleAuthorship { first: honest(1), second };
		evidence.verify(&author().public(), GENESIS, EPOCH)
	}

	#[test]
	fn two_blocks_for_one_slot_are_proof() {
		assert_eq!(verify(honest(2)), Ok(()));
		let evidence = DoubleAuthorship { first: honest(1), second: honest(2) };
		assert_eq!(evidence.slot(), Ok(SLOT));
		let other = sr25519::Pair::from_seed(&[6; 32]).public();
		assert_eq!(evidence.verify(&other, GENESIS, EPOCH), Err(Fault::BadSeal));
	}

	#[test]
	fn one_block_is_no_proof_however_often_it_is_sealed() {
		let first = honest(1);
		let mut second = first.clone();
		second.header.digest_mut().pop();
		let seal = author().sign(second.header.hash().as_bytes());
		second.header.digest_mut().push(DigestItem::Seal(AURA_ENGINE_ID, seal.encode()));
		assert_ne!(first.header.hash(), second.header.hash());
		for second in [first.clone(), second] {
			let evidence = DoubleAuthorship { first: first.clone(), second };
			assert_eq!(evidence.slot(), Err(Fault::SameBlock));
		}
	}

	#[test]
	fn the_slot_must_be_one() {
		let next = vec![slot_item(SLOT + 1), beacon_item(GENESIS, SLOT + 1)];
		assert_eq!(verify(sealed(2, next, &author())), Err(Fault::SlotsDiffer));
		let none = vec![beacon_item(GENESIS, SLOT)];
		assert_eq!(verify(sealed(2, none, &author())), Err(Fault::SlotsDiffer));
		let twice = vec![slot_item(SLOT), slot_item(SLOT), beacon_item(GENESIS, SLOT)];
		assert_eq!(verify(sealed(2, twice, &author())), Err(Fault::SlotsDiffer));
	}

	#[test]
	fn forged_seals_prove_nothing() {
		let logs = || vec![slot_item(SLOT), beacon_item(GENESIS, SLOT)];
		let stranger = sr25519::Pair::from_seed(&[9; 32]);
		assert_eq!(verify(sealed(2, logs(), &stranger)), Err(Fault::BadSeal));

		let mut unsealed = honest(2);
		unsealed.header.digest_mut().pop();
		assert_eq!(verify(unsealed), Err(Fault::BadSeal));

		let mut long = honest(2);
		let Some(DigestItem::Seal(_, mut seal)) = long.header.digest_mut().pop() else { panic!() };
		seal.push(0);
		long.header.digest_mut().push(DigestItem::Seal(AURA_ENGINE_ID, seal));
		assert_eq!(verify(long), Err(Fault::BadSeal));
	}

	#[test]
	fn blocks_of_another_chain_prove_nothing() {
		let foreign = vec![slot_item(SLOT), beacon_item(Hash::repeat_byte(8), SLOT)];
		assert_eq!(verify(sealed(2, foreign, &author())), Err(Fault::BadBeacon));
		let silent = vec![slot_item(SLOT)];
		assert_eq!(verify(sealed(2, silent, &author())), Err(Fault::BadBeacon));
		let mut misquoted = honest(2);
		misquoted.previous = GENESIS;
		assert_eq!(verify(misquoted), Err(Fault::BadBeacon));
	}
}
