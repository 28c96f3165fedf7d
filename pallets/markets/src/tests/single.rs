// SPDX-License-Identifier: Apache-2.0

//! A single event from creation to the last payment, with payouts computed by hand.

use crate::{mock::*, types::*, Event, HoldReason, Memberships, ReporterPages};
use eventum_primitives::{
	definition::{Definition, StopVoting},
	outcome::{Detail, EndedBy, Outcome, RoundResult},
	traits::Offence,
	Balance, EVT, MILLI_EVT,
};
use frame_support::{assert_ok, traits::fungible::InspectHold};
use sp_runtime::FixedU64;

/// Certifies, waits, reckons and pays a feed whose only round came to this.
fn finish(result: RoundResult, detail: Detail, ended_by: EndedBy) {
	let outcome = outcome(0, result, &detail, ended_by, true);
	assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
	if detail.voted.count() > 0 {
		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		assert_ok!(submit_detail(0, detail));
	}
	run_until(|state| matches!(state, FeedState::Settled { .. }));
}

/// Nothing is left of the reporters, and nobody has anything on hold.
fn assert_over(people: u32) {
	assert!(!ReporterPages::<Test>::contains_key((FEED, 0)));
	assert!(Memberships::<Test>::iter_prefix(FEED).next().is_none());
	for account in (0..people).map(person).chain([REQUESTER]) {
		assert_eq!(Balances::total_balance_on_hold(&account), 0);
	}
	assert_eq!(feed().escrow, Escrow::default());
}

#[test]
fn everyone_gets_what_is_theirs() {
	ExtBuilder::build_and_execute(|| {
		// Stakes: 10, 10, 10, 7.5, 6 EVT; the first three are early and weigh twice.
		let definition = Definition { join_bonus: FixedU64::from_u32(2), ..definition() };
		reporting(definition, 5);
		// 0 dissents, 1 is first, 2 half a second later, 3 (late to join) a second later, 4 is absent.
		// τ = max(1 s, 2 × 0.5 s) = 1 s, so weights are 2 : 2 × 1/2 : 1 × 1/4 = 8 : 4 : 1.
		let votes = detail(5, &[(0, false, 200), (1, true, 0), (2, true, 500), (3, true, 1_000)]);
		finish(agreed_on_yes(0), votes, EndedBy::Quiet);

		assert_over(5);
		let rewards: [Balance; 3] = [18_461_538_461_538, 9_230_769_230_769, 2_307_692_307_692];
		assert_eq!(wealth(&person(0)), FUNDS - 10 * EVT);
		assert_eq!(wealth(&person(1)), FUNDS + rewards[0]);
		assert_eq!(wealth(&person(2)), FUNDS + rewards[1]);
		assert_eq!(wealth(&person(3)), FUNDS + rewards[2]);
		assert_eq!(wealth(&person(4)), FUNDS - 6 * EVT);
		// Two stakes, and one unit that division left.
		assert_eq!(wealth(&POOL), EVT + 16 * EVT + 1);
		// Three members signed for four reports at a thousandth each.
		let fees = [0, 1, 2, 3].map(|number| wealth(&operator(number)));
		assert_eq!(fees, [4 * MILLI_EVT, 4 * MILLI_EVT, 4 * MILLI_EVT, 0]);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 30 * EVT - 12 * MILLI_EVT);
		assert_eq!(wealth(&RESERVE), 2 * EVT);

		assert_eq!(Dismissals::get(), [(FEED, vec![true, true, true, false])]);
		let dissented = Offence::Dissented { dissents: 1, rounds: 1 };
		assert_eq!(Penalties::get(), [(person(0), dissented), (person(4), Offence::Absent)]);
		// The budget of one EVT, 100 hundredths, over five reporters and four members.
		let thanks = [1, 2, 3].map(|number| (person(number), REQUESTER, 11));
		assert_eq!(Commendations::get(), thanks);
		System::assert_has_event(
			Event::ReporterSettled {
				feed: FEED,
				account: person(0),
				stake: 10 * EVT,
				stake_back: 0,
				forfeited: 10 * EVT,
				reward: 0,
			}
			.into(),
		);
		System::assert_last_event(
			Event::FeedSettled {
				feed: FEED,
				rounds: 1,
				rewards: 30 * EVT - 1,
				fees: 12 * MILLI_EVT,
				remainder: 1,
				returned: (80 - 12) * MILLI_EVT,
			}
			.into(),
		);
	});
}

#[test]
fn members_that_were_proven_false_are_not_paid() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 3);
		ProvenFalse::set(0b0110);
		let votes = detail(3, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		finish(agreed_on_yes(0), votes, EndedBy::All);
		let fees = [0, 1, 2, 3].map(|number| wealth(&operator(number)));
		assert_eq!(fees, [3 * MILLI_EVT, 0, 0, 0]);
		// The requester keeps what they had earned.
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 30 * EVT - 3 * MILLI_EVT);
	});
}

#[test]
fn nothing_moves_before_the_window_is_over() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 3);
		let votes = detail(3, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		let outcome = outcome(0, agreed_on_yes(0), &votes, EndedBy::All, true);
		assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
		let concluded = Now::get();
		let window = MINUTE + HOUR;
		block_at(concluded + window - 1);
		assert!(matches!(feed().state, FeedState::Concluded { .. }));
		let held = Balances::balance_on_hold(&HoldReason::Stake.into(), &person(0));
		assert_eq!(held, 10 * EVT);
		// A halt does not shorten the window.
		Lost::set(500_000);
		block_at(concluded + window + 1_000);
		assert!(matches!(feed().state, FeedState::Concluded { .. }));
		block_at(concluded + window + 500_000);
		assert!(matches!(feed().state, FeedState::Reckoning { .. }));
	});
}

#[test]
fn without_agreement_a_fifth_is_shared() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 4);
		let votes = detail(4, &[(0, true, 0), (1, true, 10), (2, true, 99_000)]);
		finish(RoundResult::None, votes, EndedBy::At);
		assert_over(4);
		// 20 % of 30 EVT over three; who was absent loses 7.5.
		for number in 0..3 {
			assert_eq!(wealth(&person(number)), FUNDS + 2 * EVT);
		}
		assert_eq!(wealth(&person(3)), FUNDS - 7_500 * MILLI_EVT);
		assert_eq!(wealth(&POOL), EVT + 7_500 * MILLI_EVT);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 6 * EVT - 9 * MILLI_EVT);
		assert_eq!(Penalties::get(), [(person(3), Offence::Absent)]);
		assert!(Commendations::get().is_empty());
	});
}

#[test]
fn what_cannot_be_shared_evenly_goes_to_the_pool() {
	ExtBuilder::build_and_execute(|| {
		let definition = Definition { reward: 30 * EVT + 5, ..definition() };
		reporting(definition, 3);
		let votes = detail(3, &[(0, true, 0), (1, true, 10), (2, true, 20)]);
		finish(RoundResult::None, votes, EndedBy::All);
		// A fifth is 6 EVT and 1; a third of it 2 EVT.
		assert_eq!(wealth(&person(0)), FUNDS + 2 * EVT);
		assert_eq!(wealth(&POOL), EVT + 1);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 6 * EVT - 1 - 9 * MILLI_EVT);
	});
}

#[test]
fn if_nobody_reports_stakes_are_lost_and_the_reward_comes_back() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 3);
		finish(RoundResult::None, detail(3, &[]), EndedBy::At);
		assert_over(3);
		assert_eq!(wealth(&person(0)), FUNDS - 10 * EVT);
		assert_eq!(wealth(&POOL), EVT + 30 * EVT);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT);
		assert_eq!(Dismissals::get(), [(FEED, vec![true, true, true, false])]);
	});
}

#[test]
fn undetermined_is_paid_like_a_value() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 3);
		let votes = detail(3, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		finish(RoundResult::Undetermined, votes, EndedBy::All);
		assert_eq!(wealth(&person(0)), FUNDS + 10 * EVT);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 30 * EVT - 9 * MILLI_EVT);
	});
}

#[test]
fn absence_is_forgiven_if_the_share_ended_the_feed() {
	ExtBuilder::build_and_execute(|| {
		let stop_voting = StopVoting { share: Some(750_000_000), ..definition().stop_voting };
		reporting(Definition { stop_voting, ..definition() }, 4);
		let votes = detail(4, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		finish(agreed_on_yes(0), votes, EndedBy::Share);
		assert_over(4);
		assert_eq!(wealth(&person(3)), FUNDS);
		assert!(Penalties::get().is_empty());
	});
}

#[test]
fn what_an_operator_cannot_take_goes_to_the_pool() {
	ExtBuilder::build_and_execute(|| {
		// Three reports at a unit each are below the existential deposit of an empty account.
		reporting(Definition { validation_fee: Some(1), ..definition() }, 3);
		let votes = detail(3, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		finish(agreed_on_yes(0), votes, EndedBy::All);
		assert_eq!(wealth(&operator(0)), 0);
		assert_eq!(wealth(&POOL), EVT + 9);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 30 * EVT - 9);
	});
}

#[test]
fn many_reporters_are_paid_a_page_at_a_time() {
	ExtBuilder::build_and_execute(|| {
		reporting(Definition { max_people: 200, reward: 130 * EVT, ..definition() }, 130);
		let all: Vec<_> = (0..130).map(|index| (index, true, 0)).collect();
		let votes = detail(130, &all);
		let outcome =
			Outcome { agreed: 130, ..outcome(0, agreed_on_yes(0), &votes, EndedBy::All, true) };
		assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		assert_ok!(submit_detail(0, votes));
		for left in [66, 2, 0] {
			block_at(Now::get() + 1_000);
			let reporters: usize =
				ReporterPages::<Test>::iter_values().map(|page| page.len()).sum();
			assert_eq!(reporters, left);
			Markets::do_try_state().unwrap();
			assert_no_stray_holds();
		}
		run_until(|state| matches!(state, FeedState::Settled { .. }));
		assert_over(130);
		assert!((0..130).all(|number| wealth(&person(number)) == FUNDS + EVT));
	});
}
