// SPDX-License-Identifier: Apache-2.0

//! Weights of the beacon: estimates, until `scripts/weights.sh` has measured them.

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// Weight functions needed for `eventum_beacon`.
pub trait WeightInfo {
	fn on_initialize() -> Weight;
}

/// Weights of `eventum_beacon` measured on the reference machine.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Aura::Authorities`, `Aura::CurrentSlot`, `Clock::EpochSlots`,
	/// `System::BlockHash`, `Beacon::Output`, `Beacon::Accumulated`, `Beacon::OutputAt`
	fn on_initialize() -> Weight {
		Weight::from_parts(1_300_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
}

impl WeightInfo for () {
	fn on_initialize() -> Weight {
		Weight::from_parts(1_300_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(6))
			.saturating_add(RocksDbWeight::get().writes(4))
	}
}
