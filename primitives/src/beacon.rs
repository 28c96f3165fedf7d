// SPDX-License-Identifier: Apache-2.0

//! Randomness beacon: what a block author signs, how outputs follow from it, and what the node must
//! know to sign.
//!
//! Runtime and node build the transcript with the same function, so that they cannot disagree.

use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_core::{
	sr25519::{
		vrf::{VrfSignData, VrfSignature, VrfTranscript},
		Public,
	},
	H256,
};
use sp_runtime::{ConsensusEngineId, DigestItem};

/// Engine id of the pre-runtime digest that carries the author's VRF signature.
pub const BEACON_ENGINE_ID: ConsensusEngineId = *b"vrf_";

/// Label of the transcript that authors sign.
pub const TRANSCRIPT_LABEL: &[u8] = b"eventum/beacon/1";

/// Domain of the hash that turns a VRF pre-output into a beacon output.
const OUTPUT_DOMAIN: &[u8] = b"eventum/beacon-output/1";

/// Domain of the hash that folds an output into the accumulator.
const ACCUMULATE_DOMAIN: &[u8] = b"eventum/beacon-accumulate/1";

/// What one author needs to know, besides the chain's genesis hash, to sign for one slot.
#[derive(Clone, Debug, Decode, Encode, Eq, PartialEq, TypeInfo)]
pub struct BeaconClaim {
	/// sr25519 key of the producer that owns the slot.
	pub author: [u8; 32],
	/// Beacon output of the parent block.
	pub previous: H256,
	/// Index of the epoch the slot lies in.
	pub epoch: u64,
}

impl BeaconClaim {
	/// Author's key in the form that keystore and verification take.
	pub fn public(&self) -> Public {
		Public::from_raw(self.author)
	}

	/// Transcript of this claim for `slot` of the chain with the given genesis.
	pub fn transcript(&self, genesis: H256, slot: u64) -> VrfSignData {
		transcript(genesis, self.previous, slot, self.epoch)
	}
}

/// Transcript that the author of `slot` signs.
///
/// The genesis hash makes a header worthless as evidence on another chain; the previous output
/// makes the sequence unpredictable beyond the next block.
pub fn transcript(genesis: H256, previous: H256, slot: u64, epoch: u64) -> VrfSignData {
	VrfTranscript::new(
		TRANSCRIPT_LABEL,
		&[
			(b"genesis", genesis.as_bytes()),
			(b"previous", previous.as_bytes()),
			(b"slot", &slot.to_le_bytes()),
			(b"epoch", &epoch.to_le_bytes()),
		],
	)
	.into()
}

/// Beacon output of a block: it depends on the author's key and the transcript alone, not on the
/// randomized proof, so an author has exactly one output per slot.
pub fn output(signature: &VrfSignature, previous: H256) -> H256 {
	blake2((OUTPUT_DOMAIN, &signature.pre_output, previous))
}

/// Accumulator after `output` has been folded in.
pub fn accumulate(accumulated: H256, output: H256) -> H256 {
	blake2((ACCUMULATE_DOMAIN, accumulated, output))
}

/// Pre-runtime digest item that carries a VRF signature.
pub fn digest_item(signature: &VrfSignature) -> DigestItem {
	DigestItem::PreRuntime(BEACON_ENGINE_ID, signature.encode())
}

/// The one VRF signature among the items of a header; `None` if it is missing, malformed, followed
/// by foreign bytes, or given twice.
pub fn find_signature<'a>(items: impl IntoIterator<Item = &'a DigestItem>) -> Option<VrfSignature> {
	let mut found = items
		.into_iter()
		.filter_map(DigestItem::as_pre_runtime)
		.filter(|(engine, _)| *engine == BEACON_ENGINE_ID)
		.map(|(_, payload)| payload);
	let payload = found.next()?;
	if found.next().is_some() {
		return None;
	}
	codec::DecodeAll::decode_all(&mut &payload[..]).ok()
}

/// Slot of the current block, its owner and its epoch, as the beacon needs them.
pub trait SlotAuthor {
	/// Slot of the block being executed.
	fn slot() -> u64;

	/// Epoch that `slot` lies in.
	fn epoch(slot: u64) -> u64;

	/// sr25519 key of the producer that owns `slot` under the authorities in current state.
	fn author(slot: u64) -> Option<Public>;
}

sp_api::decl_runtime_apis! {
	/// What a block author asks before it signs the beacon's transcript.
	pub trait BeaconApi {
		/// Claim for `slot`, to be asked at the parent of the block to be made; `None` when there
		/// are no authorities.
		fn beacon_claim(slot: u64) -> Option<BeaconClaim>;
	}
}

fn blake2(value: impl Encode) -> H256 {
	H256(value.using_encoded(sp_crypto_hashing::blake2_256))
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::{
		crypto::{VrfPublic, VrfSecret},
		sr25519::Pair,
		Pair as _,
	};

	fn signature(seed: u8) -> VrfSignature {
		let data = transcript(H256::repeat_byte(1), H256::repeat_byte(2), 3, 4);
		Pair::from_seed(&[seed; 32]).vrf_sign(&data)
	}

	#[test]
	fn every_part_of_the_transcript_counts() {
		let pair = Pair::from_seed(&[7; 32]);
		let (genesis, previous) = (H256::repeat_byte(1), H256::repeat_byte(2));
		let signed = pair.vrf_sign(&transcript(genesis, previous, 3, 4));
		assert!(pair.public().vrf_verify(&transcript(genesis, previous, 3, 4), &signed));
		for other in [
			transcript(previous, previous, 3, 4),
			transcript(genesis, genesis, 3, 4),
			transcript(genesis, previous, 4, 4),
			transcript(genesis, previous, 3, 3),
		] {
			assert!(!pair.public().vrf_verify(&other, &signed));
		}
	}

	#[test]
	fn an_author_has_one_output_per_slot() {
		let (a, b) = (signature(7), signature(7));
		assert_ne!(a.proof, b.proof);
		assert_eq!(output(&a, H256::zero()), output(&b, H256::zero()));
		assert_ne!(output(&a, H256::zero()), output(&a, H256::repeat_byte(1)));
		assert_ne!(output(&a, H256::zero()), output(&signature(8), H256::zero()));
	}

	#[test]
	fn signature_is_found_only_if_it_stands_alone() {
		let item = digest_item(&signature(7));
		let other = DigestItem::PreRuntime(*b"aura", vec![1]);
		assert!(find_signature([&other, &item]).is_some());
		assert!(find_signature([&other]).is_none());
		assert!(find_signature([&item, &item]).is_none());

		let mut long = signature(7).encode();
		long.push(0);
		assert!(find_signature([&DigestItem::PreRuntime(BEACON_ENGINE_ID, long)]).is_none());
		let sealed = DigestItem::Seal(BEACON_ENGINE_ID, signature(7).encode());
		assert!(find_signature([&sealed]).is_none());
	}
}
