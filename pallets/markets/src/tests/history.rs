// SPDX-License-Identifier: Apache-2.0

//! The agenda, and how records go.

use crate::{
	mock::*, types::*, weights::WeightInfo, Agenda, Definitions, Event, Feeds, Markets as Known,
	Outcomes, Texts,
};
use eventum_primitives::{outcome::EndedBy, FeedId};
use frame_support::{assert_ok, traits::Hooks};

#[test]
fn a_record_stays_for_the_history_time() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(300), 1 + 2);
		let votes = detail(3, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		for round in 0..300 {
			let outcome = outcome(round, agreed_on_yes(round), &votes, EndedBy::All, round == 299);
			assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
		}
		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		for round in 0..300 {
			assert_ok!(submit_detail(round, votes.clone()));
		}
		run_until(|state| matches!(state, FeedState::Settled { .. }));
		let settled = Now::get();
		assert_eq!(feed().wake, settled + HistoryTime::get());
		block_at(settled + HistoryTime::get() - 1);
		assert_eq!(Outcomes::<Test>::iter_prefix(FEED).count(), 300);
		assert_eq!(Markets::outcomes(FEED, 0, 1_000).len(), 300);

		// Outcomes go a page at a time.
		for left in [172, 44] {
			block_at(Now::get() + 1_000);
			assert_eq!(Outcomes::<Test>::iter_prefix(FEED).count(), left);
			Markets::do_try_state().unwrap();
		}
		block_at(Now::get() + 1_000);
		System::assert_last_event(Event::FeedForgotten { feed: FEED }.into());
		assert!(Outcomes::<Test>::iter().next().is_none());
		assert!(Feeds::<Test>::iter().next().is_none());
		assert!(Texts::<Test>::iter().next().is_none());
		assert!(Definitions::<Test>::iter().next().is_none());
		assert!(Known::<Test>::iter().next().is_none());
		assert!(Agenda::<Test>::iter().next().is_none());
		assert_eq!(Markets::next_market(), 1);
	});
}

#[test]
fn a_market_goes_with_its_last_feed() {
	ExtBuilder::build_and_execute(|| {
		let later = eventum_primitives::definition::Definition {
			time_to_join: START + 2 * HOUR,
			..definition()
		};
		assert_ok!(create(vec![definition(), later]));
		for minute in 60..200 {
			block_at(START + minute * MINUTE);
		}
		let end = feed().wake;
		block_at(end);
		assert_eq!(Markets::feed_view(FEED), None);
		assert_eq!(Known::<Test>::get(0).unwrap().kept, 1);
		assert_eq!(Markets::market(0), Some(2));
		block_at(end + 2 * HOUR);
		assert_eq!(Markets::market(0), None);
	});
}

#[test]
fn a_budget_for_one_step_moves_one_feed_a_block() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition(), definition(), definition()]));
		let look = <() as WeightInfo>::agenda_look();
		AgendaBudget::set(look.saturating_add(Markets::heaviest_step()));
		Markets::integrity_test();
		let joining =
			|| Feeds::<Test>::iter_values().filter(|feed| feed.state == FeedState::Joining).count();
		for left in [2, 1, 0] {
			block_at(START + HOUR);
			assert_eq!(joining(), left);
			Markets::do_try_state().unwrap();
		}
		// Whoever waits longest is next: all get to their end.
		let mut now = START + HOUR;
		while !Feeds::<Test>::iter_values().all(|feed| matches!(feed.state, FeedState::Void { .. }))
		{
			now += 1;
			block_at(now);
			assert!(now < START + HOUR + 20, "nine steps and some");
		}
	});
}

#[test]
#[should_panic(expected = "the agenda needs room for a page")]
fn a_budget_without_room_for_a_step_is_noticed() {
	ExtBuilder::build().execute_with(|| {
		AgendaBudget::set(<() as WeightInfo>::agenda_look());
		Markets::integrity_test();
	});
}

#[test]
fn nothing_is_done_before_its_time() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		let before = feed();
		block_at(START + HOUR - 1);
		assert_eq!(feed(), before);
		let used = Markets::on_initialize(9);
		assert_eq!(used, <() as WeightInfo>::agenda_look());
	});
}

#[test]
fn entries_that_no_feed_knows_are_dropped() {
	ExtBuilder::build_and_execute(|| {
		let unknown = FeedId { market: 9, index: 0 };
		Agenda::<Test>::insert(When::from(START), unknown, ());
		assert_ok!(create(vec![definition()]));
		Agenda::<Test>::insert(When::from(START), FEED, ());
		assert!(Markets::do_try_state().is_err());
		block_at(START + 1);
		assert_eq!(feed().state, FeedState::Joining);
	});
}

#[test]
fn after_a_stall_of_days_feeds_go_on_at_once() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		join_all(3);
		block_at(START + 300 * HOUR);
		assert_eq!(feed().state, FeedState::Drawing);
	});
}
