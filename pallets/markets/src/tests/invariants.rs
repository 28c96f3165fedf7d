// SPDX-License-Identifier: Apache-2.0

//! Storage broken by hand is noticed.

use crate::{
	mock::*, types::*, Agenda, Definitions, Feeds, Memberships, NextMarket, Outcomes,
	ReporterPages, Texts,
};
use eventum_primitives::{outcome::EndedBy, rules::fee::FeeTerms, FeedId};
use frame_support::assert_ok;

/// A feed of five that has concluded one round of two, broken by `damage`.
fn noticed(damage: impl FnOnce()) {
	ExtBuilder::build().execute_with(|| {
		reporting(series(2), 5);
		let votes = detail(5, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		let outcome = outcome(0, agreed_on_yes(0), &votes, EndedBy::Quiet, false);
		assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
		Markets::do_try_state().unwrap();
		damage();
		assert!(Markets::do_try_state().is_err());
	});
}

fn change_feed(change: impl FnOnce(&mut Feed)) {
	let mut feed = feed();
	change(&mut feed);
	Feeds::<Test>::insert(FEED, feed);
}

fn change_course(change: impl FnOnce(&mut Course)) {
	change_feed(|feed| {
		let FeedState::Reporting { course, .. } = &mut feed.state else { panic!() };
		change(course);
	});
}

fn change_reporter(change: impl FnOnce(&mut Reporter)) {
	ReporterPages::<Test>::mutate((FEED, 0), |reporters| change(&mut reporters[3]));
}

const OTHER: FeedId = FeedId { market: 3, index: 0 };

#[test]
fn the_agenda_is_watched() {
	noticed(|| change_feed(|feed| feed.wake += 1));
	noticed(|| Agenda::<Test>::insert(When::from(1), FEED, ()));
	noticed(|| Agenda::<Test>::remove(When::from(feed().wake), FEED));
}

#[test]
fn markets_are_watched() {
	noticed(|| Markets_::remove(0));
	noticed(|| NextMarket::<Test>::put(0));
	noticed(|| Texts::<Test>::remove(FEED));
	noticed(|| Texts::<Test>::insert(OTHER, text()));
	noticed(|| Definitions::<Test>::remove(FEED));
	noticed(|| Definitions::<Test>::insert(OTHER, definition()));
	noticed(|| Markets_::mutate(0, |market| market.as_mut().unwrap().kept = 2));
	noticed(|| Markets_::mutate(0, |market| market.as_mut().unwrap().feeds = 0));
}

type Markets_ = crate::Markets<Test>;

#[test]
fn reporters_are_watched() {
	noticed(|| change_feed(|feed| feed.joined = 4));
	noticed(|| change_feed(|feed| feed.joined = 11));
	noticed(|| change_feed(|feed| feed.reputation += 1));
	noticed(|| ReporterPages::<Test>::remove((FEED, 0)));
	noticed(|| ReporterPages::<Test>::insert((FEED, 1), Reporters::default()));
	noticed(|| change_reporter(|reporter| reporter.account = person(99)));
	noticed(|| change_reporter(|reporter| reporter.keys.clear()));
	noticed(|| change_reporter(|reporter| reporter.keys[0].0 = 1));
	noticed(|| {
		change_reporter(|reporter| {
			let newest = (9, reporter.keys[0].1);
			reporter.keys.try_push(newest).unwrap();
		})
	});
	noticed(|| Memberships::<Test>::remove(FEED, person(2)));
	noticed(|| Memberships::<Test>::insert(FEED, person(9), Membership::Joined(5)));
}

#[test]
fn courses_are_watched() {
	noticed(|| change_course(|course| course.finals += 1));
	noticed(|| change_course(|course| course.concluded = 0));
	noticed(|| change_course(|course| course.paying = 0));
	noticed(|| change_course(|course| course.reckoned = 1));
	noticed(|| change_course(|course| course.voters = 6));
	noticed(|| change_course(|course| course.excused = bits(6, &[5])));
	noticed(|| change_course(|course| course.services.truncate(3)));
	noticed(|| {
		change_course(|course| {
			course.last = Some(LastRound { round: 0, ended_by: EndedBy::At, stopped: false });
		})
	});
	noticed(|| Seated::set(Default::default()));
	noticed(|| Outcomes::<Test>::remove(FEED, 0));
	noticed(|| {
		let course = feed().state.course().cloned().unwrap();
		change_feed(|feed| feed.state = FeedState::Settled { course });
	});
}

#[test]
fn orphans_are_found() {
	noticed(|| Memberships::<Test>::insert(OTHER, person(1), Membership::Left));
	noticed(|| ReporterPages::<Test>::insert((OTHER, 0), Reporters::default()));
	noticed(|| {
		let record = Outcomes::<Test>::get(FEED, 0).unwrap();
		Outcomes::<Test>::insert(OTHER, 0, record);
	});
}

#[test]
fn money_is_watched() {
	noticed(|| change_feed(|feed| feed.escrow.reward += 1));
	noticed(|| change_feed(|feed| feed.reward += 1));
	noticed(|| change_feed(|feed| feed.escrow.fees -= 1));
	noticed(|| change_course(|course| course.dues += 1));
	noticed(|| change_course(|course| course.services[0].earned += 1));
	noticed(|| {
		change_feed(|feed| {
			let dear = (START, FeeTerms::Fixed(feed.escrow.fees));
			feed.fee.terms.try_push(dear).unwrap();
		})
	});
	noticed(|| change_reporter(|reporter| reporter.stake -= 1));
}
