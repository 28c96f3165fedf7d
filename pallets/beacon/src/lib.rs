// SPDX-License-Identifier: Apache-2.0

//! # Beacon
//!
//! Randomness from the VRF of block authors.
//!
//! ## Overview
//!
//! Every block carries, as a pre-runtime digest with engine id `vrf_`, its author's sr25519 VRF
//! signature over genesis hash, previous output, slot and epoch (see
//! [`eventum_primitives::beacon`]). The pallet verifies it against the key of the producer that
//! owns the slot and hashes it into the block's *output*.
//!
//! A block without a valid signature is invalid: `on_initialize` panics, as pallet-aura does for a
//! wrong slot, because a hook has no other way to refuse a block. An honest author never meets
//! this; importers drop the block.
//!
//! Whoever draws by beacon output must fix what it draws from at least two blocks before the block
//! whose output it uses. An author can withhold its block, at the cost of its slot, and so choose
//! between two outputs; k adjacent colluding authors can choose between at most 2^k.
//!
//! ## Low Level
//!
//! The hook runs after Aura (which sets the slot) and before Session (which may replace the
//! authorities): a slot belongs to the set in its parent block's state. Outputs of the last
//! [`HISTORY`] blocks are kept.

#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
pub mod weights;

use eventum_primitives::beacon::{self, BeaconClaim, SlotAuthor};
use frame_support::traits::Randomness;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::{crypto::VrfPublic, H256};
use sp_runtime::{
	traits::{CheckedSub, Zero},
	TryRuntimeError,
};

pub use pallet::*;
pub use weights::WeightInfo;

/// Number of blocks whose outputs are kept.
pub const HISTORY: u32 = 256;

/// Why a block is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refusal {
	/// The header holds no signature, a malformed one, or several.
	NoSignature,
	/// There is no producer that owns the slot.
	NoAuthor,
	/// The signature is not the slot owner's over this block's transcript.
	BadSignature,
}

/// Randomness that no single author chooses: a verifiable signature of each block's author.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Configuration of the beacon.
	#[pallet::config]
	pub trait Config: frame_system::Config<Hash = H256> {
		/// Slot, epoch and owner of the slot.
		type Slots: SlotAuthor;

		/// Weight of the hook.
		type WeightInfo: WeightInfo;

		/// Makes what benchmarks need of the runtime.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// What benchmarks need of the runtime.
	#[cfg(feature = "runtime-benchmarks")]
	pub trait BenchmarkHelper {
		/// Makes `slot` the current one, which `author` owns. There are as many producers as there can
		/// be.
		fn give_slot(slot: u64, author: sp_core::sr25519::Public);
	}

	/// Output of the last block; zero before the first.
	#[pallet::storage]
	pub type Output<T> = StorageValue<_, H256, ValueQuery>;

	/// Mix of all outputs since genesis, for draws that gather randomness over many blocks.
	#[pallet::storage]
	pub type Accumulated<T> = StorageValue<_, H256, ValueQuery>;

	/// Outputs of the last [`HISTORY`] blocks, by block number.
	///
	/// Hasher: the keys are consecutive block numbers, which nobody chooses.
	#[pallet::storage]
	pub type OutputAt<T: Config> = StorageMap<_, Identity, BlockNumberFor<T>, H256>;

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(now: BlockNumberFor<T>) -> Weight {
			match Self::verify() {
				Ok(output) => Self::record(now, output),
				Err(refusal) => panic!("invalid block: beacon: {refusal:?}"),
			}
			T::WeightInfo::on_initialize()
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_now: BlockNumberFor<T>) -> Result<(), TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

impl<T: Config> Pallet<T> {
	/// What the author of `slot` must know to sign, if the slot follows the current block.
	pub fn claim(slot: u64) -> Option<BeaconClaim> {
		T::Slots::author(slot).map(|author| BeaconClaim {
			author: author.0,
			previous: Output::<T>::get(),
			epoch: T::Slots::epoch(slot),
		})
	}

	/// Output of `block`, as long as it is among the last [`HISTORY`] ones.
	pub fn output_at(block: BlockNumberFor<T>) -> Option<H256> {
		OutputAt::<T>::get(block)
	}

	/// Output of the last block.
	pub fn current() -> H256 {
		Output::<T>::get()
	}

	/// Mix of all outputs since genesis.
	pub fn accumulated() -> H256 {
		Accumulated::<T>::get()
	}

	/// Output of the block being initialized, if its header proves one.
	pub fn verify() -> Result<H256, Refusal> {
		let digest = frame_system::Pallet::<T>::digest();
		let signature = beacon::find_signature(digest.logs()).ok_or(Refusal::NoSignature)?;
		let slot = T::Slots::slot();
		let claim = Self::claim(slot).ok_or(Refusal::NoAuthor)?;
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		if !claim.public().vrf_verify(&claim.transcript(genesis, slot), &signature) {
			return Err(Refusal::BadSignature);
		}
		Ok(beacon::output(&signature, claim.previous))
	}

	fn record(now: BlockNumberFor<T>, output: H256) {
		Output::<T>::put(output);
		OutputAt::<T>::insert(now, output);
		Accumulated::<T>::mutate(|all| *all = beacon::accumulate(*all, output));
		if let Some(old) = now.checked_sub(&HISTORY.into()) {
			OutputAt::<T>::remove(old);
		}
	}

	/// Invariants: as many outputs are kept as [`HISTORY`] allows, none from outside that range; the
	/// last of them is the current one.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = frame_system::Pallet::<T>::block_number();
		let mut kept = 0u32;
		for block in OutputAt::<T>::iter_keys() {
			kept = kept.saturating_add(1);
			match now.checked_sub(&block) {
				Some(age) if age < HISTORY.into() => {}
				_ => return Err("an output is kept outside the history".into()),
			}
		}
		if kept > HISTORY {
			return Err("too many outputs are kept".into());
		}
		if kept > 0 && OutputAt::<T>::get(now) != Some(Output::<T>::get()) {
			return Err("the current output is not that of the last block".into());
		}
		Ok(())
	}
}

impl<T: Config> Randomness<H256, BlockNumberFor<T>> for Pallet<T> {
	/// Randomness of the current block, which its author knew first.
	fn random(subject: &[u8]) -> (H256, BlockNumberFor<T>) {
		use codec::Encode;
		let seed = (subject, Output::<T>::get()).using_encoded(sp_crypto_hashing::blake2_256);
		(H256(seed), frame_system::Pallet::<T>::block_number())
	}
}

impl<T: Config> eventum_primitives::traits::Beacon for Pallet<T> {
	fn output_at(block: u32) -> Option<H256> {
		Self::output_at(block.into())
	}
}
