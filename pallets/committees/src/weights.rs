// SPDX-License-Identifier: Apache-2.0

//! Weights of `eventum_committees`.
//!
//! Measured by `scripts/weights.sh` on 2026-11-20 (Intel(R) Xeon(R) Processor; 8 steps, 4
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

/// Weight functions needed for `eventum_committees`.
pub trait WeightInfo {
	fn register() -> Weight;
	fn update() -> Weight;
	fn bond_more() -> Weight;
	fn rest() -> Weight;
	fn unregister() -> Weight;
	fn accept() -> Weight;
	fn online() -> Weight;
	fn authorize_accept() -> Weight;
	fn authorize_online() -> Weight;
	fn report_fault() -> Weight;
	fn authorize_report_fault(e: u32) -> Weight;
	fn request() -> Weight;
	fn draw(n: u32, ) -> Weight;
	fn replace(m: u32, ) -> Weight;
	fn dismiss(m: u32, ) -> Weight;
}

/// Weights of `eventum_committees` with the database of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:1 w:1)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Keys` (r:1 w:1)
	/// Proof: `Committees::Keys` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Committees::NodeCount` (r:1 w:1)
	/// Proof: `Committees::NodeCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Fees` (r:1 w:1)
	/// Proof: `Committees::Fees` (`max_values`: Some(1), `max_size`: Some(16002), added: 16497, mode: `MaxEncodedLen`)
	/// Storage: `Committees::MedianFee` (r:0 w:1)
	/// Proof: `Committees::MedianFee` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Registry` (r:0 w:1)
	/// Proof: `Committees::Registry` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		// At least 289_054_000 ps.
		Weight::from_parts(430_951_000, 17487)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Committees::Nodes` (r:1 w:1)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Fees` (r:1 w:1)
	/// Proof: `Committees::Fees` (`max_values`: Some(1), `max_size`: Some(16002), added: 16497, mode: `MaxEncodedLen`)
	/// Storage: `Committees::MedianFee` (r:0 w:1)
	/// Proof: `Committees::MedianFee` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn update() -> Weight {
		// At least 125_698_000 ps.
		Weight::from_parts(182_427_000, 17487)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Committees::Nodes` (r:1 w:1)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	fn bond_more() -> Weight {
		// At least 81_539_000 ps.
		Weight::from_parts(151_534_000, 3704)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Committees::Nodes` (r:1 w:1)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	fn rest() -> Weight {
		// At least 20_825_000 ps.
		Weight::from_parts(40_913_000, 3704)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Committees::Nodes` (r:2 w:2)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Fees` (r:1 w:1)
	/// Proof: `Committees::Fees` (`max_values`: Some(1), `max_size`: Some(16002), added: 16497, mode: `MaxEncodedLen`)
	/// Storage: `Committees::NodeCount` (r:1 w:1)
	/// Proof: `Committees::NodeCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Registry` (r:1 w:2)
	/// Proof: `Committees::Registry` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Committees::MedianFee` (r:0 w:1)
	/// Proof: `Committees::MedianFee` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Keys` (r:0 w:1)
	/// Proof: `Committees::Keys` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn unregister() -> Weight {
		// At least 211_584_000 ps.
		Weight::from_parts(325_566_000, 17487)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	/// Storage: `Committees::Draws` (r:1 w:1)
	/// Proof: `Committees::Draws` (`max_values`: None, `max_size`: Some(10565), added: 13040, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:1 w:1)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Feeds` (r:1 w:0)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(559), added: 3034, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Committees` (r:0 w:1)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	fn accept() -> Weight {
		// At least 144_023_000 ps.
		Weight::from_parts(203_143_000, 14030)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Committees::Keys` (r:1 w:0)
	/// Proof: `Committees::Keys` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:1 w:1)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	fn online() -> Weight {
		// At least 31_040_000 ps.
		Weight::from_parts(59_783_000, 3704)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Committees::Draws` (r:1 w:0)
	/// Proof: `Committees::Draws` (`max_values`: None, `max_size`: Some(10565), added: 13040, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:1 w:0)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn authorize_accept() -> Weight {
		// At least 168_203_000 ps.
		Weight::from_parts(231_884_000, 14030)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Committees::Keys` (r:1 w:0)
	/// Proof: `Committees::Keys` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:1 w:0)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn authorize_online() -> Weight {
		// At least 78_741_000 ps.
		Weight::from_parts(127_866_000, 3704)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}

	/// An estimate: not measured yet.
	fn report_fault() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}

	/// An estimate: not measured yet.
	fn authorize_report_fault(e: u32) -> Weight {
		Weight::from_parts(190_000_000, 0)
			.saturating_add(Weight::from_parts(700_000, 0).saturating_mul(u64::from(e)))
			.saturating_add(T::DbWeight::get().reads(3))
	}

	/// Storage: `Committees::Draws` (r:1 w:1)
	/// Proof: `Committees::Draws` (`max_values`: None, `max_size`: Some(10565), added: 13040, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Committees` (r:1 w:0)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	/// Storage: `Committees::NodeCount` (r:1 w:0)
	/// Proof: `Committees::NodeCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn request() -> Weight {
		// At least 12_803_000 ps.
		Weight::from_parts(23_469_000, 14030)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Committees::Registry` (r:256 w:0)
	/// Proof: `Committees::Registry` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:256 w:0)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Records` (r:64 w:0)
	/// Proof: `Reputation::Records` (`max_values`: None, `max_size`: Some(132), added: 2607, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Memberships` (r:64 w:0)
	/// Proof: `Markets::Memberships` (`max_values`: None, `max_size`: Some(71), added: 2546, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lost` (r:1 w:0)
	/// Proof: `Clock::Lost` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Serving` (r:0 w:64)
	/// Proof: `Committees::Serving` (`max_values`: None, `max_size`: Some(66), added: 2541, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Draws` (r:0 w:1)
	/// Proof: `Committees::Draws` (`max_values`: None, `max_size`: Some(10565), added: 13040, mode: `MaxEncodedLen`)
	/// `n` is from 64 to 256.
	fn draw(n: u32, ) -> Weight {
		// At least 1_474_964_000 ps.
		Weight::from_parts(1_407_102_734, 167838)
			// Standard error 135_625.
			.saturating_add(Weight::from_parts(15_015_919, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(133_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(65_u64))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(n.into()))
	}
	/// Storage: `Committees::Nodes` (r:64 w:64)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Committees::NodeCount` (r:1 w:0)
	/// Proof: `Committees::NodeCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Serving` (r:0 w:64)
	/// Proof: `Committees::Serving` (`max_values`: None, `max_size`: Some(66), added: 2541, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Draws` (r:0 w:1)
	/// Proof: `Committees::Draws` (`max_values`: None, `max_size`: Some(10565), added: 13040, mode: `MaxEncodedLen`)
	/// `m` is from 1 to 64.
	fn replace(m: u32, ) -> Weight {
		// At least 101_903_000 ps.
		Weight::from_parts(135_609_005, 3501)
			// Standard error 222_336.
			.saturating_add(Weight::from_parts(26_942_810, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(m.into()))
	}
	/// Storage: `Committees::Draws` (r:1 w:0)
	/// Proof: `Committees::Draws` (`max_values`: None, `max_size`: Some(10565), added: 13040, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Committees` (r:1 w:1)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:64 w:64)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Records` (r:64 w:64)
	/// Proof: `Reputation::Records` (`max_values`: None, `max_size`: Some(132), added: 2607, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Serving` (r:0 w:64)
	/// Proof: `Committees::Serving` (`max_values`: None, `max_size`: Some(66), added: 2541, mode: `MaxEncodedLen`)
	/// `m` is from 4 to 64.
	fn dismiss(m: u32, ) -> Weight {
		// At least 195_516_000 ps.
		Weight::from_parts(110_370_532, 14030)
			// Standard error 718_416.
			.saturating_add(Weight::from_parts(33_970_557, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(m.into()))
	}
}

impl WeightInfo for () {
	fn register() -> Weight {
		Weight::from_parts(430_951_000, 17487)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn update() -> Weight {
		Weight::from_parts(182_427_000, 17487)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn bond_more() -> Weight {
		Weight::from_parts(151_534_000, 3704)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn rest() -> Weight {
		Weight::from_parts(40_913_000, 3704)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn unregister() -> Weight {
		Weight::from_parts(325_566_000, 17487)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(10_u64))
	}
	fn accept() -> Weight {
		Weight::from_parts(203_143_000, 14030)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn online() -> Weight {
		Weight::from_parts(59_783_000, 3704)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn authorize_accept() -> Weight {
		Weight::from_parts(231_884_000, 14030)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
	}
	fn authorize_online() -> Weight {
		Weight::from_parts(127_866_000, 3704)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
	}

	/// An estimate: not measured yet.
	fn report_fault() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(RocksDbWeight::get().reads(7))
			.saturating_add(RocksDbWeight::get().writes(6))
	}

	/// An estimate: not measured yet.
	fn authorize_report_fault(e: u32) -> Weight {
		Weight::from_parts(190_000_000, 0)
			.saturating_add(Weight::from_parts(700_000, 0).saturating_mul(u64::from(e)))
			.saturating_add(RocksDbWeight::get().reads(3))
	}

	fn request() -> Weight {
		Weight::from_parts(23_469_000, 14030)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn draw(n: u32, ) -> Weight {
		Weight::from_parts(1_407_102_734, 167838)
			.saturating_add(Weight::from_parts(15_015_919, 0).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(133_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(65_u64))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(n.into()))
	}
	fn replace(m: u32, ) -> Weight {
		Weight::from_parts(135_609_005, 3501)
			.saturating_add(Weight::from_parts(26_942_810, 0).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().reads((1_u64).saturating_mul(m.into())))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
			.saturating_add(RocksDbWeight::get().writes((2_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(m.into()))
	}
	fn dismiss(m: u32, ) -> Weight {
		Weight::from_parts(110_370_532, 14030)
			.saturating_add(Weight::from_parts(33_970_557, 0).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
			.saturating_add(RocksDbWeight::get().writes((3_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(m.into()))
	}
}
