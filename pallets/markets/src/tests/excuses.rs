// SPDX-License-Identifier: Apache-2.0

//! Reporters who say that they cannot report.

use crate::{mock::*, types::*, Error, Event};
use eventum_primitives::{
	bits::Bits,
	definition::Definition,
	outcome::{Detail, EndedBy, Outcome, RoundResult},
	traits::Offence,
	EVT, MILLI_EVT,
};
use frame_support::{assert_noop, assert_ok};

fn votes(joined: u32, reporters: &[u32]) -> Detail {
	let votes: Vec<_> = reporters.iter().map(|index| (*index, true, 0)).collect();
	detail(joined, &votes)
}

fn excusing(outcome: Outcome, joined: u32, excused: &[u32]) -> Outcome {
	Outcome { excused: Bits::of(joined, excused.iter().copied()), ..outcome }
}

/// The end of a feed that `excused` have left of `joined`.
fn deserted(joined: u32, excused: &[u32]) -> Outcome {
	let none = detail(joined, &[]);
	excusing(outcome(0, RoundResult::None, &none, EndedBy::Excuses, true), joined, excused)
}

fn certify(outcome: Outcome) {
	assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
	Markets::do_try_state().unwrap();
}

fn refused(outcome: Outcome, error: Error<Test>) {
	assert_noop!(submit_certificate(sign(outcome, &[0, 1, 2])), refusal(error));
}

#[test]
fn who_is_excused_gets_its_stake_back_and_is_not_absent() {
	ExtBuilder::build_and_execute(|| {
		// Stakes: 10, 10, 10, 7.5, 6 EVT.
		reporting(definition(), 5);
		let detail = votes(5, &[0, 1, 2]);
		let outcome = outcome(0, agreed_on_yes(0), &detail, EndedBy::At, true);
		certify(excusing(outcome, 5, &[4]));
		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		assert_ok!(submit_detail(0, detail));
		run_until(|state| matches!(state, FeedState::Settled { .. }));
		assert_eq!(wealth(&person(3)), FUNDS - 7_500 * MILLI_EVT);
		assert_eq!(wealth(&person(4)), FUNDS);
		assert_eq!(Penalties::get(), [(person(3), Offence::Absent)]);
		System::assert_has_event(
			Event::ReporterSettled {
				feed: FEED,
				account: person(4),
				stake: 6 * EVT,
				stake_back: 6 * EVT,
				forfeited: 0,
				reward: 0,
			}
			.into(),
		);
	});
}

#[test]
fn an_excuse_holds_for_all_rounds_and_in_every_page() {
	ExtBuilder::build_and_execute(|| {
		reporting(Definition { max_people: 100, reward: 140 * EVT, ..series(2) }, 70);
		let all: Vec<u32> = (0..68).collect();
		for round in 0..2 {
			let detail = votes(70, &all);
			let outcome = outcome(round, agreed_on_yes(round), &detail, EndedBy::All, round == 1);
			certify(excusing(outcome, 70, &[68, 69]));
		}
		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		for round in 0..2 {
			assert_ok!(submit_detail(round, votes(70, &all)));
		}
		run_until(|state| matches!(state, FeedState::Settled { .. }));
		assert!(Penalties::get().is_empty());
		assert_eq!([68, 69].map(|number| wealth(&person(number))), [FUNDS; 2]);
	});
}

#[test]
fn too_few_left_make_a_feed_void_and_are_paid_for_it() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 4);
		certify(deserted(4, &[1, 3]));
		assert!(
			matches!(feed().state, FeedState::Voiding { .. }),
			"there is no window to wait for"
		);
		assert_eq!(Dismissals::get(), [(FEED, vec![true; 4])], "the committee has served");
		run_until(|state| matches!(state, FeedState::Void { .. }));
		assert_eq!(feed().state, FeedState::Void { reason: VoidReason::TooFewLeft });
		// 2 % of 30 EVT over four, whether they sent an excuse or not.
		for number in 0..4 {
			assert_eq!(wealth(&person(number)), FUNDS + 150 * MILLI_EVT);
		}
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 600 * MILLI_EVT);
		assert_eq!(wealth(&POOL), EVT);
		assert!(Penalties::get().is_empty() && Commendations::get().is_empty());
		let (account, stake, paid) = (person(3), 7_500 * MILLI_EVT, 150 * MILLI_EVT);
		let refunded = Event::ReporterRefunded { feed: FEED, account, stake, paid };
		System::assert_has_event(refunded.into());
		let returned = 29_400 * MILLI_EVT + 80 * MILLI_EVT;
		let reason = VoidReason::TooFewLeft;
		System::assert_last_event(Event::FeedVoided { feed: FEED, reason, returned }.into());
	});
}

#[test]
fn what_is_paid_for_excuses_and_cannot_be_shared_evenly_stays_with_the_requester() {
	ExtBuilder::build_and_execute(|| {
		reporting(Definition { reward: 30 * EVT + 150, ..definition() }, 4);
		certify(deserted(4, &[0, 1]));
		run_until(|state| matches!(state, FeedState::Void { .. }));
		// 2 % are 600 thousandths and 3 units.
		assert_eq!(wealth(&person(2)), FUNDS + 150 * MILLI_EVT);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 600 * MILLI_EVT);
	});
}

#[test]
fn excuses_must_fit_the_feed_and_each_other() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(3), 5);
		let detail = votes(5, &[0, 1, 2]);
		let good = outcome(0, agreed_on_yes(0), &detail, EndedBy::All, false);
		let with = |excused: Bits| Outcome { excused, ..good.clone() };
		refused(with(bits(5, &[])), Error::BadExcuses);
		refused(with(bits(9, &[4])), Error::BadExcuses);
		refused(with(bits(6, &[5])), Error::BadExcuses);
		let four = votes(5, &[0, 1, 2, 3]);
		let many = outcome(0, agreed_on_yes(0), &four, EndedBy::All, false);
		refused(excusing(many, 5, &[3, 4]), Error::BadCounts);
		certify(excusing(good, 5, &[4]));
		let next = outcome(1, agreed_on_yes(1), &detail, EndedBy::All, false);
		refused(next.clone(), Error::BadExcuses);
		refused(excusing(next.clone(), 5, &[3]), Error::BadExcuses);
		certify(excusing(next, 5, &[4]));
	});
}

#[test]
fn too_few_left_end_the_first_round_and_nothing_else() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(3), 5);
		let detail = votes(5, &[0, 1]);
		// Two of five, three are needed.
		let none = outcome(0, RoundResult::None, &detail, EndedBy::At, true);
		refused(excusing(none.clone(), 5, &[2, 3, 4]), Error::BadEnd);
		let ends = outcome(0, RoundResult::None, &detail, EndedBy::Excuses, true);
		refused(excusing(ends.clone(), 5, &[2, 3, 4]), Error::BadEnd);
		refused(excusing(ends, 5, &[3, 4]), Error::BadEnd);
		refused(Outcome { round: 1, ..deserted(5, &[2, 3, 4]) }, Error::BadEnd);
		refused(deserted(5, &[3, 4]), Error::BadEnd);
		let provisional = Outcome {
			push: eventum_primitives::outcome::Push::Provisional,
			..deserted(5, &[2, 3, 4])
		};
		refused(provisional, Error::BadEnd);
		certify(deserted(5, &[2, 3, 4]));
	});
}
