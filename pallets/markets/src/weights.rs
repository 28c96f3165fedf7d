// SPDX-License-Identifier: Apache-2.0

//! Weights of markets: estimates, until `scripts/weights.sh` has measured them.

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, Weight},
};

/// Weight functions needed for `eventum_markets`.
pub trait WeightInfo {
	/// Creates a market of `f` feeds whose fields have `b` bytes in all.
	fn create_market(f: u32, b: u32) -> Weight;
	/// Takes the last place of a feed.
	fn join() -> Weight;
	/// Leaves from a page that is not the last.
	fn leave() -> Weight;
	/// Changes a key on a full page.
	fn set_report_key() -> Weight;
	/// Records the outcome that ends a feed, signed by `m` members.
	fn submit_certificate(m: u32) -> Weight;
	/// Verifies the signatures of `m` members.
	fn authorize_submit_certificate(m: u32) -> Weight;
	/// Reckons a round of a feed of `r` reporters, all of whom voted.
	fn submit_detail(r: u32) -> Weight;
	/// Checks a detail of `r` reporters.
	fn authorize_submit_detail(r: u32) -> Weight;
	/// Looks whether anything is due.
	fn agenda_look() -> Weight;
	/// Moves a feed to its next state.
	fn move_on() -> Weight;
	/// Pays a page of `r` reporters.
	fn pay_page(r: u32) -> Weight;
	/// Refunds a page of `r` reporters.
	fn refund_page(r: u32) -> Weight;
	/// Pays a committee of `m` members and releases the escrow.
	fn pay_escrow(m: u32) -> Weight;
	/// Forgets `n` entries.
	fn sweep(n: u32) -> Weight;
	/// Sets the fee of a committee of `m` members.
	fn set_fee(m: u32) -> Weight;
}

/// Weights of `eventum_markets` measured on the reference machine.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn create_market(f: u32, b: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Weight::from_parts(100_000, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(25_000_000, 0).saturating_mul(f.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(T::DbWeight::get().writes(4).saturating_mul(f.into()))
	}

	fn join() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	fn leave() -> Weight {
		Weight::from_parts(75_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(7))
	}

	fn set_report_key() -> Weight {
		Weight::from_parts(35_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	fn submit_certificate(m: u32) -> Weight {
		Weight::from_parts(45_000_000, 0)
			.saturating_add(Weight::from_parts(3_000_000, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	fn authorize_submit_certificate(m: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(Weight::from_parts(48_000_000, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(5))
	}

	fn submit_detail(r: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Weight::from_parts(900_000, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
			.saturating_add(
				T::DbWeight::get().reads_writes(1, 1).saturating_mul(u64::from(r.div_ceil(64))),
			)
	}

	fn authorize_submit_detail(r: u32) -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(Weight::from_parts(40_000, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(2))
	}

	fn agenda_look() -> Weight {
		Weight::from_parts(6_000_000, 0).saturating_add(T::DbWeight::get().reads(3))
	}

	fn move_on() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	fn pay_page(r: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(Weight::from_parts(55_000_000, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().reads(3).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().writes(8))
			.saturating_add(T::DbWeight::get().writes(4).saturating_mul(r.into()))
	}

	fn refund_page(r: u32) -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(Weight::from_parts(25_000_000, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads(2).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().writes(4))
			.saturating_add(T::DbWeight::get().writes(3).saturating_mul(r.into()))
	}

	fn pay_escrow(m: u32) -> Weight {
		Weight::from_parts(80_000_000, 0)
			.saturating_add(Weight::from_parts(30_000_000, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(7))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(m.into()))
	}

	fn sweep(n: u32) -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(Weight::from_parts(1_500_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(n.into()))
	}

	fn set_fee(m: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Weight::from_parts(3_000_000, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}

impl WeightInfo for () {
	fn create_market(f: u32, b: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Weight::from_parts(100_000, 0).saturating_mul(b.into()))
			.saturating_add(Weight::from_parts(25_000_000, 0).saturating_mul(f.into()))
			.saturating_add(RocksDbWeight::get().reads(6))
			.saturating_add(RocksDbWeight::get().writes(5))
			.saturating_add(RocksDbWeight::get().writes(4).saturating_mul(f.into()))
	}

	fn join() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(6))
			.saturating_add(RocksDbWeight::get().writes(6))
	}

	fn leave() -> Weight {
		Weight::from_parts(75_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(6))
			.saturating_add(RocksDbWeight::get().writes(7))
	}

	fn set_report_key() -> Weight {
		Weight::from_parts(35_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(3))
			.saturating_add(RocksDbWeight::get().writes(1))
	}

	fn submit_certificate(m: u32) -> Weight {
		Weight::from_parts(45_000_000, 0)
			.saturating_add(Weight::from_parts(3_000_000, 0).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(8))
			.saturating_add(RocksDbWeight::get().reads(2).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().writes(4))
	}

	fn authorize_submit_certificate(m: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(Weight::from_parts(48_000_000, 0).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(5))
	}

	fn submit_detail(r: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Weight::from_parts(900_000, 0).saturating_mul(r.into()))
			.saturating_add(RocksDbWeight::get().reads(4))
			.saturating_add(RocksDbWeight::get().writes(4))
			.saturating_add(
				RocksDbWeight::get().reads_writes(1, 1).saturating_mul(u64::from(r.div_ceil(64))),
			)
	}

	fn authorize_submit_detail(r: u32) -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(Weight::from_parts(40_000, 0).saturating_mul(r.into()))
			.saturating_add(RocksDbWeight::get().reads(2))
	}

	fn agenda_look() -> Weight {
		Weight::from_parts(6_000_000, 0).saturating_add(RocksDbWeight::get().reads(3))
	}

	fn move_on() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(8))
			.saturating_add(RocksDbWeight::get().writes(6))
	}

	fn pay_page(r: u32) -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(Weight::from_parts(55_000_000, 0).saturating_mul(r.into()))
			.saturating_add(RocksDbWeight::get().reads(8))
			.saturating_add(RocksDbWeight::get().reads(3).saturating_mul(r.into()))
			.saturating_add(RocksDbWeight::get().writes(8))
			.saturating_add(RocksDbWeight::get().writes(4).saturating_mul(r.into()))
	}

	fn refund_page(r: u32) -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(Weight::from_parts(25_000_000, 0).saturating_mul(r.into()))
			.saturating_add(RocksDbWeight::get().reads(2))
			.saturating_add(RocksDbWeight::get().reads(2).saturating_mul(r.into()))
			.saturating_add(RocksDbWeight::get().writes(4))
			.saturating_add(RocksDbWeight::get().writes(3).saturating_mul(r.into()))
	}

	fn pay_escrow(m: u32) -> Weight {
		Weight::from_parts(80_000_000, 0)
			.saturating_add(Weight::from_parts(30_000_000, 0).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(7))
			.saturating_add(RocksDbWeight::get().reads(1).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().writes(7))
			.saturating_add(RocksDbWeight::get().writes(1).saturating_mul(m.into()))
	}

	fn sweep(n: u32) -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(Weight::from_parts(1_500_000, 0).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(3))
			.saturating_add(RocksDbWeight::get().reads(1).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().writes(5))
			.saturating_add(RocksDbWeight::get().writes(1).saturating_mul(n.into()))
	}

	fn set_fee(m: u32) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Weight::from_parts(3_000_000, 0).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(6))
			.saturating_add(RocksDbWeight::get().reads(1).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().writes(3))
	}
}
