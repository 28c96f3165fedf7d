// SPDX-License-Identifier: Apache-2.0

//! Weights of `runtime_base`.
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

/// Weight functions needed for `runtime_base`.
pub trait WeightInfo {
	fn empty_block() -> Weight;
	fn empty_extrinsic() -> Weight;
}

/// Weights of `runtime_base` with the database of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `System::LastRuntimeUpgrade` (r:1 w:0)
	/// Proof: `System::LastRuntimeUpgrade` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:1)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Aura::Authorities` (r:1 w:0)
	/// Proof: `Aura::Authorities` (`max_values`: Some(1), `max_size`: Some(769), added: 1264, mode: `MaxEncodedLen`)
	/// Storage: `Session::DisabledValidators` (r:1 w:0)
	/// Proof: `Session::DisabledValidators` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Session::Validators` (r:1 w:0)
	/// Proof: `Session::Validators` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Beacon::Output` (r:1 w:1)
	/// Proof: `Beacon::Output` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:1)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Beacon::Accumulated` (r:1 w:1)
	/// Proof: `Beacon::Accumulated` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Clock::SessionsPerEpoch` (r:1 w:0)
	/// Proof: `Clock::SessionsPerEpoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Session` (r:1 w:1)
	/// Proof: `Clock::Session` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Offences::FirstSlash` (r:1 w:0)
	/// Proof: `Offences::FirstSlash` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Offences::NextSlash` (r:1 w:0)
	/// Proof: `Offences::NextSlash` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Work` (r:1 w:1)
	/// Proof: `Elections::Work` (`max_values`: Some(1), `max_size`: Some(203), added: 698, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Start` (r:1 w:1)
	/// Proof: `Reputation::Start` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:1)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Agenda` (r:1 w:0)
	/// Proof: `Markets::Agenda` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::DidUpdate` (r:1 w:1)
	/// Proof: `Timestamp::DidUpdate` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:1)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::SlotDuration` (r:1 w:0)
	/// Proof: `Clock::SlotDuration` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Grandpa::PendingChange` (r:1 w:0)
	/// Proof: `Grandpa::PendingChange` (`max_values`: Some(1), `max_size`: Some(1454), added: 1949, mode: `MaxEncodedLen`)
	/// Storage: `Grandpa::State` (r:1 w:0)
	/// Proof: `Grandpa::State` (`max_values`: Some(1), `max_size`: Some(9), added: 504, mode: `MaxEncodedLen`)
	/// Storage: `System::BlocksTillUpgrade` (r:1 w:0)
	/// Proof: `System::BlocksTillUpgrade` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `System::ParentHash` (r:0 w:1)
	/// Proof: `System::ParentHash` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `System::ExtrinsicData` (r:0 w:1)
	/// Proof: `System::ExtrinsicData` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Beacon::OutputAt` (r:0 w:1)
	/// Proof: `Beacon::OutputAt` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Epoch` (r:0 w:1)
	/// Proof: `Elections::Epoch` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Elections::Oldest` (r:0 w:1)
	/// Proof: `Elections::Oldest` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Clock::SessionStart` (r:0 w:1)
	/// Proof: `Clock::SessionStart` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn empty_block() -> Weight {
		// At least 470_131_000 ps.
		Weight::from_parts(487_687_000, 3509)
			.saturating_add(T::DbWeight::get().reads(23_u64))
			.saturating_add(T::DbWeight::get().writes(16_u64))
	}
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `System::ExtrinsicData` (r:0 w:1)
	/// Proof: `System::ExtrinsicData` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn empty_extrinsic() -> Weight {
		// At least 123_675_000 ps.
		Weight::from_parts(129_934_000, 6196)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

impl WeightInfo for () {
	fn empty_block() -> Weight {
		Weight::from_parts(487_687_000, 3509)
			.saturating_add(RocksDbWeight::get().reads(23_u64))
			.saturating_add(RocksDbWeight::get().writes(16_u64))
	}
	fn empty_extrinsic() -> Weight {
		Weight::from_parts(129_934_000, 6196)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
}
