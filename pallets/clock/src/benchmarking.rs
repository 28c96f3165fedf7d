// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of the hooks.

use super::*;
use frame_benchmarking::v2::*;
use frame_support::traits::Hooks;

/// Session of the grid that the benchmarks' block lies in.
const SESSION: u64 = 1_000;

/// A block in [`SESSION`] that follows one in session `last`.
fn follow<T: Config>(last: u64) -> BlockNumberFor<T> {
	T::BenchmarkHelper::prepare(Pallet::<T>::session_slots().saturating_mul(SESSION));
	Session::<T>::put(last);
	SessionStart::<T>::put(BlockNumberFor::<T>::from(1u32));
	let block = BlockNumberFor::<T>::from(2u32);
	frame_system::Pallet::<T>::set_block_number(block);
	block
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn within_session() {
		let block = follow::<T>(SESSION);

		#[block]
		{
			Pallet::<T>::on_initialize(block);
		}

		assert!(!Pallet::<T>::session_ends(block));
	}

	#[benchmark]
	fn end_session() {
		let block = follow::<T>(SESSION - 1);

		#[block]
		{
			Pallet::<T>::on_initialize(block);
		}

		assert!(Pallet::<T>::session_ends(block));
	}

	#[benchmark]
	fn on_timestamp_set() {
		Now::<T>::put(1);
		let halt = Pallet::<T>::slot_duration().saturating_mul(HALT_SLOTS).saturating_add(10);

		#[block]
		{
			Pallet::<T>::on_timestamp_set(halt);
		}

		assert_eq!((Now::<T>::get(), Lost::<T>::get()), (halt, 9));
	}

	impl_benchmark_test_suite! {
		Pallet,
		crate::mock::chain(),
		crate::mock::Test
	}
}
