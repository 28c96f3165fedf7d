// SPDX-License-Identifier: Apache-2.0

//! Weights of `eventum_staking`.
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

/// Weight functions needed for `eventum_staking`.
pub trait WeightInfo {
	fn create() -> Weight;
	fn add() -> Weight;
	fn extend() -> Weight;
	fn set_auto_renew() -> Weight;
	fn move_votes() -> Weight;
	fn split() -> Weight;
	fn merge() -> Weight;
	fn transfer() -> Weight;
	fn unlock() -> Weight;
	fn withdraw() -> Weight;
	fn set_payout() -> Weight;
	fn claim(n: u32, ) -> Weight;
	fn reward() -> Weight;
	fn bind_own() -> Weight;
	fn release_own() -> Weight;
	fn slash_own() -> Weight;
}

/// Weights of `eventum_staking` with the database of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Delegates::Delegates` (r:1 w:0)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `Staking::NextBucket` (r:1 w:1)
	/// Proof: `Staking::NextBucket` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:1 w:1)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:0 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Supporters` (r:0 w:1)
	/// Proof: `Staking::Supporters` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Owned` (r:0 w:1)
	/// Proof: `Staking::Owned` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn create() -> Weight {
		// At least 90_866_000 ps.
		Weight::from_parts(100_830_000, 3640)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Staking::Buckets` (r:1 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:2 w:2)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	fn add() -> Weight {
		// At least 96_304_000 ps.
		Weight::from_parts(105_036_000, 6100)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Staking::Buckets` (r:1 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::SlotDuration` (r:1 w:0)
	/// Proof: `Clock::SlotDuration` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:2 w:2)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	fn extend() -> Weight {
		// At least 52_188_000 ps.
		Weight::from_parts(59_639_000, 6100)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Staking::Buckets` (r:1 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:2 w:2)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	fn set_auto_renew() -> Weight {
		// At least 46_880_000 ps.
		Weight::from_parts(53_390_000, 6100)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Staking::Buckets` (r:1 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Delegates` (r:1 w:0)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:2 w:2)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:2 w:2)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Supporters` (r:0 w:2)
	/// Proof: `Staking::Supporters` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn move_votes() -> Weight {
		// At least 65_738_000 ps.
		Weight::from_parts(76_515_000, 6140)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Staking::Buckets` (r:1 w:2)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:1 w:1)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::NextBucket` (r:1 w:1)
	/// Proof: `Staking::NextBucket` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Supporters` (r:0 w:1)
	/// Proof: `Staking::Supporters` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Owned` (r:0 w:1)
	/// Proof: `Staking::Owned` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn split() -> Weight {
		// At least 64_376_000 ps.
		Weight::from_parts(72_228_000, 3628)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Staking::Buckets` (r:2 w:2)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:1 w:1)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Supporters` (r:0 w:1)
	/// Proof: `Staking::Supporters` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Owned` (r:0 w:1)
	/// Proof: `Staking::Owned` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn merge() -> Weight {
		// At least 72_999_000 ps.
		Weight::from_parts(82_433_000, 6266)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Staking::Buckets` (r:1 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:2 w:2)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:0)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:1 w:1)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Owned` (r:0 w:2)
	/// Proof: `Staking::Owned` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn transfer() -> Weight {
		// At least 103_875_000 ps.
		Weight::from_parts(114_420_000, 6290)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	/// Storage: `Staking::Buckets` (r:1 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Clock::SlotDuration` (r:1 w:0)
	/// Proof: `Clock::SlotDuration` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:1 w:1)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Supporters` (r:0 w:1)
	/// Proof: `Staking::Supporters` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn unlock() -> Weight {
		// At least 53_159_000 ps.
		Weight::from_parts(62_243_000, 3628)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Staking::Buckets` (r:1 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Owned` (r:0 w:1)
	/// Proof: `Staking::Owned` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn withdraw() -> Weight {
		// At least 65_237_000 ps.
		Weight::from_parts(76_204_000, 3640)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:1 w:0)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	fn set_payout() -> Weight {
		// At least 19_439_000 ps.
		Weight::from_parts(26_099_000, 3628)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Staking::Buckets` (r:65 w:65)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:2 w:2)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// `n` is from 0 to 64.
	fn claim(n: u32, ) -> Weight {
		// At least 96_864_000 ps.
		Weight::from_parts(101_220_822, 6196)
			// Standard error 29_054.
			.saturating_add(Weight::from_parts(17_464_558, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(8_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2638).saturating_mul(n.into()))
	}
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:1 w:1)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn reward() -> Weight {
		// At least 63_325_000 ps.
		Weight::from_parts(68_692_000, 6196)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Staking::Buckets` (r:1 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Own` (r:1 w:1)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:2 w:2)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:2 w:2)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Supporters` (r:0 w:2)
	/// Proof: `Staking::Supporters` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn bind_own() -> Weight {
		// At least 70_054_000 ps.
		Weight::from_parts(79_178_000, 6140)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Staking::Own` (r:1 w:1)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:1 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:1 w:1)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	fn release_own() -> Weight {
		// At least 44_466_000 ps.
		Weight::from_parts(51_807_000, 3628)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Staking::Own` (r:1 w:0)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:1 w:1)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:1 w:1)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Checkpoints` (r:1 w:1)
	/// Proof: `Staking::Checkpoints` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Voters` (r:1 w:1)
	/// Proof: `Staking::Voters` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	fn slash_own() -> Weight {
		// At least 90_495_000 ps.
		Weight::from_parts(101_321_000, 6196)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
}

impl WeightInfo for () {
	fn create() -> Weight {
		Weight::from_parts(100_830_000, 3640)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(9_u64))
	}
	fn add() -> Weight {
		Weight::from_parts(105_036_000, 6100)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn extend() -> Weight {
		Weight::from_parts(59_639_000, 6100)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn set_auto_renew() -> Weight {
		Weight::from_parts(53_390_000, 6100)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn move_votes() -> Weight {
		Weight::from_parts(76_515_000, 6140)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn split() -> Weight {
		Weight::from_parts(72_228_000, 3628)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn merge() -> Weight {
		Weight::from_parts(82_433_000, 6266)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn transfer() -> Weight {
		Weight::from_parts(114_420_000, 6290)
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().writes(10_u64))
	}
	fn unlock() -> Weight {
		Weight::from_parts(62_243_000, 3628)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn withdraw() -> Weight {
		Weight::from_parts(76_204_000, 3640)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn set_payout() -> Weight {
		Weight::from_parts(26_099_000, 3628)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn claim(n: u32, ) -> Weight {
		Weight::from_parts(101_220_822, 6196)
			.saturating_add(Weight::from_parts(17_464_558, 0).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
			.saturating_add(RocksDbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2638).saturating_mul(n.into()))
	}
	fn reward() -> Weight {
		Weight::from_parts(68_692_000, 6196)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn bind_own() -> Weight {
		Weight::from_parts(79_178_000, 6140)
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().writes(9_u64))
	}
	fn release_own() -> Weight {
		Weight::from_parts(51_807_000, 3628)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn slash_own() -> Weight {
		Weight::from_parts(101_321_000, 6196)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
}
