// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, types::*, Error, Event, Memberships, ReporterPages};
use eventum_primitives::{definition::Definition, EVT};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};

fn leave(number: u32) -> sp_runtime::DispatchResult {
	Markets::leave(RuntimeOrigin::signed(person(number)), FEED)
}

#[test]
fn the_last_one_fills_the_hole() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![Definition { max_people: 200, ..definition() }]));
		join_all(66);
		assert_ok!(leave(5));
		System::assert_last_event(
			Event::Left { feed: FEED, account: person(5), stake: 5 * EVT }.into(),
		);
		assert_eq!(Balances::balance(&person(5)), FUNDS);
		assert_eq!(Memberships::<Test>::get(FEED, person(65)), Some(Membership::Joined(5)));
		assert_eq!(feed().joined, 65);
		assert_eq!(feed().reputation, 65 * 300);
		Markets::do_try_state().unwrap();

		// Page 1 has one reporter left; when it goes to page 0, page 1 goes.
		assert_ok!(leave(0));
		assert!(!ReporterPages::<Test>::contains_key((FEED, 1)));
		assert_eq!(Memberships::<Test>::get(FEED, person(64)), Some(Membership::Joined(0)));
		Markets::do_try_state().unwrap();

		// The last one leaves no hole.
		assert_ok!(leave(63));
		assert_eq!(feed().joined, 63);
	});
}

#[test]
fn all_may_leave() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		join_all(3);
		for number in 0..3 {
			assert_ok!(leave(number));
		}
		assert_eq!(feed().joined, 0);
		assert_eq!(feed().reputation, 0);
	});
}

#[test]
fn what_was_paid_early_comes_back_early() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		join_all(5);
		// The fifth paid 6 EVT and takes the place of the first, who paid 10.
		assert_ok!(leave(0));
		let moved = Markets::reporter(FEED, &person(4)).unwrap();
		assert_eq!((moved.index, moved.stake, moved.early), (0, 6 * EVT, false));
		assert_eq!(Balances::balance(&person(0)), FUNDS);
	});
}

#[test]
fn only_reporters_leave_and_only_while_joining() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		assert_noop!(leave(0), Error::<Test>::NotJoined);
		join_all(4);
		assert_ok!(leave(3));
		assert_noop!(leave(3), Error::<Test>::NotJoined);
		Now::set(START + HOUR + 1);
		assert_noop!(leave(0), Error::<Test>::TooLate);
		block_at(START + HOUR + 1);
		assert_noop!(leave(0), Error::<Test>::NotJoining);
	});
}
