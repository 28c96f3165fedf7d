// SPDX-License-Identifier: Apache-2.0

//! Who is out.

use crate::{mock::*, Event, Expelled};
use eventum_primitives::{epoch::Size, rules::probation::LONGEST, traits::Discipline};

fn expel(number: u8) {
	<Elections as Discipline>::expel(&account_of(number));
}

fn out() -> Vec<(u8, u32)> {
	Expelled::<Test>::get().iter().map(|(one, until)| (number_of(one), *until)).collect()
}

#[test]
fn slots_are_disabled_at_once() {
	run(|| {
		expel(3);
		assert_eq!(Disabled::get(), [2]);
		assert_eq!(Probation::get().get(&account_of(3)), Some(&LONGEST));
		let until = FIRST + 1 + LONGEST;
		assert_eq!(out(), [(3, until)]);
		let event = Event::<Test>::MemberExpelled { account: account_of(3), until };
		System::assert_last_event(event.into());
	});
}

#[test]
fn no_more_than_a_third_of_the_producers_are_disabled() {
	run(|| {
		expel(3);
		expel(1);
		assert_eq!(Disabled::get(), [2], "one of four; who was expelled first");
		assert_eq!(out().len(), 2);
	});
	let size = Size { members: 36, producers: 24 };
	chain(36, size).execute_with(|| {
		block(first_slot(FIRST));
		(1..=36).rev().for_each(expel);
		assert_eq!(Disabled::get(), [23, 22, 21, 20, 19, 18, 17]);
	});
	chain(1, Size { members: 1, producers: 1 }).execute_with(|| {
		block(first_slot(FIRST));
		expel(1);
		assert_eq!(Disabled::get(), [0; 0], "the chain must go on");
	});
}

#[test]
fn members_that_do_not_produce_have_no_slots_to_disable() {
	run(|| {
		expel(6);
		assert_eq!(Disabled::get(), [0; 0]);
	});
}

#[test]
fn it_is_disabled_in_a_set_that_is_queued() {
	run(|| {
		blocks_to(655);
		let queued = QueuedSet::get();
		expel(number_of(&queued[1]));
		Disabled::take();
		blocks_to(first_slot(FIRST + 1));
		assert_eq!(ActiveSet::get(), queued);
		assert_eq!(Disabled::get(), [1]);
		// Keys that change may change the set, and undo it.
		Disabled::take();
		blocks_to(first_slot(FIRST + 1) + 10);
		assert_eq!(Disabled::get(), [1]);
	});
}

#[test]
fn it_is_not_drawn_if_the_members_are_fixed() {
	run(|| {
		blocks_to(645);
		expel(6);
		blocks_to(first_slot(FIRST + 1));
		assert_eq!(ActiveSet::get().len(), 5);
		assert!(!ActiveSet::get().contains(&account_of(6)));
	});
}

#[test]
fn if_too_few_are_left_at_the_draw_the_set_stays() {
	run(|| {
		blocks_to(645);
		(1..=3).for_each(expel);
		blocks_to(first_slot(FIRST + 1));
		assert_eq!(ActiveSet::get(), accounts(1..=6));
	});
}

#[test]
fn it_can_be_elected_when_its_probation_is_over() {
	run(|| {
		expel(6);
		expel(6);
		assert_eq!(out().len(), 1, "once is enough");
		let until = FIRST + 1 + LONGEST;
		for next in FIRST + 1..until + 2 {
			block(first_slot(next) - 20);
			blocks_to(first_slot(next) - 9);
			block(first_slot(next));
			let seated = ActiveSet::get().contains(&account_of(6));
			assert_eq!(seated, next > until, "{next}");
			pay();
		}
		assert_eq!(out(), []);
	});
}
