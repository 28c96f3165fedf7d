// SPDX-License-Identifier: Apache-2.0

//! Weights of `eventum_clock`, until `scripts/weights.sh` has measured them.

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// Weight functions needed for `eventum_clock`.
pub trait WeightInfo {
	fn within_session() -> Weight;
	fn end_session() -> Weight;
	fn on_timestamp_set() -> Weight;
}

/// Weights of `eventum_clock` with the database of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn within_session() -> Weight {
		T::DbWeight::get().reads(4)
	}
	fn end_session() -> Weight {
		Weight::from_parts(1_800_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(52, 14))
	}
	fn on_timestamp_set() -> Weight {
		T::DbWeight::get().reads_writes(3, 2)
	}
}

impl WeightInfo for () {
	fn within_session() -> Weight {
		RocksDbWeight::get().reads(4)
	}
	fn end_session() -> Weight {
		Weight::from_parts(1_800_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads_writes(52, 14))
	}
	fn on_timestamp_set() -> Weight {
		RocksDbWeight::get().reads_writes(3, 2)
	}
}
