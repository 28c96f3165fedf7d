// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, types::*, Error, Event, Outcomes, ReporterPages};
use eventum_primitives::{
	outcome::{Detail, EndedBy, RoundResult},
	FeedId, EVT,
};
use frame_support::{assert_noop, assert_ok};

fn votes() -> Detail {
	detail(4, &[(0, true, 0), (1, true, 0), (2, true, 0), (3, false, 0)])
}

/// A series of two rounds, both with the same votes, up to the dispute window.
fn concluded() {
	reporting(series(2), 4);
	for (round, ends) in [(0, false), (1, true)] {
		let outcome = outcome(round, agreed_on_yes(round), &votes(), EndedBy::All, ends);
		assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
	}
}

#[test]
fn details_are_added_up() {
	ExtBuilder::build_and_execute(|| {
		concluded();
		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		assert_ok!(submit_detail(1, votes()));
		System::assert_last_event(
			Event::RoundReckoned { feed: FEED, round: 1, amount: 15 * EVT }.into(),
		);
		let reporters = ReporterPages::<Test>::get((FEED, 0));
		assert!(reporters[..3].iter().all(|each| each.agreed && each.reward == 5 * EVT));
		assert_eq!((reporters[3].dissents, reporters[3].reward), (1, 0));
		let FeedState::Reckoning { course, .. } = feed().state else { panic!() };
		assert_eq!((course.reckoned, course.voters), (1, 4));
		assert!(Outcomes::<Test>::get(FEED, 1).unwrap().reckoned);

		assert_ok!(submit_detail(0, votes()));
		let FeedState::Settling { course, pay, .. } = feed().state else { panic!() };
		assert_eq!((course.reckoned, course.voters, pay), (2, 4, Pay::Earned));
		assert_eq!(ReporterPages::<Test>::get((FEED, 0))[0].reward, 10 * EVT);
	});
}

#[test]
fn details_wait_for_the_dispute_window() {
	ExtBuilder::build_and_execute(|| {
		concluded();
		assert_noop!(submit_detail(0, votes()), refusal(Error::NotReckoning));
		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		assert_eq!(Now::get(), feed().wake - HOUR);
		assert_ok!(submit_detail(0, votes()));
	});
}

#[test]
fn a_wrong_detail_is_refused() {
	ExtBuilder::build_and_execute(|| {
		concluded();
		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		let unknown = FeedId { market: 9, index: 9 };
		assert_noop!(
			submit(crate::Call::submit_detail { feed: unknown, round: 0, detail: votes() }),
			refusal(Error::UnknownFeed)
		);
		assert_noop!(submit_detail(2, votes()), refusal(Error::UnknownRound));
		let later = detail(4, &[(0, true, 0), (1, true, 0), (2, true, 1), (3, false, 0)]);
		assert_noop!(submit_detail(0, later), refusal(Error::WrongDetail));
		// Bit sets of the wrong length, bits beyond the joined, a time too few.
		let unsound = |change: &dyn Fn(&mut Detail)| {
			let mut detail = votes();
			change(&mut detail);
			assert_noop!(submit_detail(0, detail), refusal(Error::UnsoundDetail));
		};
		unsound(&|detail| *detail = Detail::default());
		unsound(&|detail| detail.voted = bits(9, &[0, 1, 2, 3]));
		unsound(&|detail| detail.agreed = bits(9, &[0, 1, 2]));
		unsound(&|detail| detail.voted.set(4));
		unsound(&|detail| detail.agreed.set(5));
		unsound(&|detail| detail.times.truncate(3));
		assert_ok!(submit_detail(0, votes()));
		assert_noop!(submit_detail(0, votes()), refusal(Error::AlreadyReckoned));
	});
}

#[test]
fn a_detail_must_have_the_certified_counts() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 4);
		// The committee has signed counts that its own detail does not bear out.
		let mut outcome = outcome(0, agreed_on_yes(0), &votes(), EndedBy::All, true);
		outcome.agreed = 4;
		assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		assert_noop!(submit_detail(0, votes()), refusal(Error::WrongDetail));
	});
}

#[test]
fn nobody_dissents_where_there_is_no_result() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 4);
		let all = detail(4, &[(0, true, 0), (1, true, 0), (2, true, 0), (3, true, 0)]);
		let outcome = outcome(0, RoundResult::None, &all, EndedBy::All, true);
		assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		assert_ok!(submit_detail(0, all));
		let reporters = ReporterPages::<Test>::get((FEED, 0));
		assert!(reporters.iter().all(|each| each.voted && !each.agreed && each.dissents == 0));
	});
}
