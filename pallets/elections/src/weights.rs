// SPDX-License-Identifier: Apache-2.0

//! Weights of `eventum_elections`.
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

/// Weight functions needed for `eventum_elections`.
pub trait WeightInfo {
	fn begin_block() -> Weight;
	fn begin_session() -> Weight;
	fn fix_members(d: u32, ) -> Weight;
	fn close(d: u32, ) -> Weight;
	fn pay(p: u32, ) -> Weight;
	fn heartbeat() -> Weight;
	fn authorize_heartbeat() -> Weight;
	fn set_size() -> Weight;
	fn purge_keys() -> Weight;
	fn expel() -> Weight;
}

/// Weights of `eventum_elections` with the database of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Work` (r:1 w:1)
	/// Proof: `Elections::Work` (`max_values`: Some(1), `max_size`: Some(203), added: 698, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Unpaid` (r:1 w:0)
	/// Proof: `Elections::Unpaid` (`max_values`: Some(1), `max_size`: Some(59106), added: 59601, mode: `MaxEncodedLen`)
	fn begin_block() -> Weight {
		// At least 18_488_000 ps.
		Weight::from_parts(22_313_000, 60591)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Work` (r:1 w:1)
	/// Proof: `Elections::Work` (`max_values`: Some(1), `max_size`: Some(203), added: 698, mode: `MaxEncodedLen`)
	/// Storage: `Clock::SessionStart` (r:1 w:0)
	/// Proof: `Clock::SessionStart` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Unpaid` (r:1 w:1)
	/// Proof: `Elections::Unpaid` (`max_values`: Some(1), `max_size`: Some(59106), added: 59601, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Alive` (r:1 w:0)
	/// Proof: `Elections::Alive` (`max_values`: Some(1), `max_size`: Some(32002), added: 32497, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Delegates` (r:37 w:0)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Own` (r:36 w:0)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:36 w:0)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Session::NextKeys` (r:36 w:0)
	/// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Staking::Tallies` (r:36 w:0)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Active` (r:1 w:1)
	/// Proof: `Elections::Active` (`max_values`: Some(1), `max_size`: Some(1157), added: 1652, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:0)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Queued` (r:1 w:1)
	/// Proof: `Elections::Queued` (`max_values`: Some(1), `max_size`: Some(1157), added: 1652, mode: `MaxEncodedLen`)
	/// Storage: `Clock::SessionsPerEpoch` (r:1 w:0)
	/// Proof: `Clock::SessionsPerEpoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:1)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Session::QueuedChanged` (r:1 w:1)
	/// Proof: `Session::QueuedChanged` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Session::QueuedKeys` (r:1 w:1)
	/// Proof: `Session::QueuedKeys` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Aura::Authorities` (r:1 w:1)
	/// Proof: `Aura::Authorities` (`max_values`: Some(1), `max_size`: Some(769), added: 1264, mode: `MaxEncodedLen`)
	/// Storage: `Grandpa::CurrentSetId` (r:1 w:1)
	/// Proof: `Grandpa::CurrentSetId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Grandpa::Stalled` (r:1 w:1)
	/// Proof: `Grandpa::Stalled` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Grandpa::PendingChange` (r:1 w:1)
	/// Proof: `Grandpa::PendingChange` (`max_values`: Some(1), `max_size`: Some(1454), added: 1949, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Starts` (r:1 w:1)
	/// Proof: `Offences::Starts` (`max_values`: Some(1), `max_size`: Some(3074), added: 3569, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Expelled` (r:1 w:0)
	/// Proof: `Elections::Expelled` (`max_values`: Some(1), `max_size`: Some(36002), added: 36497, mode: `MaxEncodedLen`)
	/// Storage: `Grandpa::SetIdSession` (r:0 w:1)
	/// Proof: `Grandpa::SetIdSession` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Frozen` (r:0 w:1)
	/// Proof: `Elections::Frozen` (`max_values`: Some(1), `max_size`: Some(1161), added: 1656, mode: `MaxEncodedLen`)
	/// Storage: `Session::DisabledValidators` (r:0 w:1)
	/// Proof: `Session::DisabledValidators` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Session::Validators` (r:0 w:1)
	/// Proof: `Session::Validators` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Offences::Sets` (r:0 w:1)
	/// Proof: `Offences::Sets` (`max_values`: None, `max_size`: Some(3473), added: 5948, mode: `MaxEncodedLen`)
	fn begin_session() -> Weight {
		// At least 931_960_000 ps.
		Weight::from_parts(1_068_403_000, 117250)
			.saturating_add(T::DbWeight::get().reads(203_u64))
			.saturating_add(T::DbWeight::get().writes(17_u64))
	}
	/// Storage: `Elections::Expelled` (r:1 w:1)
	/// Proof: `Elections::Expelled` (`max_values`: Some(1), `max_size`: Some(36002), added: 36497, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Delegates` (r:1001 w:0)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Own` (r:1000 w:0)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:1000 w:0)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Session::NextKeys` (r:1000 w:0)
	/// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Staking::Tallies` (r:1000 w:0)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Elections::SetSize` (r:1 w:0)
	/// Proof: `Elections::SetSize` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Least` (r:1 w:0)
	/// Proof: `Elections::Least` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Frozen` (r:0 w:1)
	/// Proof: `Elections::Frozen` (`max_values`: Some(1), `max_size`: Some(1161), added: 1656, mode: `MaxEncodedLen`)
	/// `d` is from 36 to 1000.
	fn fix_members(d: u32, ) -> Weight {
		// At least 732_342_000 ps.
		Weight::from_parts(734_095_000, 37487)
			// Standard error 216_620.
			.saturating_add(Weight::from_parts(25_312_790, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(Weight::from_parts(0, 2988).saturating_mul(d.into()))
	}
	/// Storage: `Elections::Unpaid` (r:1 w:1)
	/// Proof: `Elections::Unpaid` (`max_values`: Some(1), `max_size`: Some(59106), added: 59601, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Alive` (r:1 w:1)
	/// Proof: `Elections::Alive` (`max_values`: Some(1), `max_size`: Some(32002), added: 32497, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Delegates` (r:1001 w:0)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Own` (r:1000 w:0)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:1000 w:0)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Session::NextKeys` (r:1000 w:0)
	/// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Staking::Tallies` (r:1000 w:0)
	/// Proof: `Staking::Tallies` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Active` (r:1 w:0)
	/// Proof: `Elections::Active` (`max_values`: Some(1), `max_size`: Some(1157), added: 1652, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Work` (r:1 w:0)
	/// Proof: `Elections::Work` (`max_values`: Some(1), `max_size`: Some(203), added: 698, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:0)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// `d` is from 36 to 1000.
	fn close(d: u32, ) -> Weight {
		// At least 785_301_000 ps.
		Weight::from_parts(815_697_000, 60591)
			// Standard error 217_636.
			.saturating_add(Weight::from_parts(25_036_959, 0).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(d.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(Weight::from_parts(0, 3021).saturating_mul(d.into()))
	}
	/// Storage: `Delegates::PlansOf` (r:16 w:0)
	/// Proof: `Delegates::PlansOf` (`max_values`: None, `max_size`: Some(434), added: 2909, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Delegates` (r:16 w:16)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:17 w:17)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Starts` (r:1 w:0)
	/// Proof: `Offences::Starts` (`max_values`: Some(1), `max_size`: Some(3074), added: 3569, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Sets` (r:1 w:0)
	/// Proof: `Offences::Sets` (`max_values`: None, `max_size`: Some(3473), added: 5948, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Records` (r:16 w:16)
	/// Proof: `Offences::Records` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `OffenceReports::ConcurrentReportsIndex` (r:16 w:16)
	/// Proof: `OffenceReports::ConcurrentReportsIndex` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `OffenceReports::Reports` (r:16 w:16)
	/// Proof: `OffenceReports::Reports` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Staking::Own` (r:16 w:0)
	/// Proof: `Staking::Own` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Staking::Buckets` (r:16 w:0)
	/// Proof: `Staking::Buckets` (`max_values`: None, `max_size`: Some(163), added: 2638, mode: `MaxEncodedLen`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::NextSlash` (r:1 w:1)
	/// Proof: `Offences::NextSlash` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Oldest` (r:1 w:1)
	/// Proof: `Elections::Oldest` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Statements` (r:0 w:16)
	/// Proof: `Elections::Statements` (`max_values`: None, `max_size`: Some(150), added: 2625, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Unpaid` (r:0 w:1)
	/// Proof: `Elections::Unpaid` (`max_values`: Some(1), `max_size`: Some(59106), added: 59601, mode: `MaxEncodedLen`)
	/// Storage: `Offences::Slashes` (r:0 w:16)
	/// Proof: `Offences::Slashes` (`max_values`: None, `max_size`: Some(106), added: 2581, mode: `MaxEncodedLen`)
	/// `p` is from 1 to 16.
	fn pay(p: u32, ) -> Weight {
		// At least 140_940_000 ps.
		Weight::from_parts(68_268_505, 6938)
			// Standard error 374_598.
			.saturating_add(Weight::from_parts(100_020_363, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((8_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((7_u64).saturating_mul(p.into())))
			.saturating_add(Weight::from_parts(0, 2955).saturating_mul(p.into()))
	}
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Session::KeyOwner` (r:1 w:0)
	/// Proof: `Session::KeyOwner` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Delegates::Delegates` (r:1 w:0)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Alive` (r:1 w:1)
	/// Proof: `Elections::Alive` (`max_values`: Some(1), `max_size`: Some(32002), added: 32497, mode: `MaxEncodedLen`)
	fn heartbeat() -> Weight {
		// At least 122_523_000 ps.
		Weight::from_parts(137_705_000, 36270)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:2 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Session::KeyOwner` (r:1 w:0)
	/// Proof: `Session::KeyOwner` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Delegates::Delegates` (r:1 w:0)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Alive` (r:1 w:0)
	/// Proof: `Elections::Alive` (`max_values`: Some(1), `max_size`: Some(32002), added: 32497, mode: `MaxEncodedLen`)
	fn authorize_heartbeat() -> Weight {
		// At least 108_021_000 ps.
		Weight::from_parts(120_499_000, 36285)
			.saturating_add(T::DbWeight::get().reads(7_u64))
	}
	/// Storage: `Elections::SetSize` (r:0 w:1)
	/// Proof: `Elections::SetSize` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn set_size() -> Weight {
		// At least 4_487_000 ps.
		Weight::from_parts(4_957_000, 0)
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Delegates::Delegates` (r:1 w:0)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Operators` (r:1 w:0)
	/// Proof: `Delegates::Operators` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Session::NextKeys` (r:1 w:1)
	/// Proof: `Session::NextKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Session::ExternallySetKeys` (r:1 w:0)
	/// Proof: `Session::ExternallySetKeys` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Session::KeyOwner` (r:0 w:2)
	/// Proof: `Session::KeyOwner` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn purge_keys() -> Weight {
		// At least 65_728_000 ps.
		Weight::from_parts(72_388_000, 3841)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Elections::Epoch` (r:1 w:0)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Delegates::Delegates` (r:1 w:1)
	/// Proof: `Delegates::Delegates` (`max_values`: None, `max_size`: Some(121), added: 2596, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Expelled` (r:1 w:1)
	/// Proof: `Elections::Expelled` (`max_values`: Some(1), `max_size`: Some(36002), added: 36497, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Active` (r:1 w:0)
	/// Proof: `Elections::Active` (`max_values`: Some(1), `max_size`: Some(1157), added: 1652, mode: `MaxEncodedLen`)
	/// Storage: `Session::Validators` (r:1 w:0)
	/// Proof: `Session::Validators` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Session::DisabledValidators` (r:1 w:1)
	/// Proof: `Session::DisabledValidators` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	fn expel() -> Weight {
		// At least 122_092_000 ps.
		Weight::from_parts(143_084_000, 40882)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

impl WeightInfo for () {
	fn begin_block() -> Weight {
		Weight::from_parts(22_313_000, 60591)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn begin_session() -> Weight {
		Weight::from_parts(1_068_403_000, 117250)
			.saturating_add(RocksDbWeight::get().reads(203_u64))
			.saturating_add(RocksDbWeight::get().writes(17_u64))
	}
	fn fix_members(d: u32, ) -> Weight {
		Weight::from_parts(734_095_000, 37487)
			.saturating_add(Weight::from_parts(25_312_790, 0).saturating_mul(d.into()))
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().reads((5_u64).saturating_mul(d.into())))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
			.saturating_add(Weight::from_parts(0, 2988).saturating_mul(d.into()))
	}
	fn close(d: u32, ) -> Weight {
		Weight::from_parts(815_697_000, 60591)
			.saturating_add(Weight::from_parts(25_036_959, 0).saturating_mul(d.into()))
			.saturating_add(RocksDbWeight::get().reads(11_u64))
			.saturating_add(RocksDbWeight::get().reads((5_u64).saturating_mul(d.into())))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
			.saturating_add(Weight::from_parts(0, 3021).saturating_mul(d.into()))
	}
	fn pay(p: u32, ) -> Weight {
		Weight::from_parts(68_268_505, 6938)
			.saturating_add(Weight::from_parts(100_020_363, 0).saturating_mul(p.into()))
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().reads((8_u64).saturating_mul(p.into())))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
			.saturating_add(RocksDbWeight::get().writes((7_u64).saturating_mul(p.into())))
			.saturating_add(Weight::from_parts(0, 2955).saturating_mul(p.into()))
	}
	fn heartbeat() -> Weight {
		Weight::from_parts(137_705_000, 36270)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn authorize_heartbeat() -> Weight {
		Weight::from_parts(120_499_000, 36285)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
	}
	fn set_size() -> Weight {
		Weight::from_parts(4_957_000, 0)
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn purge_keys() -> Weight {
		Weight::from_parts(72_388_000, 3841)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn expel() -> Weight {
		Weight::from_parts(143_084_000, 40882)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
}
