// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, types::*, Error, Event, FeedState, HoldReason, Memberships, ReporterPages};
use eventum_primitives::{definition::*, traits::Feeds as _, FeedId, EVT};
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::{Inspect, InspectHold, Mutate},
		tokens::Preservation,
	},
};
use sp_runtime::FixedU64;

fn open(definition: Definition) {
	assert_ok!(create(vec![definition]));
}

#[test]
fn early_and_few_pay_more() {
	ExtBuilder::build_and_execute(|| {
		open(definition());
		// 30 EVT over max(3, j + 1) people.
		let stakes = [10_000, 10_000, 10_000, 7_500, 6_000, 5_000];
		for (number, milli) in stakes.into_iter().enumerate() {
			let number = number as u32;
			let stake = milli * EVT / 1_000;
			assert_eq!(Markets::feed_view(FEED).unwrap().next_stake, stake);
			assert_ok!(join(number));
			let held = Balances::balance_on_hold(&HoldReason::Stake.into(), &person(number));
			assert_eq!(held, stake);
			let early = number < 3;
			System::assert_last_event(
				Event::Joined { feed: FEED, account: person(number), index: number, stake, early }
					.into(),
			);
			assert!(Markets::is_reporter(FEED, &person(number)));
		}
		assert_eq!(feed().joined, 6);
		assert_eq!(feed().reputation, 6 * 300);
	});
}

#[test]
fn a_feed_without_stakes_holds_nothing() {
	ExtBuilder::build_and_execute(|| {
		open(Definition { stake_factor: FixedU64::from_u32(0), ..definition() });
		assert_ok!(join(0));
		assert_eq!(Balances::total_balance_on_hold(&person(0)), 0);
		assert_ok!(Markets::leave(RuntimeOrigin::signed(person(0)), FEED));
	});
}

#[test]
fn the_last_place_closes_joining() {
	ExtBuilder::build_and_execute(|| {
		open(definition());
		join_all(10);
		assert_eq!(feed().state, FeedState::Drawing);
		System::assert_last_event(Event::JoiningClosed { feed: FEED, joined: 10 }.into());
		let (id, terms) = Requests::get().remove(0);
		assert_eq!((id, terms.size, terms.requester), (FEED, 4, REQUESTER));
		assert_eq!((terms.collateral, terms.max_fee), (30 * EVT, RECOMMENDED_FEE));
		assert_noop!(join(10), Error::<Test>::NotJoining);
	});
}

#[test]
fn reporters_fill_pages() {
	ExtBuilder::build_and_execute(|| {
		open(Definition { max_people: 200, ..definition() });
		join_all(130);
		let lengths = [0, 1, 2, 3].map(|page| ReporterPages::<Test>::get((FEED, page)).len());
		assert_eq!(lengths, [64, 64, 2, 0]);
	});
}

#[test]
fn who_may_not_join_is_told_why() {
	ExtBuilder::build_and_execute(|| {
		open(definition());
		assert_ok!(join(0));
		assert_noop!(join(0), Error::<Test>::AlreadyJoined);
		let unknown = FeedId { market: 0, index: 1 };
		assert_noop!(
			Markets::join(RuntimeOrigin::signed(person(1)), unknown, report_key(1)),
			Error::<Test>::UnknownFeed
		);
		assert_noop!(
			Markets::join(RuntimeOrigin::signed(REQUESTER), FEED, report_key(1)),
			Error::<Test>::RequesterCannotJoin
		);
		FlaggedAccounts::set(vec![person(1)]);
		assert_noop!(join(1), Error::<Test>::Flagged);
		let rest = FUNDS - 9 * EVT;
		assert_ok!(<Balances as Mutate<_>>::transfer(
			&person(2),
			&POOL,
			rest,
			Preservation::Preserve
		));
		assert_noop!(join(2), Error::<Test>::InsufficientFunds);
		Now::set(START + HOUR);
		assert_ok!(join(3));
		Now::set(START + HOUR + 1);
		assert_noop!(join(4), Error::<Test>::TooLate);
	});
}

#[test]
fn who_left_may_not_come_back() {
	ExtBuilder::build_and_execute(|| {
		open(definition());
		assert_ok!(join(0));
		assert_ok!(Markets::leave(RuntimeOrigin::signed(person(0)), FEED));
		assert_noop!(join(0), Error::<Test>::LeftBefore);
		assert_eq!(Memberships::<Test>::get(FEED, person(0)), Some(Membership::Left));
		assert!(!Markets::is_reporter(FEED, &person(0)));
	});
}

#[test]
fn a_feed_that_is_full_takes_no_one() {
	ExtBuilder::build_and_execute(|| {
		open(definition());
		assert_ok!(join(0));
		// A feed that is full closes at once: only by hand can it be seen full and joining.
		let small = Definition { max_people: 1, ..definition() };
		crate::Definitions::<Test>::insert(FEED, small);
		assert_noop!(join(1), Error::<Test>::FeedFull);
	});
}

#[test]
fn gates_ask_for_both_or_for_either() {
	ExtBuilder::build_and_execute(|| {
		let gate = Gate { min_reputation: 400, min_balance: FUNDS + EVT, any: false };
		open(Definition { gate, ..definition() });
		assert_noop!(join(0), Error::<Test>::LowReputation);
		Scores::mutate(|scores| scores.insert(person(0), 400));
		assert_noop!(join(0), Error::<Test>::LowBalance);
		let from = person(100);
		assert_ok!(<Balances as Mutate<_>>::transfer(
			&from,
			&person(0),
			EVT,
			Preservation::Preserve
		));
		assert_ok!(join(0));

		let either = Gate { any: true, ..gate };
		open(Definition { gate: either, ..definition() });
		let second = FeedId { market: 1, index: 0 };
		let join = |number| {
			Markets::join(RuntimeOrigin::signed(person(number)), second, report_key(number))
		};
		assert_noop!(join(1), Error::<Test>::NotAdmitted);
		Scores::mutate(|scores| scores.insert(person(1), 400));
		assert_ok!(join(1));
		assert_ok!(<Balances as Mutate<_>>::transfer(
			&from,
			&person(2),
			EVT,
			Preservation::Preserve
		));
		assert_ok!(join(2));
		assert_eq!(Balances::balance(&from), FUNDS - 2 * EVT);
	});
}
