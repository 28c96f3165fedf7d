// SPDX-License-Identifier: Apache-2.0

//! Feeds that come to nothing: everything goes back.

use crate::{mock::*, types::*, Event, Memberships, ReporterPages};
use eventum_primitives::{
	definition::{Definition, StopVoting},
	outcome::EndedBy,
	traits::{Draw, Feeds as _},
	EVT,
};
use frame_support::{assert_ok, traits::fungible::InspectHold};

/// The feed is void for this reason, and all but the protocol fee is back.
fn assert_void(reason: VoidReason, people: u32) {
	run_until(|state| matches!(state, FeedState::Void { .. }));
	assert_eq!(feed().state, FeedState::Void { reason });
	assert_eq!(wealth(&REQUESTER), FUNDS - EVT);
	for account in (0..people).map(person).chain([REQUESTER]) {
		assert_eq!(Balances::total_balance_on_hold(&account), 0);
	}
	assert!((0..people).all(|number| wealth(&person(number)) == FUNDS));
	assert_eq!(wealth(&POOL), EVT);
	assert!(ReporterPages::<Test>::iter().next().is_none());
	assert!(Memberships::<Test>::iter().next().is_none());
	assert!(Penalties::get().is_empty() && Commendations::get().is_empty());
	let returned = Event::FeedVoided { feed: FEED, reason, returned: 30 * EVT + EVT * 80 / 1_000 };
	System::assert_has_event(returned.into());
}

#[test]
fn too_few_reporters() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		join_all(2);
		block_at(START + HOUR - 1);
		assert_eq!(feed().state, FeedState::Joining);
		assert_void(VoidReason::TooFewReporters, 2);
		assert!(Requests::get().is_empty() && Dismissals::get().is_empty());
		let (account, stake) = (person(1), 10 * EVT);
		let refunded = Event::ReporterRefunded { feed: FEED, account, stake, paid: 0 };
		System::assert_has_event(refunded.into());
	});
}

#[test]
fn nobody_at_all() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		assert_void(VoidReason::TooFewReporters, 0);
	});
}

#[test]
fn who_left_is_forgotten_however_many() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![Definition {
			max_people: 200,
			validation_fee: Some(50_000_000),
			..definition()
		}]));
		for number in 0..PEOPLE {
			assert_ok!(join(number));
			assert_ok!(Markets::leave(RuntimeOrigin::signed(person(number)), FEED));
		}
		assert_eq!(Memberships::<Test>::iter().count(), PEOPLE as usize);
		assert_void(VoidReason::TooFewReporters, PEOPLE);
	});
}

#[test]
fn no_nodes_to_draw_from() {
	ExtBuilder::build_and_execute(|| {
		RefuseRequests::set(true);
		assert_ok!(create(vec![definition()]));
		join_all(3);
		assert_void(VoidReason::NoCommittee, 3);
	});
}

#[test]
fn the_draw_fails() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		join_all(3);
		Draws::set(vec![Draw::Pending, Draw::Pending, Draw::Failed]);
		block_at(START + HOUR);
		assert_eq!(feed().state, FeedState::Drawing);
		block_at(START + HOUR + 1_000);
		block_at(START + HOUR + 2_000);
		assert_eq!(feed().state, FeedState::Drawing);
		block_at(START + HOUR + 3_000);
		assert_void(VoidReason::NoCommittee, 3);
	});
}

#[test]
fn a_committee_that_comes_after_the_end_is_let_go_without_blame() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		join_all(3);
		block_at(START + HOUR);
		Now::set(START + 3 * HOUR);
		seat(FEED, 4);
		Markets::on_committee_ready(FEED);
		assert_void(VoidReason::NoCommittee, 3);
		assert_eq!(Dismissals::get(), [(FEED, vec![true; 4])]);
	});
}

#[test]
fn a_committee_that_is_ready_is_not_waited_for() {
	ExtBuilder::build_and_execute(|| {
		let timed = Definition { reporting_timestamp: Some(START + 2 * HOUR), ..definition() };
		assert_ok!(create(vec![timed]));
		Markets::on_committee_ready(FEED);
		assert_eq!(feed().state, FeedState::Joining);
		join_all(3);
		block_at(START + HOUR);
		seat(FEED, 4);
		Markets::on_committee_ready(FEED);
		let course = Course::new(START + 2 * HOUR, START + 3 * HOUR, 4);
		assert_eq!(feed().state, FeedState::Reporting { course, give_up: None });
		System::assert_last_event(
			Event::ReportingOpened { feed: FEED, from: START + 2 * HOUR, end: START + 3 * HOUR }
				.into(),
		);
		// Told again, nothing happens.
		Markets::on_committee_ready(FEED);
		assert!(matches!(feed().state, FeedState::Reporting { .. }));
	});
}

#[test]
fn no_certificate_in_time() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 4);
		let end = START + 3 * HOUR;
		block_at(end);
		assert!(matches!(feed().state, FeedState::Reporting { give_up: Some(_), .. }));
		block_at(end + HOUR - 1);
		assert!(matches!(feed().state, FeedState::Reporting { .. }));
		assert_void(VoidReason::NoCertificate, 4);
		assert_eq!(Dismissals::get(), [(FEED, vec![false; 4])]);
	});
}

#[test]
fn a_halt_does_not_cost_the_grace_time() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 4);
		let end = START + 3 * HOUR;
		block_at(end);
		// Two hours without blocks.
		Lost::set(2 * HOUR);
		block_at(end + 2 * HOUR);
		assert!(matches!(feed().state, FeedState::Reporting { .. }));
		let votes = detail(4, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		let outcome = eventum_primitives::outcome::Outcome {
			at: end,
			first_at: end,
			..outcome(0, agreed_on_yes(0), &votes, EndedBy::At, true)
		};
		assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
		assert!(matches!(feed().state, FeedState::Concluded { .. }));
	});
}

#[test]
fn a_series_of_which_rounds_are_missing() {
	ExtBuilder::build_and_execute(|| {
		reporting(Definition { stop_voting: StopVoting::default(), ..series(1) }, 3);
		assert_void(VoidReason::NoCertificate, 3);
	});
}

#[test]
fn no_detail_in_time() {
	ExtBuilder::build_and_execute(|| {
		reporting(definition(), 4);
		let votes = detail(4, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		let outcome = outcome(0, agreed_on_yes(0), &votes, EndedBy::All, true);
		assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
		assert_void(VoidReason::NoDetail, 4);
		assert_eq!(Dismissals::get(), [(FEED, vec![false; 4])]);
	});
}
