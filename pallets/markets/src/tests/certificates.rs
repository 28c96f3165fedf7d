// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, types::*, Error, Event, Outcomes};
use eventum_primitives::{
	definition::Definition,
	outcome::{Certificate, Detail, EndedBy, Outcome, Push, RoundResult},
	FeedId, Hash, MILLI_EVT,
};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo, Pays},
	pallet_prelude::{Authorize, TransactionSource},
};

/// A reporting feed of five, and what a committee would say of four votes, three for yes.
fn counted() -> (Detail, Outcome) {
	reporting(definition(), 5);
	let detail = detail(5, &[(0, true, 0), (1, true, 5), (2, true, 9), (3, false, 7)]);
	let outcome = outcome(0, agreed_on_yes(0), &detail, EndedBy::Quiet, true);
	(detail, outcome)
}

/// The same as a series.
fn counted_series() -> Outcome {
	reporting(series(3), 5);
	let detail = detail(5, &[(0, true, 0), (1, true, 5), (2, true, 9), (3, false, 7)]);
	outcome(0, agreed_on_yes(0), &detail, EndedBy::Quiet, false)
}

fn refused(outcome: Outcome, error: Error<Test>) {
	assert_noop!(submit_certificate(sign(outcome, &[0, 1, 2])), refusal(error));
}

#[test]
fn a_final_outcome_is_recorded_and_its_signers_credited() {
	ExtBuilder::build_and_execute(|| {
		let (_, outcome) = counted();
		assert_ok!(submit_certificate(sign(outcome.clone(), &[0, 2, 3])));
		let record = Outcomes::<Test>::get(FEED, 0).unwrap();
		assert_eq!((record.sequence, record.agreed, record.total), (1, 3, 4));
		assert!(record.is_final && record.detail == outcome.detail);
		let until = Now::get() + MINUTE + HOUR;
		System::assert_last_event(Event::FeedConcluded { feed: FEED, rounds: 1, until }.into());
		let FeedState::Concluded { course, .. } = feed().state else { panic!() };
		let earned: Vec<_> = course.services.iter().map(|service| service.earned).collect();
		assert_eq!(earned, [4, 0, 4, 4].map(|reports| reports * MILLI_EVT));
	});
}

#[test]
fn a_certificate_is_free_and_goes_before_others() {
	ExtBuilder::build_and_execute(|| {
		let (detail, outcome) = counted();
		let certificate = sign(outcome, &[0, 1, 2]);
		let call = crate::Call::<Test>::submit_certificate { certificate: certificate.clone() };
		let info = call.get_dispatch_info();
		assert_eq!((info.class, info.pays_fee), (DispatchClass::Operational, Pays::No));
		let (valid, _) = call.authorize(TransactionSource::External).unwrap().unwrap();
		assert!(valid.propagate && valid.priority == u64::MAX / 2);
		assert_eq!(valid.provides.len(), 1);
		assert!(valid.requires.is_empty());

		assert_ok!(submit_certificate(certificate));
		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		let call = crate::Call::<Test>::submit_detail { feed: FEED, round: 0, detail };
		let info = call.get_dispatch_info();
		assert_eq!((info.class, info.pays_fee), (DispatchClass::Operational, Pays::No));
	});
}

#[test]
fn nobody_gets_past_the_authorization() {
	ExtBuilder::build_and_execute(|| {
		let (detail, outcome) = counted();
		let certificate = sign(outcome, &[0, 1, 2]);
		for origin in
			[RuntimeOrigin::signed(person(0)), RuntimeOrigin::none(), RuntimeOrigin::root()]
		{
			let certificate = certificate.clone();
			assert_noop!(
				Markets::submit_certificate(origin.clone(), certificate),
				sp_runtime::traits::BadOrigin
			);
			assert_noop!(
				Markets::submit_detail(origin, FEED, 0, detail.clone()),
				sp_runtime::traits::BadOrigin
			);
		}
	});
}

#[test]
fn signatures_are_checked() {
	ExtBuilder::build_and_execute(|| {
		let (_, outcome) = counted();
		let bad = |change: &dyn Fn(&mut Certificate), error| {
			let mut certificate = sign(outcome.clone(), &[0, 1, 2]);
			change(&mut certificate);
			assert_noop!(submit_certificate(certificate), refusal(error));
		};
		bad(&|c| c.signatures.truncate(2), Error::TooFewSignatures);
		bad(&|c| c.signatures[1] = c.signatures[0], Error::RepeatedMember);
		bad(&|c| c.signatures.as_mut().swap(0, 1), Error::RepeatedMember);
		bad(&|c| c.signatures[2].0 = 4, Error::UnknownMember);
		bad(&|c| c.signatures[2].0 = 3, Error::BadSignature);
		bad(&|c| c.outcome.view = 1, Error::BadSignature);
		Seated::set(Default::default());
		assert_noop!(
			submit_certificate(sign(outcome.clone(), &[0, 1, 2])),
			refusal(Error::NoCommittee)
		);
		seat(FEED, 4);
	});
}

#[test]
fn outcomes_that_do_not_fit_the_feed_are_refused() {
	ExtBuilder::build_and_execute(|| {
		let (_, good) = counted();
		let unknown = FeedId { market: 7, index: 0 };
		refused(Outcome { feed: unknown, ..good.clone() }, Error::UnknownFeed);
		refused(Outcome { sequence: 0, ..good.clone() }, Error::StaleSequence);
		refused(Outcome { round: 1, ..good.clone() }, Error::UnknownRound);
		refused(Outcome { agreed: 5, ..good.clone() }, Error::BadCounts);
		refused(Outcome { total: 6, ..good.clone() }, Error::BadCounts);
		// 3 of 5 is less than two thirds.
		refused(Outcome { total: 5, ..good.clone() }, Error::BadResult);
		// 2 of 2 is fewer than three.
		refused(Outcome { agreed: 2, total: 2, ..good.clone() }, Error::BadResult);
		let answer = good.answer.clone();
		let none = Outcome { answer: Default::default(), ..good.clone() };
		refused(Outcome { result: RoundResult::None, ..none.clone() }, Error::BadResult);
		refused(Outcome { result: RoundResult::Stop, ..none.clone() }, Error::BadResult);
		refused(none, Error::BadAnswer);
		let no = vec![0, 0].try_into().unwrap();
		refused(Outcome { answer: no, ..good.clone() }, Error::BadAnswer);
		let undetermined = RoundResult::Undetermined;
		refused(Outcome { result: undetermined, answer, ..good.clone() }, Error::BadAnswer);
		refused(Outcome { first_at: good.at + 1, ..good.clone() }, Error::BadTime);
		refused(Outcome { at: START + 3 * HOUR + 1, ..good.clone() }, Error::BadTime);
		refused(Outcome { push: Push::Confirmed, ..good.clone() }, Error::ConfirmationOffChain);
		let push = Push::Final { ended_by: EndedBy::Quiet, ends_feed: false };
		refused(Outcome { push, ..good.clone() }, Error::BadEnd);
		refused(Outcome { spec_version: u32::MAX, ..good.clone() }, Error::UnknownVersion);
		refused(Outcome { block: Hash::zero(), ..good.clone() }, Error::UnknownBlock);
	});
}

#[test]
fn only_reporting_feeds_take_outcomes() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		join_all(5);
		let detail = detail(5, &[(0, true, 0), (1, true, 5), (2, true, 9)]);
		let outcome = outcome(0, agreed_on_yes(0), &detail, EndedBy::Quiet, true);
		refused(outcome.clone(), Error::NotReporting);
		block_at(START + HOUR);
		refused(outcome, Error::NotReporting);
	});
}

#[test]
fn newer_outcomes_take_the_place_of_older_ones() {
	ExtBuilder::build_and_execute(|| {
		let (_, last) = counted();
		let first = Outcome { push: Push::Provisional, ..last.clone() };
		assert_ok!(submit_certificate(sign(first.clone(), &[0, 1, 3])));
		assert!(matches!(feed().state, FeedState::Reporting { .. }));
		refused(first.clone(), Error::StaleSequence);
		let none = Outcome {
			push: Push::Corrected,
			sequence: 3,
			result: RoundResult::None,
			agreed: 0,
			answer: Default::default(),
			..first
		};
		assert_ok!(submit_certificate(sign(none, &[0, 1, 2])));
		assert_eq!(Outcomes::<Test>::get(FEED, 0).unwrap().result, RoundResult::None);
		refused(Outcome { sequence: 2, ..last.clone() }, Error::StaleSequence);
		let last = Outcome { sequence: 4, ..last };
		assert_ok!(submit_certificate(sign(last.clone(), &[1, 2, 3])));
		// Member 0 has served, though it is paid for nothing.
		let FeedState::Concluded { course, .. } = feed().state else { panic!() };
		assert_eq!(course.services[0], Service { signed: true, earned: 0 });
		refused(Outcome { sequence: 5, ..last }, Error::RoundIsFinal);
	});
}

#[test]
fn a_missing_signature_can_be_added_until_the_window_closes() {
	ExtBuilder::build_and_execute(|| {
		let (_, outcome) = counted();
		assert_ok!(submit_certificate(sign(outcome.clone(), &[0, 1, 2])));
		// Nothing new in it.
		refused(outcome.clone(), Error::RoundIsFinal);
		// Another outcome is no signature for this one.
		let other = Outcome { view: 1, ..outcome.clone() };
		assert_noop!(submit_certificate(sign(other, &[1, 2, 3])), refusal(Error::RoundIsFinal));
		assert_ok!(submit_certificate(sign(outcome.clone(), &[1, 2, 3])));
		System::assert_last_event(Event::SignaturesAdded { feed: FEED, round: 0 }.into());
		let FeedState::Concluded { course, .. } = feed().state else { panic!() };
		let paid = |service: &Service| service.signed && service.earned == 4 * MILLI_EVT;
		assert!(course.services.iter().all(paid));
		Markets::do_try_state().unwrap();

		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		refused(outcome, Error::NotReporting);
	});
}

#[test]
fn rounds_may_come_in_any_order() {
	ExtBuilder::build_and_execute(|| {
		let first = counted_series();
		let push = |ends_feed| Push::Final { ended_by: EndedBy::Quiet, ends_feed };
		let yes = |round| Outcome { round, result: agreed_on_yes(round), ..first.clone() };
		let last = Outcome { push: push(true), ..yes(2) };
		assert_ok!(submit_certificate(sign(last.clone(), &[0, 1, 2])));
		refused(Outcome { round: 3, ..last }, Error::UnknownRound);
		assert_ok!(submit_certificate(sign(yes(0), &[0, 1, 2])));
		assert!(matches!(feed().state, FeedState::Reporting { .. }));
		assert_ok!(submit_certificate(sign(yes(1), &[0, 1, 2])));
		let FeedState::Concluded { course, .. } = feed().state else { panic!() };
		assert_eq!((course.finals, course.concluded, course.paying), (3, 3, 3));
	});
}

#[test]
fn nothing_follows_the_round_that_ends_a_feed() {
	ExtBuilder::build_and_execute(|| {
		let first = counted_series();
		let stop = Outcome {
			result: RoundResult::Stop,
			answer: Default::default(),
			push: Push::Final { ended_by: EndedBy::Quiet, ends_feed: true },
			..first.clone()
		};
		let second = Outcome { round: 1, result: agreed_on_yes(1), ..first.clone() };
		assert_ok!(submit_certificate(sign(second, &[0, 1, 2])));
		// A round after it is final: round 0 cannot have been the last.
		refused(stop, Error::BadEnd);
		assert_ok!(submit_certificate(sign(first, &[0, 1, 2])));
	});
}

#[test]
fn a_round_after_the_last_is_unknown() {
	ExtBuilder::build_and_execute(|| {
		let first = counted_series();
		let stop = Outcome {
			round: 1,
			result: RoundResult::Stop,
			answer: Default::default(),
			push: Push::Final { ended_by: EndedBy::Quiet, ends_feed: true },
			..first.clone()
		};
		assert_ok!(submit_certificate(sign(stop, &[0, 1, 2])));
		let after = Outcome {
			round: 2,
			result: agreed_on_yes(2),
			push: Push::Final { ended_by: EndedBy::Quiet, ends_feed: true },
			..first
		};
		refused(after, Error::UnknownRound);
	});
}

#[test]
fn one_bad_definition_of_rules_is_not_enough() {
	// `consensus_rule` is strict: exactly two thirds of three is not more than two thirds.
	ExtBuilder::build_and_execute(|| {
		reporting(Definition { min_consensus: 2, ..definition() }, 3);
		let detail = detail(3, &[(0, true, 0), (1, true, 0), (2, false, 0)]);
		refused(outcome(0, agreed_on_yes(0), &detail, EndedBy::All, true), Error::BadResult);
	});
}
