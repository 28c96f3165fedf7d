// SPDX-License-Identifier: Apache-2.0

//! How one set follows another.

use crate::{mock::*, Active, Event, Frozen, Queued};
use eventum_primitives::{epoch::Size, rules::election::arrange, traits::Seats, Balance, Hash};
use frame_support::assert_ok;

/// Start of the last session but one, and of the last one, of the first epoch.
const FREEZE: u64 = 640;
const DRAW: u64 = 650;

fn vote(number: u8, votes: Balance) {
	Votes::mutate(|all| all.insert(account_of(number), votes));
}

fn set_size(members: u32, producers: u32) {
	assert_ok!(Elections::set_size(RuntimeOrigin::root(), Size { members, producers }));
}

fn has_event(event: Event<Test>) -> bool {
	System::events().iter().any(|record| record.event == event.clone().into())
}

#[test]
fn a_set_is_fixed_then_drawn_then_active() {
	run(|| {
		vote(7, 70);
		vote(8, 80);
		blocks_to(FREEZE - 1);
		assert_eq!(Frozen::<Test>::get(), None);
		blocks_to(FREEZE);
		let ballot = Frozen::<Test>::get().unwrap();
		assert_eq!(ballot.term.members.to_vec(), accounts([8, 7, 6, 5, 4, 3]), "best first");
		let members = ballot.term.members.clone();
		assert!(has_event(Event::MembersFixed { epoch: FIRST + 1, members: members.clone() }));

		// Too late for this epoch, and the seed is not known yet.
		vote(1, 1_000);
		Seed::set(Hash::repeat_byte(9));
		blocks_to(DRAW);
		assert_eq!(Frozen::<Test>::get(), None);
		let term = Queued::<Test>::get().unwrap();
		let expected = arrange(Hash::repeat_byte(9), FIRST + 1, &members);
		assert_eq!((term.members.to_vec(), term.producers), (expected.clone(), 4));
		assert!(has_event(Event::ProducersDrawn { epoch: FIRST + 1, term: term.clone() }));
		assert_eq!(QueuedSet::get(), expected);
		assert_eq!(Active::<Test>::get().members.to_vec(), accounts(1..=6));

		blocks_to(first_slot(FIRST + 1) - 1);
		assert_eq!(ActiveSet::get(), accounts(1..=6));
		blocks_to(first_slot(FIRST + 1));
		assert_eq!(Active::<Test>::get(), term);
		assert_eq!(Queued::<Test>::get(), None);
		assert_eq!(ActiveSet::get(), expected, "pallet-session follows");
		assert_eq!(Elections::producers(), 4);
	});
}

#[test]
fn sessions_turn_on_the_grid_only() {
	run(|| {
		epoch(FIRST + 1, []);
		assert_eq!(Rotations::get(), 6);
		epoch(FIRST + 2, []);
		assert_eq!(Rotations::get(), 12);
	});
}

#[test]
fn sets_differ_from_epoch_to_epoch() {
	run(|| {
		let mut orders = std::collections::BTreeSet::new();
		for next in FIRST + 1..FIRST + 9 {
			Seed::set(Hash::from_low_u64_be(next.into()));
			epoch(next, []);
			orders.insert(Elections::active().members.to_vec());
		}
		assert!(orders.len() > 5);
	});
}

#[test]
fn if_there_are_fewer_than_seats_all_are_elected() {
	run(|| {
		set_size(36, 24);
		epoch(FIRST + 1, []);
		let term = Elections::active();
		assert_eq!((term.members.len(), term.producers), (6, 6), "and all produce");
	});
}

#[test]
fn if_there_are_too_few_the_last_set_stays() {
	run(|| {
		for number in 1..=3 {
			vote(number, 0);
		}
		blocks_to(DRAW);
		assert!(has_event(Event::SetStays { epoch: FIRST + 1 }));
		blocks_to(first_slot(FIRST + 1));
		assert_eq!(ActiveSet::get(), accounts(1..=6));
		// Four are enough.
		vote(1, 1);
		epoch(FIRST + 2, []);
		assert_eq!(Elections::active().members.len(), 4);
	});
}

#[test]
fn fewer_are_enough_where_genesis_had_fewer() {
	chain(1, Size { members: 1, producers: 1 }).execute_with(|| {
		block(first_slot(FIRST));
		epoch(FIRST + 1, []);
		assert!(has_event(Event::EpochPaid { epoch: FIRST }) || crate::Unpaid::<Test>::exists());
		assert_eq!(Elections::active().members.to_vec(), accounts([1]));
		Votes::take();
		epoch(FIRST + 2, []);
		assert_eq!(Elections::active().members.to_vec(), accounts([1]), "nobody is too few");
	});
}

#[test]
fn another_size_counts_from_the_next_freeze_on() {
	run(|| {
		blocks_to(FREEZE);
		set_size(5, 2);
		epoch(FIRST + 1, []);
		assert_eq!((Elections::active().members.len(), Elections::producers()), (6, 4));
		epoch(FIRST + 2, []);
		assert_eq!((Elections::active().members.len(), Elections::producers()), (5, 2));
	});
}

#[test]
fn a_halt_over_the_freeze_leaves_the_set() {
	run(|| {
		vote(7, 70);
		blocks_to(FREEZE - 5);
		block(DRAW + 1);
		assert!(has_event(Event::SetStays { epoch: FIRST + 1 }));
		epoch(FIRST + 1, []);
		assert_eq!(ActiveSet::get(), accounts(1..=6));
	});
}

#[test]
fn a_halt_over_the_draw_leaves_the_set() {
	run(|| {
		vote(7, 70);
		blocks_to(FREEZE);
		block(first_slot(FIRST + 1) + 3);
		assert_eq!(Frozen::<Test>::get(), None);
		assert_eq!(ActiveSet::get(), accounts(1..=6));
		assert_eq!(Elections::producers(), 4);
		epoch(FIRST + 2, []);
		assert!(ActiveSet::get().contains(&account_of(7)));
	});
}

#[test]
fn a_halt_over_the_boundary_puts_off_the_new_set() {
	run(|| {
		vote(7, 70);
		blocks_to(DRAW);
		let drawn = Queued::<Test>::get().unwrap();
		block(first_slot(FIRST + 3) + 25);
		assert_eq!(Active::<Test>::get(), drawn);
		assert_eq!(ActiveSet::get(), drawn.members.to_vec());
		pay();
		assert_eq!(Elections::epoch(), FIRST + 3);
	});
}

#[test]
fn a_draw_right_after_the_freeze_is_none() {
	run(|| {
		vote(7, 70);
		block(DRAW - 1);
		assert!(Frozen::<Test>::exists());
		block(DRAW);
		assert!(has_event(Event::SetStays { epoch: FIRST + 1 }));
		assert_eq!(Queued::<Test>::get(), None);
	});
}

#[test]
fn seats_are_known_from_the_freeze_on() {
	run(|| {
		let seated = |number| <Elections as Seats>::is_seated(&account_of(number));
		vote(7, 70);
		assert!(seated(1) && !seated(7));
		blocks_to(FREEZE);
		assert!(seated(1) && seated(7));
		blocks_to(DRAW);
		assert!(seated(1) && seated(7));
		blocks_to(first_slot(FIRST + 1));
		assert!(!seated(1) && seated(7));
		assert!(<Elections as Seats>::has_keys(&account_of(1)));
		assert!(!<Elections as Seats>::has_keys(&account_of(99)));
	});
}
