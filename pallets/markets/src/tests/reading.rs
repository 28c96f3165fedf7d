// SPDX-License-Identifier: Apache-2.0

use crate::{mock::*, types::*};
use eventum_primitives::{
	apis::{FeedFilter, Stage},
	definition::Definition,
	outcome::{EndedBy, Push, RoundResult},
	report,
	rules::count::{Before, Decision, Summary, Vote},
	FeedId, Moment, EVT,
};
use frame_support::assert_ok;

fn ids(found: &[(FeedId, eventum_primitives::apis::FeedView)]) -> Vec<(u64, u16)> {
	found.iter().map(|(id, _)| (id.market, id.index)).collect()
}

#[test]
fn a_feed_is_seen_as_it_stands() {
	ExtBuilder::build_and_execute(|| {
		assert_eq!(Markets::feed_view(FEED), None);
		assert_ok!(create(vec![definition()]));
		Scores::mutate(|scores| scores.insert(person(1), 500));
		join_all(2);
		let view = Markets::feed_view(FEED).unwrap();
		assert_eq!((view.stage, view.joined, view.average_reputation), (Stage::Joining, 2, 400));
		assert_eq!((view.next_stake, view.requester), (10 * EVT, REQUESTER));
		assert_eq!((view.definition, view.text), (definition(), text()));
		assert_eq!((view.reporting_from, view.end, view.committee), (None, None, None));
	});
}

#[test]
fn a_reporting_feed_shows_its_committee_and_times() {
	ExtBuilder::build_and_execute(|| {
		reporting(series(4), 3);
		let from = Now::get();
		let view = Markets::feed_view(FEED).unwrap();
		assert_eq!(view.stage, Stage::Reporting);
		assert_eq!((view.reporting_from, view.end), (Some(from), Some(from + 24 * HOUR)));
		assert_eq!(view.committee.unwrap().members.len(), 4);

		let votes = detail(3, &[(0, true, 0), (1, true, 0), (2, true, 0)]);
		let outcome = outcome(1, agreed_on_yes(1), &votes, EndedBy::All, false);
		assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
		assert_eq!(Markets::feed_view(FEED).unwrap().final_rounds, 1);
		let known = Markets::outcomes(FEED, 0, 10);
		assert_eq!(known.len(), 1);
		assert_eq!((known[0].round, known[0].agreed, known[0].is_final), (1, 3, true));
		assert!(Markets::outcomes(FEED, 2, 10).is_empty());
		assert!(Markets::outcomes(FEED, 0, 1).is_empty(), "round 0 has none yet");
	});
}

#[test]
fn reporters_are_listed_by_page_and_found_by_account() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![Definition { max_people: 200, ..definition() }]));
		join_all(70);
		let (first, second) = (Markets::reporters(FEED, 0), Markets::reporters(FEED, 1));
		assert_eq!((first.len(), second.len()), (64, 6));
		assert_eq!(second[1].index, 65);
		assert_eq!(Markets::reporter(FEED, &person(65)).as_ref(), Some(&second[1]));
		assert_eq!(second[1].keys[0], (0, report_key(65)));
		assert!(first[2].early && !first[3].early);
		assert!(Markets::reporters(FEED, 2).is_empty());
		assert!(Markets::reporters(FEED, u32::MAX).is_empty());
		assert_eq!(Markets::reporter(FEED, &person(70)), None);
	});
}

#[test]
fn feeds_are_listed_in_order_with_a_cursor() {
	ExtBuilder::build_and_execute(|| {
		for count in [2, 1, 3] {
			assert_ok!(create(vec![definition(); count]));
		}
		let all = FeedFilter::default();
		let (found, next) = Markets::feeds(&all, None, 4);
		assert_eq!(ids(&found), [(0, 0), (0, 1), (1, 0), (2, 0)]);
		assert_eq!(next, Some(FeedId { market: 2, index: 0 }));
		let (found, next) = Markets::feeds(&all, next, 4);
		assert_eq!(ids(&found), [(2, 1), (2, 2)]);
		assert_eq!(next, None);
		assert_eq!(Markets::feeds(&all, None, 0), (vec![], None));
		let (found, next) = Markets::feeds(&all, None, 6);
		assert_eq!((found.len(), next), (6, None));
	});
}

#[test]
fn feeds_are_found_by_what_is_asked() {
	ExtBuilder::build_and_execute(|| {
		assert_ok!(create(vec![definition()]));
		let later = Definition { time_to_join: START + 2 * HOUR, ..definition() };
		assert_ok!(create(vec![later]));
		block_at(START + HOUR);
		let find = |filter: FeedFilter| ids(&Markets::feeds(&filter, None, 10).0);
		let filter = FeedFilter::default;
		assert_eq!(find(FeedFilter { stage: Some(Stage::Joining), ..filter() }), [(1, 0)]);
		assert_eq!(find(FeedFilter { stage: Some(Stage::Voiding), ..filter() }), [(0, 0)]);
		assert_eq!(find(FeedFilter { category: Some(b"Sports".to_vec()), ..filter() }).len(), 2);
		assert!(find(FeedFilter { category: Some(b"sports".to_vec()), ..filter() }).is_empty());
		assert_eq!(find(FeedFilter { requester: Some(REQUESTER), ..filter() }).len(), 2);
		assert!(find(FeedFilter { requester: Some(POOL), ..filter() }).is_empty());
		let text = |words: &[u8]| FeedFilter { text: Some(words.to_vec()), ..filter() };
		assert_eq!(find(text(b"SCORES ronaldo")).len(), 2);
		assert!(find(text(b"ronaldo misses")).is_empty());
		assert_eq!(find(text(b"")).len(), 2);
	});
}

#[test]
fn the_runtime_says_what_a_count_means() {
	ExtBuilder::build_and_execute(|| {
		let summary = |voted: u32| Summary {
			feed: FEED,
			round: 0,
			leading: None,
			voted,
			excused: 0,
			last: Some(START + HOUR),
			previous: None,
			now: START + HOUR,
		};
		let never = Decision::Open { until: Moment::MAX };
		assert_eq!(Markets::decide(vec![summary(3)]), [never]);
		reporting(definition(), 3);
		let unknown = Summary { feed: FeedId { market: 5, index: 0 }, ..summary(3) };
		let until = START + 3 * HOUR;
		assert_eq!(
			Markets::decide(vec![summary(0), summary(3), unknown]),
			[Decision::Open { until }, Decision::Concluded, never]
		);

		let tag = report::tag(&TAG_KEY, &GENESIS, FEED, 0, &YES);
		let at = Now::get();
		let votes: Vec<_> = (0..3)
			.map(|reporter| Vote { reporter, tag, at: at + Moment::from(reporter) })
			.collect();
		let decided = Markets::evaluate(FEED, 0, &votes, &Before::default(), at + 10).unwrap();
		let ended = Push::Final { ended_by: EndedBy::All, ends_feed: true };
		assert_eq!((decided.push, decided.result), (ended, RoundResult::Agreed(tag)));
		let unknown = FeedId { market: 5, index: 0 };
		assert_eq!(Markets::evaluate(unknown, 0, &votes, &Before::default(), at + 10), None);

		// What the runtime evaluates is what it accepts.
		let outcome = eventum_primitives::outcome::Outcome {
			at: decided.at,
			first_at: decided.first_at,
			start_event: decided.start_event,
			..outcome(0, decided.result, &decided.detail, EndedBy::All, true)
		};
		assert_ok!(submit_certificate(sign(outcome, &[0, 1, 2])));
		assert_eq!(feed().state.stage(), Stage::Concluded);
		run_until(|state| matches!(state, FeedState::Reckoning { .. }));
		assert_ok!(submit_detail(0, decided.detail));
		run_until(|state| matches!(state, FeedState::Settled { .. }));
	});
}
