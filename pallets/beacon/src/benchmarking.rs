// SPDX-License-Identifier: Apache-2.0

//! Benchmark of the hook.

use super::*;
use eventum_primitives::beacon::BEACON_ENGINE_ID;
use frame_benchmarking::v2::*;
use frame_support::traits::Hooks;
use sp_core::sr25519::Public;
use sp_runtime::{Digest, DigestItem};

/// Slot of the block whose signature is at hand.
pub const SLOT: u64 = 1;

/// Author of that block: the key of the seed that is 32 ones.
pub const AUTHOR: [u8; 32] = [
	24, 157, 172, 41, 41, 109, 49, 129, 77, 200, 197, 108, 243, 211, 106, 5, 67, 55, 43, 186, 117,
	56, 250, 50, 42, 74, 235, 254, 188, 57, 224, 86,
];

/// What it signed: [`SLOT`] in epoch 0, after an output of zeros, on a chain whose genesis hash is
/// zeros. A runtime cannot make it, for signing takes randomness of the system; the test
/// `signature_of_the_benchmark_is_good` does.
pub const SIGNATURE: [u8; 96] = [
	226, 136, 185, 30, 88, 56, 33, 158, 39, 92, 19, 236, 203, 196, 12, 110, 39, 174, 42, 10, 28,
	252, 242, 72, 226, 69, 88, 161, 37, 163, 121, 90, 181, 49, 85, 229, 243, 86, 23, 154, 199, 176,
	126, 39, 1, 205, 7, 237, 221, 123, 143, 2, 86, 9, 228, 210, 252, 212, 108, 115, 165, 243, 19,
	14, 166, 135, 187, 37, 154, 218, 208, 93, 148, 250, 181, 162, 12, 123, 161, 100, 200, 251, 237,
	129, 22, 172, 88, 150, 200, 12, 233, 18, 224, 69, 161, 13,
];

/// The digest item that carries [`SIGNATURE`].
pub fn digest_item() -> DigestItem {
	DigestItem::PreRuntime(BEACON_ENGINE_ID, SIGNATURE.to_vec())
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn on_initialize() {
		T::BenchmarkHelper::give_slot(SLOT, Public::from_raw(AUTHOR));
		// The first block that forgets an output.
		let old = BlockNumberFor::<T>::from(1u32);
		let last = BlockNumberFor::<T>::from(HISTORY);
		let now = last + old;
		OutputAt::<T>::insert(old, H256::zero());
		frame_system::BlockHash::<T>::insert(BlockNumberFor::<T>::zero(), H256::zero());
		frame_system::Pallet::<T>::set_block_number(last);
		let digest = Digest { logs: [digest_item()].into() };
		frame_system::Pallet::<T>::initialize(&now, &H256::zero(), &digest);

		#[block]
		{
			Pallet::<T>::on_initialize(now);
		}

		assert_eq!(OutputAt::<T>::get(now), Some(Output::<T>::get()));
		assert!(!OutputAt::<T>::contains_key(old));
	}

	impl_benchmark_test_suite! {
		Pallet,
		crate::mock::chain(),
		crate::mock::Test
	}
}
