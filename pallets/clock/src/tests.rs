// SPDX-License-Identifier: Apache-2.0

//! Tests of the clock.

use crate::{mock::*, *};
use eventum_primitives::traits::Grid;
use frame_support::{assert_ok, traits::Hooks};
use proptest::prelude::*;
use sp_runtime::BuildStorage;

#[test]
fn slot_duration_falls_back_without_externalities() {
	assert_eq!(Clock::slot_duration(), DEFAULT_SLOT_DURATION);
	run(|| assert_eq!(Clock::slot_duration(), 1_000));
	sp_io::TestExternalities::default()
		.execute_with(|| assert_eq!(Clock::slot_duration(), DEFAULT_SLOT_DURATION));
}

#[test]
#[should_panic(expected = "whole number of sessions")]
fn genesis_refuses_an_uneven_grid() {
	let clock = GenesisConfig::<Test> { epoch_slots: 61, ..Default::default() };
	let _ = RuntimeGenesisConfig { clock, ..Default::default() }.build_storage();
}

#[test]
#[should_panic(expected = "no length")]
fn genesis_refuses_an_empty_slot() {
	let clock = GenesisConfig::<Test> { slot_duration: 0, ..Default::default() };
	let _ = RuntimeGenesisConfig { clock, ..Default::default() }.build_storage();
}

#[test]
fn shortest_window_is_what_genesis_says() {
	run(|| assert_eq!(Clock::shortest_window(), 1_000));
}

#[test]
fn first_block_never_ends_a_session() {
	run(|| {
		assert!(!block_in(1_000_000));
		assert_eq!(Session::<Test>::get(), Some(100_000));
	});
}

#[test]
fn sessions_end_on_the_grid_of_slots() {
	run(|| {
		let ended: Vec<u64> = (1_003..1_065).filter(|slot| block_in(*slot)).collect();
		assert_eq!(ended, [1_010, 1_020, 1_030, 1_040, 1_050, 1_060]);
		assert_eq!(Clock::epoch(), 17);
		assert_eq!(Clock::session_in_epoch(102), 0);
		assert_eq!(Clock::epoch_duration(), 60_000);
	});
}

#[test]
fn the_grid_tells_what_lies_ahead() {
	run(|| {
		assert!(!block_in(1_003));
		assert!(!<Clock as Grid>::session_begins());
		assert_eq!((<Clock as Grid>::slot(), <Clock as Grid>::epoch_slots()), (1_003, 60));
		for (slot, left) in [(1_019, 0), (1_020, 5), (1_061, 1), (1_070, 0)] {
			block_in(slot);
			assert_eq!(<Clock as Grid>::sessions_left(), left, "slot {slot}");
			assert!(<Clock as Grid>::session_begins());
		}
		assert_eq!(<Clock as Grid>::epoch_of(1_080), 18);
		assert_eq!(<Clock as Grid>::epoch_of(u64::MAX), u32::MAX);
	});
}

#[test]
fn a_stall_crosses_many_sessions_at_once() {
	run(|| {
		block_in(1_003);
		assert!(block_in(1_098));
		assert!(!block_in(1_099));
		assert!(block_in(1_100));
		assert_eq!(Session::<Test>::get(), Some(110));
	});
}

#[test]
fn weight_of_the_rotation_is_counted() {
	run(|| {
		type Weights = <Test as Config>::WeightInfo;
		block_in(1_003);
		for (slot, weight) in [(1_009, Weights::within_session()), (1_010, Weights::end_session())]
		{
			Slot::set(slot);
			let charged = Clock::on_initialize(2);
			let stamp = <Weights as WeightInfo>::on_timestamp_set();
			assert_eq!(charged, weight + stamp, "slot {slot}");
		}
		System::set_block_number(2);
	});
}

#[test]
fn chain_time_leaves_out_halts() {
	run(|| {
		block_in(100);
		assert_eq!((Clock::now(), Clock::chain_time()), (100_000, 100_000));
		block_in(106);
		assert_eq!((Clock::now(), Clock::chain_time()), (106_000, 106_000));
		block_in(113);
		assert_eq!((Clock::now(), Clock::chain_time()), (113_000, 112_000));
		block_in(1_113);
		assert_eq!((Clock::now(), Clock::chain_time()), (1_113_000, 118_000));
		block_in(1_114);
		assert_eq!(Clock::chain_time(), 119_000);
	});
}

#[test]
fn try_state_detects_more_lost_than_passed() {
	run(|| {
		block_in(100);
		Lost::<Test>::put(100_001);
		assert!(Clock::do_try_state().is_err());
		Lost::<Test>::kill();
		assert_ok!(Clock::do_try_state());
	});
}

#[test]
fn try_state_detects_a_session_from_the_future() {
	run(|| {
		SessionStart::<Test>::put(9);
		assert!(Clock::do_try_state().is_err());
		SessionStart::<Test>::kill();
	});
}

#[test]
fn try_state_detects_a_broken_grid() {
	run(|| {
		SessionsPerEpoch::<Test>::put(7);
		assert!(Clock::do_try_state().is_err());
		SessionsPerEpoch::<Test>::put(6);
	});
}

proptest! {
	#[test]
	fn chain_time_never_falls_and_never_outruns_the_clock(
		gaps in prop::collection::vec(1u64..50, 1..60)
	) {
		run(|| {
			let (mut slot, mut last) = (1_000, 0);
			for gap in gaps {
				slot += gap;
				let before = Session::<Test>::get();
				let ended = block_in(slot);
				assert_eq!(ended, before.is_some_and(|old| old < Clock::session_of(slot)));
				let time = Clock::chain_time();
				assert!(time > last && time <= Clock::now());
				if last > 0 {
					assert_eq!(time - last, gap.min(HALT_SLOTS) * 1_000);
				}
				last = time;
			}
		});
	}
}
