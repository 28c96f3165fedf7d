// SPDX-License-Identifier: Apache-2.0

//! A runtime with a clock whose slot the tests set.

use crate as eventum_clock;
use crate::GenesisConfig;
use frame_support::{derive_impl, parameter_types, traits::Hooks};
use sp_runtime::BuildStorage;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system::Pallet<Test>;

	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp::Pallet<Test>;

	#[runtime::pallet_index(2)]
	pub type Clock = eventum_clock::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {
	type OnTimestampSet = Clock;
}

parameter_types! {
	pub static Slot: u64 = 0;
}

impl eventum_clock::Config for Test {
	type Slot = Slot;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Slot;
}

#[cfg(feature = "runtime-benchmarks")]
impl eventum_clock::BenchmarkHelper for Slot {
	fn prepare(slot: u64) {
		Slot::set(slot);
	}
}

/// A chain of 1 s slots, 60-slot epochs of 6 sessions.
pub(crate) fn chain() -> sp_io::TestExternalities {
	let clock = GenesisConfig::<Test> {
		slot_duration: 1_000,
		epoch_slots: 60,
		sessions_per_epoch: 6,
		shortest_window: 1_000,
		_marker: Default::default(),
	};
	let storage = RuntimeGenesisConfig { clock, ..Default::default() }.build_storage().unwrap();
	Slot::set(0);
	storage.into()
}

/// Runs `test` on a chain, then checks the invariants.
pub(crate) fn run(test: impl FnOnce()) {
	chain().execute_with(|| {
		test();
		Clock::do_try_state().unwrap();
	});
}

/// Makes the next block in `slot`; says whether a session ended.
pub(crate) fn block_in(slot: u64) -> bool {
	let number = System::block_number() + 1;
	System::set_block_number(number);
	Slot::set(slot);
	Clock::on_initialize(number);
	Timestamp::set(RuntimeOrigin::none(), slot * 1_000).unwrap();
	Timestamp::on_finalize(number);
	Clock::session_ends(number)
}
