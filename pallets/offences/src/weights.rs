// SPDX-License-Identifier: Apache-2.0

//! Weights of `eventum_offences`.
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

/// Weight functions needed for `eventum_offences`.
pub trait WeightInfo {
	fn report_double_authorship() -> Weight;
	fn report_double_authorship_unsigned() -> Weight;
	fn authorize_report_double_authorship_unsigned() -> Weight;
	fn cancel_slash() -> Weight;
	fn take_due(n: u32, ) -> Weight;
	fn note() -> Weight;
	fn absent() -> Weight;
	fn report_equivocation(k: u32, ) -> Weight;
}

/// Weights of `eventum_offences` with the database of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Starts` (r:1 w:0)
	/// Proof: `Offences::Starts` (`max_values`: Some(1), `max_size`: Some(3074), added: 3569, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Sets` (r:1 w:0)
	/// Proof: `Offences::Sets` (`max_values`: None, `max_size`: Some(3473), added: 5948, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Records` (r:1 w:1)
	/// Proof: `Offences::Records` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `OffenceReports::Reports` (r:1 w:1)
	/// Proof: `OffenceReports::Reports` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `OffenceReports::ConcurrentReportsIndex` (r:1 w:1)
	/// Proof: `OffenceReports::ConcurrentReportsIndex` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Staking::Own` (r:1 w:0)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:1 w:0)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Delegates` (r:1 w:1)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Expelled` (r:1 w:1)
	/// Proof: `Elections::Expelled` (`max_values`: Some(1), `max_size`: Some(36002), added: 36497, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Active` (r:1 w:0)
	/// Proof: `Elections::Active` (`max_values`: Some(1), `max_size`: Some(1157), added: 1652, mode: `MaxEncodedLen`)
	/// Storage: `Offences::NextSlash` (r:1 w:1)
	/// Proof: `Offences::NextSlash` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Slashes` (r:0 w:1)
	/// Proof: `Offences::Slashes` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
	fn report_double_authorship() -> Weight {
		// At least 746_333_000 ps.
		Weight::from_parts(827_354_000, 37487)
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Starts` (r:1 w:0)
	/// Proof: `Offences::Starts` (`max_values`: Some(1), `max_size`: Some(3074), added: 3569, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Sets` (r:1 w:0)
	/// Proof: `Offences::Sets` (`max_values`: None, `max_size`: Some(3473), added: 5948, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Records` (r:1 w:1)
	/// Proof: `Offences::Records` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `OffenceReports::Reports` (r:1 w:1)
	/// Proof: `OffenceReports::Reports` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `OffenceReports::ConcurrentReportsIndex` (r:1 w:1)
	/// Proof: `OffenceReports::ConcurrentReportsIndex` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Staking::Own` (r:1 w:0)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:1 w:0)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Delegates` (r:1 w:1)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Expelled` (r:1 w:1)
	/// Proof: `Elections::Expelled` (`max_values`: Some(1), `max_size`: Some(36002), added: 36497, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Active` (r:1 w:0)
	/// Proof: `Elections::Active` (`max_values`: Some(1), `max_size`: Some(1157), added: 1652, mode: `MaxEncodedLen`)
	/// Storage: `Offences::NextSlash` (r:1 w:1)
	/// Proof: `Offences::NextSlash` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Slashes` (r:0 w:1)
	/// Proof: `Offences::Slashes` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
	fn report_double_authorship_unsigned() -> Weight {
		// At least 734_226_000 ps.
		Weight::from_parts(809_767_000, 37487)
			.saturating_add(T::DbWeight::get().reads(15_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Starts` (r:1 w:0)
	/// Proof: `Offences::Starts` (`max_values`: Some(1), `max_size`: Some(3074), added: 3569, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Sets` (r:1 w:0)
	/// Proof: `Offences::Sets` (`max_values`: None, `max_size`: Some(3473), added: 5948, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Records` (r:1 w:0)
	/// Proof: `Offences::Records` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `OffenceReports::Reports` (r:1 w:0)
	/// Proof: `OffenceReports::Reports` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn authorize_report_double_authorship_unsigned() -> Weight {
		// At least 718_692_000 ps.
		Weight::from_parts(769_107_000, 11267)
			.saturating_add(T::DbWeight::get().reads(7_u64))
	}
	/// Storage: `Offences::Slashes` (r:1 w:1)
	/// Proof: `Offences::Slashes` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Records` (r:1 w:1)
	/// Proof: `Offences::Records` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	fn cancel_slash() -> Weight {
		// At least 20_470_000 ps.
		Weight::from_parts(38_828_000, 3571)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Offences::FirstSlash` (r:1 w:1)
	/// Proof: `Offences::FirstSlash` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::NextSlash` (r:1 w:0)
	/// Proof: `Offences::NextSlash` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Slashes` (r:8 w:8)
	/// Proof: `Offences::Slashes` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Own` (r:8 w:0)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:8 w:8)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:8 w:8)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:17 w:17)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Tallies` (r:8 w:8)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// `n` is from 0 to 8.
	fn take_due(n: u32, ) -> Weight {
		// At least 9_995_000 ps.
		Weight::from_parts(39_130_528, 3593)
			// Standard error 616_574.
			.saturating_add(Weight::from_parts(138_824_502, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((7_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((6_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 5206).saturating_mul(n.into()))
	}
	/// Storage: `Offences::Starts` (r:1 w:1)
	/// Proof: `Offences::Starts` (`max_values`: Some(1), `max_size`: Some(3074), added: 3569, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Charges` (r:36 w:36)
	/// Proof: `Offences::Charges` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Sets` (r:0 w:2)
	/// Proof: `Offences::Sets` (`max_values`: None, `max_size`: Some(3473), added: 5948, mode: `MaxEncodedLen`)
	fn note() -> Weight {
		// At least 75_022_000 ps.
		Weight::from_parts(90_335_000, 93402)
			.saturating_add(T::DbWeight::get().reads(39_u64))
			.saturating_add(T::DbWeight::get().writes(39_u64))
	}
	/// Storage: `Offences::Starts` (r:1 w:0)
	/// Proof: `Offences::Starts` (`max_values`: Some(1), `max_size`: Some(3074), added: 3569, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Sets` (r:1 w:0)
	/// Proof: `Offences::Sets` (`max_values`: None, `max_size`: Some(3473), added: 5948, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Records` (r:1 w:1)
	/// Proof: `Offences::Records` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `OffenceReports::ConcurrentReportsIndex` (r:1 w:1)
	/// Proof: `OffenceReports::ConcurrentReportsIndex` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `OffenceReports::Reports` (r:1 w:1)
	/// Proof: `OffenceReports::Reports` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Staking::Own` (r:1 w:0)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:1 w:0)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::NextSlash` (r:1 w:1)
	/// Proof: `Offences::NextSlash` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Slashes` (r:0 w:1)
	/// Proof: `Offences::Slashes` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
	fn absent() -> Weight {
		// At least 62_613_000 ps.
		Weight::from_parts(95_142_000, 11708)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `OffenceReports::ConcurrentReportsIndex` (r:1 w:1)
	/// Proof: `OffenceReports::ConcurrentReportsIndex` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `OffenceReports::Reports` (r:36 w:1)
	/// Proof: `OffenceReports::Reports` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Staking::Own` (r:36 w:0)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:36 w:0)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Charges` (r:36 w:36)
	/// Proof: `Offences::Charges` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Delegates` (r:1 w:1)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Expelled` (r:1 w:1)
	/// Proof: `Elections::Expelled` (`max_values`: Some(1), `max_size`: Some(36002), added: 36497, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Active` (r:1 w:0)
	/// Proof: `Elections::Active` (`max_values`: Some(1), `max_size`: Some(1157), added: 1652, mode: `MaxEncodedLen`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::NextSlash` (r:1 w:1)
	/// Proof: `Offences::NextSlash` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Slashes` (r:0 w:1)
	/// Proof: `Offences::Slashes` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
	/// `k` is from 1 to 36.
	fn report_equivocation(k: u32, ) -> Weight {
		// At least 81_502_000 ps.
		Weight::from_parts(97_966_587, 37487)
			// Standard error 270_367.
			.saturating_add(Weight::from_parts(17_987_778, 0).saturating_mul(k.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(k.into())))
			.saturating_add(T::DbWeight::get().writes(11_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(k.into())))
			.saturating_add(Weight::from_parts(0, 2956).saturating_mul(k.into()))
	}
}

impl WeightInfo for () {
	fn report_double_authorship() -> Weight {
		Weight::from_parts(827_354_000, 37487)
			.saturating_add(RocksDbWeight::get().reads(15_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn report_double_authorship_unsigned() -> Weight {
		Weight::from_parts(809_767_000, 37487)
			.saturating_add(RocksDbWeight::get().reads(15_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn authorize_report_double_authorship_unsigned() -> Weight {
		Weight::from_parts(769_107_000, 11267)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(38_828_000, 3571)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn take_due(n: u32, ) -> Weight {
		Weight::from_parts(39_130_528, 3593)
			.saturating_add(Weight::from_parts(138_824_502, 0).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().reads((7_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
			.saturating_add(RocksDbWeight::get().writes((6_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 5206).saturating_mul(n.into()))
	}
	fn note() -> Weight {
		Weight::from_parts(90_335_000, 93402)
			.saturating_add(RocksDbWeight::get().reads(39_u64))
			.saturating_add(RocksDbWeight::get().writes(39_u64))
	}
	fn absent() -> Weight {
		Weight::from_parts(95_142_000, 11708)
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn report_equivocation(k: u32, ) -> Weight {
		Weight::from_parts(97_966_587, 37487)
			.saturating_add(Weight::from_parts(17_987_778, 0).saturating_mul(k.into()))
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().reads((4_u64).saturating_mul(k.into())))
			.saturating_add(RocksDbWeight::get().writes(11_u64))
			.saturating_add(RocksDbWeight::get().writes((1_u64).saturating_mul(k.into())))
			.saturating_add(Weight::from_parts(0, 2956).saturating_mul(k.into()))
	}
}
