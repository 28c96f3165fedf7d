// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, types::*, Error, Event};
use eventum_primitives::{
	outcome::EndedBy,
	report::{ReportKey, MAX_KEYS},
};
use frame_support::{assert_noop, assert_ok};

fn set(number: u32, key: u32) -> sp_runtime::DispatchResult {
	Markets::set_report_key(RuntimeOrigin::signed(person(number)), FEED, report_key(key))
}

fn keys(number: u32) -> Vec<(u32, ReportKey)> {
	Markets::reporter(FEED, &person(number)).unwrap().keys.into_inner()
}

fn since(block: u64, key: u32) -> (u32, ReportKey) {
	(block as u32, report_key(key))
}

fn certify(round: u32, ends_feed: bool) {
	let votes = detail(4, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
	let ended_by = if ends_feed { EndedBy::At } else { EndedBy::Quiet };
	let outcome = outcome(round, agreed_on_yes(round), &votes, ended_by, ends_feed);
	assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
}

#[test]
fn until_reporting_opens_a_change_acts_at_once() {
	ExtBuilder::build_and_execute(|| {
		assert_noop!(set(1, 77), Error::<Test>::UnknownFeed);
		assert_ok!(create(vec![definition()]));
		join_all(3);
		assert_ok!(set(1, 77));
		System::assert_last_event(
			Event::ReportKeySet { feed: FEED, account: person(1), key: report_key(77) }.into(),
		);
		assert_eq!(keys(1), [since(0, 77)]);
		assert_eq!(keys(2), [since(0, 2)]);
		assert_noop!(set(9, 9), Error::<Test>::NotJoined);
		block_at(START + HOUR);
		assert_eq!(feed().state, FeedState::Drawing);
		assert_ok!(set(1, 78));
		assert_eq!((keys(1), feed().rekeyed), (vec![since(0, 78)], 0));
	});
}

#[test]
fn in_a_series_the_old_key_is_kept_for_the_rounds_before() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(4), 4);
		let first = System::block_number();
		assert_ok!(set(1, 77));
		assert_eq!(keys(1), [since(0, 1), since(first, 77)]);
		certify(0, false);
		block_at(Now::get() + 1_000);
		assert_ok!(set(1, 78));
		assert_ok!(set(3, 79));
		assert_eq!(keys(1), [since(0, 1), since(first, 77), since(first + 1, 78)]);
		assert_eq!(Markets::feed_view(FEED).unwrap().rekeyed, first as u32 + 1);
		Markets::do_try_state().unwrap();
		certify(1, false);
		assert_ok!(set(2, 80));
		// The fourth and last may be open now.
		certify(2, false);
		assert_noop!(set(2, 81), Error::<Test>::NoNextRound);
		certify(3, true);
		assert_noop!(set(2, 81), Error::<Test>::NoNextRound);
	});
}

#[test]
fn a_single_event_is_over_with_the_key_it_began_with() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 3);
		assert_noop!(set(1, 77), Error::<Test>::NoNextRound);
	});
}

#[test]
fn keys_are_counted() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(3), 3);
		for key in 1..MAX_KEYS {
			assert_ok!(set(0, 100 + key));
		}
		assert_noop!(set(0, 200), Error::<Test>::KeysUsedUp);
		assert_ok!(set(1, 200));
	});
}
