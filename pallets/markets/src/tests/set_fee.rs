// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, types::*, Error, Event};
use eventum_primitives::{
	outcome::{EndedBy, Outcome},
	rules::fee::FeeTerms,
	Balance, EVT, MILLI_EVT,
};
use frame_support::{assert_noop, assert_ok, pallet_prelude::DispatchResult};

fn set(terms: FeeTerms) -> DispatchResult {
	Markets::set_fee(RuntimeOrigin::signed(REQUESTER), FEED, terms)
}

/// A round of three reports, the first of which came at `first_at`, signed by the first three members.
fn certify(round: u32, first_at: u64, ends_feed: bool) {
	let votes = detail(4, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
	let ended_by = if ends_feed { EndedBy::At } else { EndedBy::Quiet };
	let outcome = outcome(round, agreed_on_yes(round), &votes, ended_by, ends_feed);
	assert_ok!(submit_certificate(sign(Outcome { first_at, ..outcome }, &[0, 1, 2])));
	Markets::do_try_state().unwrap();
}

fn settle(rounds: u32) {
	run_until(|state| matches!(state, FeedState::Reckoning { .. }));
	for round in 0..rounds {
		let votes = detail(4, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		assert_ok!(submit_detail(round, votes));
	}
	run_until(|state| matches!(state, FeedState::Settled { .. }));
}

#[test]
fn a_change_acts_on_rounds_that_begin_after_it() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(10), 4);
		let begun = Now::get();
		Now::set(begun + 1_000);
		assert_ok!(set(FeeTerms::Fixed(3 * MILLI_EVT)));
		System::assert_last_event(
			Event::FeeSet { feed: FEED, terms: FeeTerms::Fixed(3 * MILLI_EVT), locked: 0 }.into(),
		);
		Now::set(begun + 2_000);
		assert_ok!(set(FeeTerms::Fixed(2 * MILLI_EVT)));
		assert_eq!(Markets::feed_view(FEED).unwrap().fee, FeeTerms::Fixed(2 * MILLI_EVT));
		Now::set(begun + 9_000);
		// The second round is known before the first, and begun before the second change.
		certify(1, begun + 2_000, false);
		certify(0, begun + 1_000, false);
		certify(2, begun + 2_001, true);
		settle(3);
		let fees: [Balance; 4] = [0, 1, 2, 3].map(|number| wealth(&operator(number)));
		let each = 3 * (1 + 3 + 2) * MILLI_EVT;
		assert_eq!(fees, [each, each, each, 0]);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 30 * EVT - 3 * each);
	});
}

#[test]
fn a_late_signature_is_paid_at_the_fee_of_its_round() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(10), 4);
		let begun = Now::get();
		certify(0, begun, false);
		Now::set(begun + 1_000);
		assert_ok!(set(FeeTerms::Fixed(0)));
		let votes = detail(4, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		let late = outcome(0, agreed_on_yes(0), &votes, EndedBy::Quiet, false);
		let late = Outcome { at: begun, first_at: begun, start_event: begun, ..late };
		assert_ok!(submit_certificate(sign(late, &[0, 2, 3])));
		let course = feed().state.course().cloned().unwrap();
		assert!(course.services.iter().all(|service| service.earned == 3 * MILLI_EVT));
		Now::set(begun + 2_000);
		certify(1, begun + 2_000, true);
		settle(2);
		assert_eq!(wealth(&operator(3)), 3 * MILLI_EVT);
	});
}

#[test]
fn a_dear_fee_is_locked_and_what_is_not_paid_comes_back() {
	ExtBuilder::build_and_execute(|| {
		// Locked: 1 thousandth for 4 members, 10 people, 10 rounds, twice over: 0.8 EVT.
		reporting(series(10), 4);
		let locked = feed().escrow.fees;
		assert_eq!(locked, 800 * MILLI_EVT);
		Now::set(Now::get() + 1_000);
		// Four have joined: five thousandths for 4 × 4 × 10 reports are there.
		assert_ok!(set(FeeTerms::Fixed(5 * MILLI_EVT)));
		assert_eq!(feed().escrow.fees, locked);
		assert_ok!(set(FeeTerms::Fixed(6 * MILLI_EVT)));
		let more = Event::FeeSet {
			feed: FEED,
			terms: FeeTerms::Fixed(6 * MILLI_EVT),
			locked: 160 * MILLI_EVT,
		};
		System::assert_last_event(more.into());
		assert_eq!(feed().escrow.fees, 960 * MILLI_EVT);
		// A lower one sets nothing free before the end.
		assert_ok!(set(FeeTerms::Fixed(MILLI_EVT)));
		assert_eq!(feed().escrow.fees, 960 * MILLI_EVT);
		Now::set(Now::get() + 1_000);
		certify(0, Now::get(), true);
		settle(1);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 30 * EVT - 9 * MILLI_EVT);
	});
}

#[test]
fn the_median_is_followed_as_far_as_what_is_locked_goes() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(4), 4);
		assert_eq!(feed().escrow.fees, 320 * MILLI_EVT);
		Now::set(Now::get() + 1_000);
		assert_ok!(set(FeeTerms::Median));
		let mut paid = 0;
		// 320 over 4 × 4 reports of each of four rounds: five each. What is not used stays there.
		for (round, (median, rate)) in [(2, 2), (9, 6), (0, 0), (1_000, 13)].into_iter().enumerate()
		{
			Median::set(median * MILLI_EVT);
			Now::set(Now::get() + 1_000);
			let left = feed().escrow.fees - feed().state.course().unwrap().dues;
			let limit = left / (16 * (4 - round as Balance));
			certify(round as u32, Now::get(), round == 3);
			let due = (median * MILLI_EVT).min(limit);
			assert_eq!(due / MILLI_EVT, rate);
			paid += 3 * due;
			assert_eq!(feed().state.course().unwrap().services[0].earned, paid);
		}
		settle(4);
		assert_eq!(wealth(&operator(1)), paid);
		assert_eq!(wealth(&REQUESTER), FUNDS - EVT - 30 * EVT - 3 * paid);
	});
}

#[test]
fn a_notice_goes_out_once_when_too_few_members_ask_so_little() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(10), 4);
		let told = || {
			let low = |record: &frame_system::EventRecord<RuntimeEvent, _>| {
				matches!(record.event, RuntimeEvent::Markets(Event::FeeTooLow { .. }))
			};
			System::events().iter().filter(|record| low(record)).count()
		};
		MinFees::set([1, 1, 2, 2].map(|fee| fee * MILLI_EVT).to_vec());
		certify(0, Now::get(), false);
		System::assert_has_event(
			Event::FeeTooLow { feed: FEED, fee: MILLI_EVT, willing: 2, needed: 3 }.into(),
		);
		certify(1, Now::get(), false);
		assert_eq!(told(), 1, "not for every round");
		Now::set(Now::get() + 1_000);
		assert_ok!(set(FeeTerms::Fixed(2 * MILLI_EVT)));
		assert_eq!(told(), 1);
		assert_ok!(set(FeeTerms::Fixed(2 * MILLI_EVT - 1)));
		assert_eq!(told(), 2, "it had been enough in between");
		MinFees::set(vec![EVT; 4]);
		assert_ok!(set(FeeTerms::Fixed(5 * MILLI_EVT)));
		certify(2, Now::get(), true);
		assert_eq!(told(), 2);
	});
}

#[test]
fn only_the_requester_of_a_series_that_goes_on_can_change_its_fee() {
	ExtBuilder::build_and_execute(|| {
		assert_noop!(set(FeeTerms::Median), Error::<Test>::UnknownFeed);
		reporting(series(3), 4);
		let other = RuntimeOrigin::signed(person(1));
		assert_noop!(Markets::set_fee(other, FEED, FeeTerms::Median), Error::<Test>::NotRequester);
		assert_noop!(set(FeeTerms::Fixed(Balance::MAX / 2)), Error::<Test>::InsufficientFunds);
		certify(0, Now::get(), false);
		assert_ok!(set(FeeTerms::Median));
		// The third and last round may be open.
		certify(1, Now::get(), false);
		assert_noop!(set(FeeTerms::Median), Error::<Test>::NoNextRound);
		certify(2, Now::get(), true);
		assert_noop!(set(FeeTerms::Median), Error::<Test>::NotReporting);
	});
}

#[test]
fn a_single_event_has_no_round_to_come() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 4);
		assert_noop!(set(FeeTerms::Median), Error::<Test>::NoNextRound);
	});
}

#[test]
fn a_series_whose_end_is_known_has_no_round_to_come() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(10), 4);
		// The certificate of the last round came before that of the first.
		certify(1, Now::get(), true);
		assert_noop!(set(FeeTerms::Median), Error::<Test>::NoNextRound);
	});
}

#[test]
fn changes_are_counted() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(3), 4);
		for _ in 1..MAX_FEE_TERMS {
			assert_ok!(set(FeeTerms::Fixed(MILLI_EVT)));
		}
		assert_noop!(set(FeeTerms::Median), Error::<Test>::FeeChangesUsedUp);
	});
}
