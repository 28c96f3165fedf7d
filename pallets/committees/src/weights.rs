// SPDX-License-Identifier: Apache-2.0

//! Weights of `eventum_committees`.
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
	fn authorize_report_fault(e: u32, ) -> Weight;
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
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Fees` (r:1 w:1)
	/// Proof: `Committees::Fees` (`max_values`: Some(1), `max_size`: Some(16002), added: 16497, mode: `MaxEncodedLen`)
	/// Storage: `Committees::MedianFee` (r:0 w:1)
	/// Proof: `Committees::MedianFee` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Registry` (r:0 w:1)
	/// Proof: `Committees::Registry` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		// At least 145_827_000 ps.
		Weight::from_parts(190_194_000, 17487)
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
		// At least 41_712_000 ps.
		Weight::from_parts(55_863_000, 17487)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Committees::Nodes` (r:1 w:1)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	fn bond_more() -> Weight {
		// At least 56_954_000 ps.
		Weight::from_parts(59_669_000, 3704)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Committees::Nodes` (r:1 w:1)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	fn rest() -> Weight {
		// At least 11_097_000 ps.
		Weight::from_parts(12_268_000, 3704)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Committees::Nodes` (r:2 w:2)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
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
		// At least 98_987_000 ps.
		Weight::from_parts(152_658_000, 17487)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	/// Storage: `Committees::Draws` (r:1 w:1)
	/// Proof: `Committees::Draws` (`max_values`: None, `max_size`: Some(10565), added: 13040, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:1 w:1)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Feeds` (r:1 w:0)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Committees` (r:0 w:1)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	fn accept() -> Weight {
		// At least 90_455_000 ps.
		Weight::from_parts(102_513_000, 14030)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Committees::Keys` (r:1 w:0)
	/// Proof: `Committees::Keys` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:1 w:1)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	fn online() -> Weight {
		// At least 16_255_000 ps.
		Weight::from_parts(18_728_000, 3704)
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
		// At least 103_845_000 ps.
		Weight::from_parts(124_025_000, 14030)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Committees::Keys` (r:1 w:0)
	/// Proof: `Committees::Keys` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:1 w:0)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn authorize_online() -> Weight {
		// At least 44_326_000 ps.
		Weight::from_parts(46_809_000, 3704)
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Committees::Committees` (r:1 w:0)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	/// Storage: `Committees::ProvenFalse` (r:1 w:1)
	/// Proof: `Committees::ProvenFalse` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:1 w:1)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Records` (r:1 w:1)
	/// Proof: `Reputation::Records` (`max_values`: None, `max_size`: Some(132), added: 2607, mode: `MaxEncodedLen`)
	fn report_fault() -> Weight {
		// At least 109_012_000 ps.
		Weight::from_parts(169_633_000, 13965)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Committees::Committees` (r:1 w:0)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	/// Storage: `Committees::ProvenFalse` (r:1 w:0)
	/// Proof: `Committees::ProvenFalse` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// `e` is from 0 to 10000.
	fn authorize_report_fault(e: u32, ) -> Weight {
		// At least 160_199_000 ps.
		Weight::from_parts(175_086_351, 13965)
			// Standard error 1_305.
			.saturating_add(Weight::from_parts(1_722_836, 0).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
	}
	/// Storage: `Committees::Draws` (r:1 w:1)
	/// Proof: `Committees::Draws` (`max_values`: None, `max_size`: Some(10565), added: 13040, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Committees` (r:1 w:0)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	/// Storage: `Committees::NodeCount` (r:1 w:0)
	/// Proof: `Committees::NodeCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn request() -> Weight {
		// At least 9_024_000 ps.
		Weight::from_parts(9_784_000, 14030)
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
		// At least 1_164_537_000 ps.
		Weight::from_parts(656_906_030, 167838)
			// Standard error 12_725.
			.saturating_add(Weight::from_parts(8_346_274, 0).saturating_mul(n.into()))
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
		// At least 51_617_000 ps.
		Weight::from_parts(52_390_273, 3501)
			// Standard error 30_014.
			.saturating_add(Weight::from_parts(12_950_554, 0).saturating_mul(m.into()))
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
	/// Storage: `Committees::ProvenFalse` (r:1 w:0)
	/// Proof: `Committees::ProvenFalse` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
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
		// At least 110_365_000 ps.
		Weight::from_parts(63_890_760, 14030)
			// Standard error 31_805.
			.saturating_add(Weight::from_parts(15_182_878, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(m.into()))
	}
}

impl WeightInfo for () {
	fn register() -> Weight {
		Weight::from_parts(190_194_000, 17487)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn update() -> Weight {
		Weight::from_parts(55_863_000, 17487)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn bond_more() -> Weight {
		Weight::from_parts(59_669_000, 3704)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn rest() -> Weight {
		Weight::from_parts(12_268_000, 3704)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn unregister() -> Weight {
		Weight::from_parts(152_658_000, 17487)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(10_u64))
	}
	fn accept() -> Weight {
		Weight::from_parts(102_513_000, 14030)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	fn online() -> Weight {
		Weight::from_parts(18_728_000, 3704)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn authorize_accept() -> Weight {
		Weight::from_parts(124_025_000, 14030)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
	}
	fn authorize_online() -> Weight {
		Weight::from_parts(46_809_000, 3704)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
	}
	fn report_fault() -> Weight {
		Weight::from_parts(169_633_000, 13965)
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(6_u64))
	}
	fn authorize_report_fault(e: u32, ) -> Weight {
		Weight::from_parts(175_086_351, 13965)
			.saturating_add(Weight::from_parts(1_722_836, 0).saturating_mul(e.into()))
			.saturating_add(RocksDbWeight::get().reads(3_u64))
	}
	fn request() -> Weight {
		Weight::from_parts(9_784_000, 14030)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	fn draw(n: u32, ) -> Weight {
		Weight::from_parts(656_906_030, 167838)
			.saturating_add(Weight::from_parts(8_346_274, 0).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(133_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(65_u64))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(n.into()))
	}
	fn replace(m: u32, ) -> Weight {
		Weight::from_parts(52_390_273, 3501)
			.saturating_add(Weight::from_parts(12_950_554, 0).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().reads((1_u64).saturating_mul(m.into())))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
			.saturating_add(RocksDbWeight::get().writes((2_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(m.into()))
	}
	fn dismiss(m: u32, ) -> Weight {
		Weight::from_parts(63_890_760, 14030)
			.saturating_add(Weight::from_parts(15_182_878, 0).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
			.saturating_add(RocksDbWeight::get().writes((3_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(m.into()))
	}
}
