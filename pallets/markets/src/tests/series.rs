// SPDX-License-Identifier: Apache-2.0

//! Series of rounds, with payouts computed by hand.

use crate::{mock::*, types::*, Event};
use eventum_primitives::{
	outcome::{Detail, EndedBy, RoundResult},
	traits::Offence,
	EVT, MILLI_EVT,
};
use frame_support::assert_ok;

type Round = (RoundResult, Detail, EndedBy);

/// Certifies these rounds, the last one first, and settles with their details.
fn finish(rounds: Vec<Round>) {
	let last = rounds.len() as u32 - 1;
	for (round, (result, detail, ended_by)) in rounds.iter().enumerate().rev() {
		let round = round as u32;
		let outcome = outcome(round, *result, detail, *ended_by, round == last);
		assert_ok!(submit_certificate(sign(outcome, &[0, 1, 3])));
	}
	run_until(|state| !matches!(state, FeedState::Concluded { .. }));
	for (round, (_, detail, _)) in rounds.into_iter().enumerate() {
		if detail.voted.count() > 0 {
			assert_ok!(submit_detail(round as u32, detail));
			Markets::do_try_state().unwrap();
		}
	}
	run_until(|state| matches!(state, FeedState::Settled { .. }));
	assert_no_stray_holds();
}

fn at_once(joined: u32, votes: &[(u32, bool)]) -> Detail {
	let votes: Vec<_> = votes.iter().map(|(index, agreed)| (*index, *agreed, 0)).collect();
	detail(joined, &votes)
}

#[test]
fn a_part_of_reward_and_stake_rides_on_each_round() {
	ExtBuilder::build_and_execute(|| {
		// Stakes: 10, 10, 10, 7.5 EVT.
		reporting(series(6), 4);
		finish(vec![
			(
				agreed_on_yes(0),
				at_once(4, &[(0, true), (1, true), (2, true), (3, false)]),
				EndedBy::All,
			),
			// No agreement: no pay, and nobody dissents.
			(
				RoundResult::None,
				at_once(4, &[(0, true), (1, true), (2, true), (3, true)]),
				EndedBy::All,
			),
			(
				agreed_on_yes(2),
				at_once(4, &[(0, true), (1, true), (2, false), (3, true)]),
				EndedBy::All,
			),
			// The series is over; 3 does not say so, which is no dissent.
			(RoundResult::Stop, at_once(4, &[(0, true), (1, true), (2, true)]), EndedBy::Quiet),
		]);
		// 15 EVT for each of two rounds, 5 for each who agreed; a quarter of the stake for a dissent.
		assert_eq!(wealth(&person(0)), FUNDS + 10 * EVT);
		assert_eq!(wealth(&person(1)), FUNDS + 10 * EVT);
		assert_eq!(wealth(&person(2)), FUNDS + 5 * EVT - 2_500 * MILLI_EVT);
		assert_eq!(wealth(&person(3)), FUNDS + 5 * EVT - 1_875 * MILLI_EVT);
		assert_eq!(wealth(&POOL), EVT + 4_375 * MILLI_EVT);
		// 15 counted reports.
		assert_eq!(wealth(&operator(3)), 15 * MILLI_EVT);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 30 * EVT - 45 * MILLI_EVT);
		let dissented = Offence::Dissented { dissents: 1, rounds: 4 };
		assert_eq!(Penalties::get(), [(person(2), dissented), (person(3), dissented)]);
		let thanked: Vec<_> = Commendations::get().into_iter().map(|(who, ..)| who).collect();
		assert_eq!(thanked, [0, 1, 2, 3].map(person));
	});
}

#[test]
fn who_lost_more_than_it_earned_gets_less_than_its_stake() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(6), 4);
		let all = at_once(4, &[(0, true), (1, true), (2, true), (3, true)]);
		let three = || at_once(4, &[(0, true), (1, true), (2, true), (3, false)]);
		finish(vec![
			(agreed_on_yes(0), all, EndedBy::All),
			(agreed_on_yes(1), three(), EndedBy::All),
			(agreed_on_yes(2), three(), EndedBy::All),
			(RoundResult::Stop, at_once(4, &[(0, true), (1, true), (2, true)]), EndedBy::Quiet),
		]);
		// A quarter of 10 EVT earned, half of a stake of 7.5 lost.
		assert_eq!(wealth(&person(3)), FUNDS + 2_500 * MILLI_EVT - 3_750 * MILLI_EVT);
		// Two rounds cannot be shared evenly among three.
		assert_eq!(wealth(&POOL), EVT + 3_750 * MILLI_EVT + 2);
	});
}

#[test]
fn a_series_that_stops_before_any_event_pays_for_that() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(6), 4);
		let votes = at_once(4, &[(0, true), (1, true), (2, true), (3, false)]);
		finish(vec![(RoundResult::Stop, votes, EndedBy::All)]);
		assert_eq!(wealth(&person(0)), FUNDS + 10 * EVT);
		assert_eq!(wealth(&person(3)), FUNDS - 7_500 * MILLI_EVT);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 30 * EVT - 12 * MILLI_EVT);
	});
}

#[test]
fn a_round_without_reports_is_no_concluded_round() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(6), 4);
		let votes = at_once(4, &[(0, true), (1, true), (2, true), (3, false)]);
		finish(vec![
			(agreed_on_yes(0), votes, EndedBy::All),
			(RoundResult::None, at_once(4, &[]), EndedBy::At),
		]);
		// All of the stake rode on the one round, and all of the reward.
		assert_eq!(wealth(&person(0)), FUNDS + 10 * EVT);
		assert_eq!(wealth(&person(3)), FUNDS - 7_500 * MILLI_EVT);
		System::assert_last_event(
			Event::FeedSettled {
				feed: FEED,
				rounds: 1,
				rewards: 30 * EVT,
				fees: 12 * MILLI_EVT,
				remainder: 0,
				returned: (480 - 12) * MILLI_EVT,
			}
			.into(),
		);
	});
}

#[test]
fn a_series_without_agreement_shares_with_everyone_counted_in_any_round() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(2), 5);
		finish(vec![
			(RoundResult::None, at_once(5, &[(0, true), (1, true)]), EndedBy::Quiet),
			(RoundResult::None, at_once(5, &[(1, true), (2, true), (3, true)]), EndedBy::Quiet),
		]);
		// 6 EVT over four.
		for number in 0..4 {
			assert_eq!(wealth(&person(number)), FUNDS + 1_500 * MILLI_EVT);
		}
		assert_eq!(wealth(&person(4)), FUNDS - 6 * EVT);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 6 * EVT - 15 * MILLI_EVT);
	});
}

#[test]
fn what_rounds_cannot_share_evenly_goes_to_the_pool() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(7), 3);
		let votes = || at_once(3, &[(0, true), (1, true), (2, true)]);
		let rounds = (0..7).map(|round| (agreed_on_yes(round), votes(), EndedBy::All));
		finish(rounds.collect());
		// ⌊30 EVT / 7⌋ = 4.285714285714 EVT a round; a third of it 1.428571428571.
		assert_eq!(wealth(&person(0)), FUNDS + 7 * 1_428_571_428_571);
		let rest = 30 * EVT - 3 * 7 * 1_428_571_428_571;
		assert_eq!(wealth(&POOL), EVT + rest);
	});
}
