// SPDX-License-Identifier: Apache-2.0

//! Weights of `eventum_delegates`.
//!
//! Measured by `scripts/weights.sh` on 2026-11-28 (AMD EPYC; 10 steps, 6
//! repeats). Not to be edited by hand.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// Weight functions needed for `eventum_delegates`.
pub trait WeightInfo {
	fn register() -> Weight;
	fn set_profile() -> Weight;
	fn set_plan() -> Weight;
	fn set_accounts() -> Weight;
	fn retire() -> Weight;
	fn activate() -> Weight;
	fn resign() -> Weight;
	fn complain() -> Weight;
	fn withdraw_complaint() -> Weight;
}

/// Weights of `eventum_delegates` with the database of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Delegates::Delegates` (r:1 w:1)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Operators` (r:1 w:0)
	/// Proof: `Delegates::Operators` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::CounterForDelegates` (r:1 w:1)
	/// Proof: `Delegates::CounterForDelegates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Names` (r:1 w:1)
	/// Proof: `Delegates::Names` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	/// Storage: `Session::NextKeys` (r:1 w:0)
	/// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Staking::Buckets` (r:1 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Own` (r:1 w:1)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::PlansOf` (r:0 w:1)
	/// Proof: `Delegates::PlansOf` (`max_values`: None, `max_size`: Some(434), added: 2909, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Profiles` (r:0 w:1)
	/// Proof: `Delegates::Profiles` (`max_values`: None, `max_size`: Some(3947), added: 6422, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		// At least 72_087_000 ps.
		Weight::from_parts(98_046_000, 4339)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Delegates::Profiles` (r:1 w:1)
	/// Proof: `Delegates::Profiles` (`max_values`: None, `max_size`: Some(3947), added: 6422, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Names` (r:1 w:2)
	/// Proof: `Delegates::Names` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	fn set_profile() -> Weight {
		// At least 28_934_000 ps.
		Weight::from_parts(38_187_000, 7412)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Delegates::Delegates` (r:1 w:0)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::PlansOf` (r:1 w:1)
	/// Proof: `Delegates::PlansOf` (`max_values`: None, `max_size`: Some(434), added: 2909, mode: `MaxEncodedLen`)
	fn set_plan() -> Weight {
		// At least 18_537_000 ps.
		Weight::from_parts(26_429_000, 3899)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Delegates::Delegates` (r:2 w:1)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Operators` (r:1 w:2)
	/// Proof: `Delegates::Operators` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn set_accounts() -> Weight {
		// At least 21_803_000 ps.
		Weight::from_parts(26_499_000, 6182)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Delegates::Delegates` (r:1 w:1)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Active` (r:1 w:0)
	/// Proof: `Elections::Active` (`max_values`: Some(1), `max_size`: Some(1157), added: 1652, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Queued` (r:1 w:0)
	/// Proof: `Elections::Queued` (`max_values`: Some(1), `max_size`: Some(1157), added: 1652, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Frozen` (r:1 w:0)
	/// Proof: `Elections::Frozen` (`max_values`: Some(1), `max_size`: Some(1161), added: 1656, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn retire() -> Weight {
		// At least 18_728_000 ps.
		Weight::from_parts(23_425_000, 3586)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Delegates::Delegates` (r:1 w:1)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Session::NextKeys` (r:1 w:0)
	/// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Staking::Own` (r:1 w:0)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:1 w:0)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	fn activate() -> Weight {
		// At least 30_275_000 ps.
		Weight::from_parts(37_425_000, 4504)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Delegates::Delegates` (r:1 w:1)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Own` (r:1 w:1)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:1 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:1 w:1)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Profiles` (r:1 w:1)
	/// Proof: `Delegates::Profiles` (`max_values`: None, `max_size`: Some(3947), added: 6422, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::CounterForDelegates` (r:1 w:1)
	/// Proof: `Delegates::CounterForDelegates` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Operators` (r:0 w:1)
	/// Proof: `Delegates::Operators` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::PlansOf` (r:0 w:1)
	/// Proof: `Delegates::PlansOf` (`max_values`: None, `max_size`: Some(434), added: 2909, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Names` (r:0 w:1)
	/// Proof: `Delegates::Names` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	fn resign() -> Weight {
		// At least 65_748_000 ps.
		Weight::from_parts(75_422_000, 7412)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	/// Storage: `Delegates::Delegates` (r:1 w:0)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:1 w:0)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Complaints` (r:1 w:1)
	/// Proof: `Delegates::Complaints` (`max_values`: None, `max_size`: Some(1178), added: 3653, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	fn complain() -> Weight {
		// At least 75_502_000 ps.
		Weight::from_parts(86_388_000, 4643)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Delegates::Complaints` (r:1 w:1)
	/// Proof: `Delegates::Complaints` (`max_values`: None, `max_size`: Some(1178), added: 3653, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	fn withdraw_complaint() -> Weight {
		// At least 53_690_000 ps.
		Weight::from_parts(60_340_000, 4643)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

impl WeightInfo for () {
	fn register() -> Weight {
		Weight::from_parts(98_046_000, 4339)
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn set_profile() -> Weight {
		Weight::from_parts(38_187_000, 7412)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn set_plan() -> Weight {
		Weight::from_parts(26_429_000, 3899)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn set_accounts() -> Weight {
		Weight::from_parts(26_499_000, 6182)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn retire() -> Weight {
		Weight::from_parts(23_425_000, 3586)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn activate() -> Weight {
		Weight::from_parts(37_425_000, 4504)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn resign() -> Weight {
		Weight::from_parts(75_422_000, 7412)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(10_u64))
	}
	fn complain() -> Weight {
		Weight::from_parts(86_388_000, 4643)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn withdraw_complaint() -> Weight {
		Weight::from_parts(60_340_000, 4643)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
}
