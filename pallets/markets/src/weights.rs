// SPDX-License-Identifier: Apache-2.0

//! Weights of `eventum_markets`.
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

/// Weight functions needed for `eventum_markets`.
pub trait WeightInfo {
	fn create_market(f: u32, b: u32, ) -> Weight;
	fn join() -> Weight;
	fn leave() -> Weight;
	fn set_report_key() -> Weight;
	fn submit_certificate(m: u32, ) -> Weight;
	fn authorize_submit_certificate(m: u32, ) -> Weight;
	fn submit_detail(p: u32, ) -> Weight;
	fn authorize_submit_detail(r: u32, ) -> Weight;
	fn report_double_answer() -> Weight;
	fn authorize_report_double_answer() -> Weight;
	fn agenda_look() -> Weight;
	fn move_on() -> Weight;
	fn pay_page(r: u32, ) -> Weight;
	fn refund_page(r: u32, ) -> Weight;
	fn pay_escrow(m: u32, ) -> Weight;
	fn sweep(n: u32, ) -> Weight;
	fn set_fee(m: u32, ) -> Weight;
}

/// Weights of `eventum_markets` with the database of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::ShortestWindow` (r:1 w:0)
	/// Proof: `Clock::ShortestWindow` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `Markets::NextMarket` (r:1 w:1)
	/// Proof: `Markets::NextMarket` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Agenda` (r:0 w:64)
	/// Proof: `Markets::Agenda` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Texts` (r:0 w:64)
	/// Proof: `Markets::Texts` (`max_values`: None, `max_size`: Some(1597), added: 4072, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Feeds` (r:0 w:64)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Definitions` (r:0 w:64)
	/// Proof: `Markets::Definitions` (`max_values`: None, `max_size`: Some(74028), added: 76503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Markets` (r:0 w:1)
	/// Proof: `Markets::Markets` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// `f` is from 1 to 64.
	/// `b` is from 6 to 3072.
	fn create_market(f: u32, b: u32, ) -> Weight {
		// At least 379_656_000 ps.
		Weight::from_parts(96_078_061, 8523)
			// Standard error 48_731.
			.saturating_add(Weight::from_parts(21_915_583, 0).saturating_mul(f.into()))
			// Standard error 1_001.
			.saturating_add(Weight::from_parts(87_688, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(f.into())))
	}
	/// Storage: `Markets::Feeds` (r:1 w:1)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Definitions` (r:1 w:0)
	/// Proof: `Markets::Definitions` (`max_values`: None, `max_size`: Some(74028), added: 76503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Memberships` (r:1 w:1)
	/// Proof: `Markets::Memberships` (`max_values`: None, `max_size`: Some(71), added: 2546, mode: `MaxEncodedLen`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Records` (r:1 w:0)
	/// Proof: `Reputation::Records` (`max_values`: None, `max_size`: Some(132), added: 2607, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `Markets::ReporterPages` (r:1 w:1)
	/// Proof: `Markets::ReporterPages` (`max_values`: None, `max_size`: Some(23896), added: 26371, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Draws` (r:1 w:1)
	/// Proof: `Committees::Draws` (`max_values`: None, `max_size`: Some(10565), added: 13040, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Committees` (r:1 w:0)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	/// Storage: `Committees::NodeCount` (r:1 w:0)
	/// Proof: `Committees::NodeCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Agenda` (r:0 w:2)
	/// Proof: `Markets::Agenda` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	fn join() -> Weight {
		// At least 360_818_000 ps.
		Weight::from_parts(415_901_000, 77493)
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Markets::Feeds` (r:1 w:1)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Memberships` (r:1 w:2)
	/// Proof: `Markets::Memberships` (`max_values`: None, `max_size`: Some(71), added: 2546, mode: `MaxEncodedLen`)
	/// Storage: `Markets::ReporterPages` (r:2 w:2)
	/// Proof: `Markets::ReporterPages` (`max_values`: None, `max_size`: Some(23896), added: 26371, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	fn leave() -> Weight {
		// At least 136_714_000 ps.
		Weight::from_parts(164_235_000, 53732)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Markets::Feeds` (r:1 w:1)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Memberships` (r:1 w:0)
	/// Proof: `Markets::Memberships` (`max_values`: None, `max_size`: Some(71), added: 2546, mode: `MaxEncodedLen`)
	/// Storage: `Markets::ReporterPages` (r:1 w:1)
	/// Proof: `Markets::ReporterPages` (`max_values`: None, `max_size`: Some(23896), added: 26371, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Definitions` (r:1 w:0)
	/// Proof: `Markets::Definitions` (`max_values`: None, `max_size`: Some(74028), added: 76503, mode: `MaxEncodedLen`)
	fn set_report_key() -> Weight {
		// At least 278_105_000 ps.
		Weight::from_parts(312_646_000, 77493)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Markets::Feeds` (r:1 w:1)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Outcomes` (r:1 w:1)
	/// Proof: `Markets::Outcomes` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Definitions` (r:1 w:0)
	/// Proof: `Markets::Definitions` (`max_values`: None, `max_size`: Some(74028), added: 76503, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Committees` (r:1 w:0)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:64 w:0)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Lost` (r:1 w:0)
	/// Proof: `Clock::Lost` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Agenda` (r:0 w:2)
	/// Proof: `Markets::Agenda` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// `m` is from 3 to 64.
	fn submit_certificate(m: u32, ) -> Weight {
		// At least 758_712_000 ps.
		Weight::from_parts(801_899_582, 77493)
			// Standard error 268_295.
			.saturating_add(Weight::from_parts(6_040_506, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(Weight::from_parts(0, 2900).saturating_mul(m.into()))
	}
	/// Storage: `Markets::Feeds` (r:1 w:0)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Outcomes` (r:1 w:0)
	/// Proof: `Markets::Outcomes` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Definitions` (r:1 w:0)
	/// Proof: `Markets::Definitions` (`max_values`: None, `max_size`: Some(74028), added: 76503, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Committees` (r:1 w:0)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	/// `m` is from 3 to 64.
	fn authorize_submit_certificate(m: u32, ) -> Weight {
		// At least 395_771_000 ps.
		Weight::from_parts(369_033_184, 77493)
			// Standard error 172_182.
			.saturating_add(Weight::from_parts(34_290_378, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
	}
	/// Storage: `Markets::Feeds` (r:1 w:1)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Outcomes` (r:1 w:1)
	/// Proof: `Markets::Outcomes` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Definitions` (r:1 w:0)
	/// Proof: `Markets::Definitions` (`max_values`: None, `max_size`: Some(74028), added: 76503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::ReporterPages` (r:16 w:16)
	/// Proof: `Markets::ReporterPages` (`max_values`: None, `max_size`: Some(23896), added: 26371, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Agenda` (r:0 w:1)
	/// Proof: `Markets::Agenda` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// `p` is from 1 to 16.
	fn submit_detail(p: u32, ) -> Weight {
		// At least 286_217_000 ps.
		Weight::from_parts(301_082_780, 77493)
			// Standard error 877_618.
			.saturating_add(Weight::from_parts(51_251_671, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(p.into())))
			.saturating_add(Weight::from_parts(0, 26371).saturating_mul(p.into()))
	}
	/// Storage: `Markets::Feeds` (r:1 w:0)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Outcomes` (r:1 w:0)
	/// Proof: `Markets::Outcomes` (`max_values`: None, `max_size`: Some(173), added: 2648, mode: `MaxEncodedLen`)
	/// `r` is from 1 to 1000.
	fn authorize_submit_detail(r: u32, ) -> Weight {
		// At least 10_946_000 ps.
		Weight::from_parts(28_760_148, 6450)
			// Standard error 3_068.
			.saturating_add(Weight::from_parts(62_671, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Definitions` (r:1 w:0)
	/// Proof: `Markets::Definitions` (`max_values`: None, `max_size`: Some(74028), added: 76503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Memberships` (r:1 w:0)
	/// Proof: `Markets::Memberships` (`max_values`: None, `max_size`: Some(71), added: 2546, mode: `MaxEncodedLen`)
	/// Storage: `Markets::ReporterPages` (r:1 w:1)
	/// Proof: `Markets::ReporterPages` (`max_values`: None, `max_size`: Some(23896), added: 26371, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Records` (r:1 w:1)
	/// Proof: `Reputation::Records` (`max_values`: None, `max_size`: Some(132), added: 2607, mode: `MaxEncodedLen`)
	fn report_double_answer() -> Weight {
		// At least 348_310_000 ps.
		Weight::from_parts(401_509_000, 77493)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Definitions` (r:1 w:0)
	/// Proof: `Markets::Definitions` (`max_values`: None, `max_size`: Some(74028), added: 76503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Memberships` (r:1 w:0)
	/// Proof: `Markets::Memberships` (`max_values`: None, `max_size`: Some(71), added: 2546, mode: `MaxEncodedLen`)
	/// Storage: `Markets::ReporterPages` (r:1 w:0)
	/// Proof: `Markets::ReporterPages` (`max_values`: None, `max_size`: Some(23896), added: 26371, mode: `MaxEncodedLen`)
	fn authorize_report_double_answer() -> Weight {
		// At least 344_824_000 ps.
		Weight::from_parts(391_895_000, 77493)
			.saturating_add(T::DbWeight::get().reads(4_u64))
	}
	/// Storage: `Markets::Agenda` (r:1 w:0)
	/// Proof: `Markets::Agenda` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Feeds` (r:1 w:0)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	fn agenda_look() -> Weight {
		// At least 10_726_000 ps.
		Weight::from_parts(23_545_000, 6450)
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `Markets::Definitions` (r:1 w:0)
	/// Proof: `Markets::Definitions` (`max_values`: None, `max_size`: Some(74028), added: 76503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Draws` (r:1 w:1)
	/// Proof: `Committees::Draws` (`max_values`: None, `max_size`: Some(10565), added: 13040, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Committees` (r:1 w:0)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	/// Storage: `Committees::NodeCount` (r:1 w:0)
	/// Proof: `Committees::NodeCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Agenda` (r:0 w:2)
	/// Proof: `Markets::Agenda` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Feeds` (r:0 w:1)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	fn move_on() -> Weight {
		// At least 210_815_000 ps.
		Weight::from_parts(225_336_000, 77493)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Markets::ReporterPages` (r:1 w:1)
	/// Proof: `Markets::ReporterPages` (`max_values`: None, `max_size`: Some(23896), added: 26371, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:65 w:65)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:66 w:66)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Aura::CurrentSlot` (r:1 w:0)
	/// Proof: `Aura::CurrentSlot` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Records` (r:64 w:64)
	/// Proof: `Reputation::Records` (`max_values`: None, `max_size`: Some(132), added: 2607, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Agenda` (r:0 w:1)
	/// Proof: `Markets::Agenda` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Feeds` (r:0 w:1)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Memberships` (r:0 w:64)
	/// Proof: `Markets::Memberships` (`max_values`: None, `max_size`: Some(71), added: 2546, mode: `MaxEncodedLen`)
	/// `r` is from 1 to 64.
	fn pay_page(r: u32, ) -> Weight {
		// At least 123_514_000 ps.
		Weight::from_parts(55_547_136, 27361)
			// Standard error 71_305.
			.saturating_add(Weight::from_parts(66_206_429, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 2650).saturating_mul(r.into()))
	}
	/// Storage: `Markets::ReporterPages` (r:1 w:1)
	/// Proof: `Markets::ReporterPages` (`max_values`: None, `max_size`: Some(23896), added: 26371, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:65 w:65)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:65 w:65)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Agenda` (r:0 w:1)
	/// Proof: `Markets::Agenda` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Feeds` (r:0 w:1)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Memberships` (r:0 w:64)
	/// Proof: `Markets::Memberships` (`max_values`: None, `max_size`: Some(71), added: 2546, mode: `MaxEncodedLen`)
	/// `r` is from 1 to 64.
	fn refund_page(r: u32, ) -> Weight {
		// At least 89_524_000 ps.
		Weight::from_parts(20_992_866, 27361)
			// Standard error 42_323.
			.saturating_add(Weight::from_parts(59_602_767, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 2650).saturating_mul(r.into()))
	}
	/// Storage: `Committees::ProvenFalse` (r:1 w:0)
	/// Proof: `Committees::ProvenFalse` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:65 w:65)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Committees` (r:1 w:1)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Draws` (r:1 w:0)
	/// Proof: `Committees::Draws` (`max_values`: None, `max_size`: Some(10565), added: 13040, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:64 w:64)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::SlotDuration` (r:1 w:0)
	/// Proof: `Clock::SlotDuration` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::EpochSlots` (r:1 w:0)
	/// Proof: `Clock::EpochSlots` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Serving` (r:0 w:64)
	/// Proof: `Committees::Serving` (`max_values`: None, `max_size`: Some(66), added: 2541, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Agenda` (r:0 w:2)
	/// Proof: `Markets::Agenda` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Feeds` (r:0 w:1)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// `m` is from 4 to 64.
	fn pay_escrow(m: u32, ) -> Weight {
		// At least 192_217_000 ps.
		Weight::from_parts(94_486_555, 14030)
			// Standard error 67_180.
			.saturating_add(Weight::from_parts(28_213_498, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(6_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(m.into()))
	}
	/// Storage: `Markets::Memberships` (r:129 w:128)
	/// Proof: `Markets::Memberships` (`max_values`: None, `max_size`: Some(71), added: 2546, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Agenda` (r:0 w:1)
	/// Proof: `Markets::Agenda` (`max_values`: None, `max_size`: Some(26), added: 2501, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Feeds` (r:0 w:1)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// `n` is from 1 to 128.
	fn sweep(n: u32, ) -> Weight {
		// At least 16_245_000 ps.
		Weight::from_parts(10_970_403, 3536)
			// Standard error 1_649.
			.saturating_add(Weight::from_parts(3_968_155, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2546).saturating_mul(n.into()))
	}
	/// Storage: `Markets::Feeds` (r:1 w:1)
	/// Proof: `Markets::Feeds` (`max_values`: None, `max_size`: Some(2985), added: 5460, mode: `MaxEncodedLen`)
	/// Storage: `Markets::Definitions` (r:1 w:0)
	/// Proof: `Markets::Definitions` (`max_values`: None, `max_size`: Some(74028), added: 76503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Now` (r:1 w:0)
	/// Proof: `Clock::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Committees` (r:1 w:0)
	/// Proof: `Committees::Committees` (`max_values`: None, `max_size`: Some(10500), added: 12975, mode: `MaxEncodedLen`)
	/// Storage: `Committees::Nodes` (r:64 w:0)
	/// Proof: `Committees::Nodes` (`max_values`: None, `max_size`: Some(239), added: 2714, mode: `MaxEncodedLen`)
	/// `m` is from 4 to 64.
	fn set_fee(m: u32, ) -> Weight {
		// At least 304_024_000 ps.
		Weight::from_parts(322_361_843, 77493)
			// Standard error 78_549.
			.saturating_add(Weight::from_parts(4_691_428, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(m.into()))
	}
}

impl WeightInfo for () {
	fn create_market(f: u32, b: u32, ) -> Weight {
		Weight::from_parts(96_078_061, 8523)
			.saturating_add(Weight::from_parts(21_915_583, 0).saturating_mul(f.into()))
			.saturating_add(Weight::from_parts(87_688, 0).saturating_mul(b.into()))
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
			.saturating_add(RocksDbWeight::get().writes((4_u64).saturating_mul(f.into())))
	}
	fn join() -> Weight {
		Weight::from_parts(415_901_000, 77493)
			.saturating_add(RocksDbWeight::get().reads(13_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	fn leave() -> Weight {
		Weight::from_parts(164_235_000, 53732)
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(7_u64))
	}
	fn set_report_key() -> Weight {
		Weight::from_parts(312_646_000, 77493)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
	}
	fn submit_certificate(m: u32, ) -> Weight {
		Weight::from_parts(801_899_582, 77493)
			.saturating_add(Weight::from_parts(6_040_506, 0).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(14_u64))
			.saturating_add(RocksDbWeight::get().reads((1_u64).saturating_mul(m.into())))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
			.saturating_add(Weight::from_parts(0, 2900).saturating_mul(m.into()))
	}
	fn authorize_submit_certificate(m: u32, ) -> Weight {
		Weight::from_parts(369_033_184, 77493)
			.saturating_add(Weight::from_parts(34_290_378, 0).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(5_u64))
	}
	fn submit_detail(p: u32, ) -> Weight {
		Weight::from_parts(301_082_780, 77493)
			.saturating_add(Weight::from_parts(51_251_671, 0).saturating_mul(p.into()))
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
			.saturating_add(RocksDbWeight::get().writes((1_u64).saturating_mul(p.into())))
			.saturating_add(Weight::from_parts(0, 26371).saturating_mul(p.into()))
	}
	fn authorize_submit_detail(r: u32, ) -> Weight {
		Weight::from_parts(28_760_148, 6450)
			.saturating_add(Weight::from_parts(62_671, 0).saturating_mul(r.into()))
			.saturating_add(RocksDbWeight::get().reads(2_u64))
	}
	fn report_double_answer() -> Weight {
		Weight::from_parts(401_509_000, 77493)
			.saturating_add(RocksDbWeight::get().reads(10_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	fn authorize_report_double_answer() -> Weight {
		Weight::from_parts(391_895_000, 77493)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
	}
	fn agenda_look() -> Weight {
		Weight::from_parts(23_545_000, 6450)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
	}
	fn move_on() -> Weight {
		Weight::from_parts(225_336_000, 77493)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	fn pay_page(r: u32, ) -> Weight {
		Weight::from_parts(55_547_136, 27361)
			.saturating_add(Weight::from_parts(66_206_429, 0).saturating_mul(r.into()))
			.saturating_add(RocksDbWeight::get().reads(8_u64))
			.saturating_add(RocksDbWeight::get().reads((3_u64).saturating_mul(r.into())))
			.saturating_add(RocksDbWeight::get().writes(6_u64))
			.saturating_add(RocksDbWeight::get().writes((4_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 2650).saturating_mul(r.into()))
	}
	fn refund_page(r: u32, ) -> Weight {
		Weight::from_parts(20_992_866, 27361)
			.saturating_add(Weight::from_parts(59_602_767, 0).saturating_mul(r.into()))
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(r.into())))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
			.saturating_add(RocksDbWeight::get().writes((3_u64).saturating_mul(r.into())))
			.saturating_add(Weight::from_parts(0, 2650).saturating_mul(r.into()))
	}
	fn pay_escrow(m: u32, ) -> Weight {
		Weight::from_parts(94_486_555, 14030)
			.saturating_add(Weight::from_parts(28_213_498, 0).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(9_u64))
			.saturating_add(RocksDbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(RocksDbWeight::get().writes(6_u64))
			.saturating_add(RocksDbWeight::get().writes((3_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(m.into()))
	}
	fn sweep(n: u32, ) -> Weight {
		Weight::from_parts(10_970_403, 3536)
			.saturating_add(Weight::from_parts(3_968_155, 0).saturating_mul(n.into()))
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(RocksDbWeight::get().writes(2_u64))
			.saturating_add(RocksDbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2546).saturating_mul(n.into()))
	}
	fn set_fee(m: u32, ) -> Weight {
		Weight::from_parts(322_361_843, 77493)
			.saturating_add(Weight::from_parts(4_691_428, 0).saturating_mul(m.into()))
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().reads((1_u64).saturating_mul(m.into())))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
			.saturating_add(Weight::from_parts(0, 2714).saturating_mul(m.into()))
	}
}
