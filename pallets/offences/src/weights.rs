// SPDX-License-Identifier: Apache-2.0

//! Weights of `eventum_offences`: estimates, until `scripts/weights.sh` has measured them.

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
	fn report_double_authorship() -> Weight {
		Weight::from_parts(2_700_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(22_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	fn report_double_authorship_unsigned() -> Weight {
		Weight::from_parts(2_700_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(22_u64))
			.saturating_add(T::DbWeight::get().writes(14_u64))
	}
	fn authorize_report_double_authorship_unsigned() -> Weight {
		Weight::from_parts(2_400_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	fn take_due(n: u32, ) -> Weight {
		Weight::from_parts(12_000_000, 0)
			.saturating_add(Weight::from_parts(180_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().reads((18_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((16_u64).saturating_mul(n.into())))
	}
	fn note() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(42_u64))
	}
	fn absent() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	fn report_equivocation(k: u32, ) -> Weight {
		Weight::from_parts(90_000_000, 0)
			.saturating_add(Weight::from_parts(70_000_000, 0).saturating_mul(k.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((10_u64).saturating_mul(k.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes((7_u64).saturating_mul(k.into())))
	}
}

impl WeightInfo for () {
	fn report_double_authorship() -> Weight {
		Weight::from_parts(2_700_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(22_u64))
			.saturating_add(RocksDbWeight::get().writes(14_u64))
	}
	fn report_double_authorship_unsigned() -> Weight {
		Weight::from_parts(2_700_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(22_u64))
			.saturating_add(RocksDbWeight::get().writes(14_u64))
	}
	fn authorize_report_double_authorship_unsigned() -> Weight {
		Weight::from_parts(2_400_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
	}
	fn cancel_slash() -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn take_due(n: u32, ) -> Weight {
		Weight::from_parts(12_000_000, 0)
			.saturating_add(Weight::from_parts(180_000_000, 0).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().reads((18_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
			.saturating_add(RocksDbWeight::get().writes((16_u64).saturating_mul(n.into())))
	}
	fn note() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(42_u64))
	}
	fn absent() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(6_u64))
	}
	fn report_equivocation(k: u32, ) -> Weight {
		Weight::from_parts(90_000_000, 0)
			.saturating_add(Weight::from_parts(70_000_000, 0).saturating_mul(k.into()))
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().reads((10_u64).saturating_mul(k.into())))
			.saturating_add(RocksDbWeight::get().writes(6_u64))
			.saturating_add(RocksDbWeight::get().writes((7_u64).saturating_mul(k.into())))
	}
}
