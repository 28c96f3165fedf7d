// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::testing::{entry, FEED};

fn key(round: Round, sequence: Sequence, member: u8) -> Key {
	Key { feed: FEED, round, sequence, member }
}

fn state(due: Moment) -> State {
	State { due, ..entry(1).2 }
}

fn regardless(due: Moment) -> State {
	State { is_final: true, regardless: true, ..state(due) }
}

fn elsewhere(due: Moment, host: &str) -> State {
	State { host: host.into(), ..state(due) }
}

#[test]
fn a_member_takes_over_when_its_time_has_come() {
	let mut queue = Queue::default();
	queue.insert(key(0, 1, 1), state(2_000));
	assert_eq!(queue.next_due(), Some(2_000));
	assert_eq!(queue.start(1_999), None);
	assert_eq!(queue.start(2_000), Some(key(0, 1, 1)));
	assert_eq!(queue.start(2_000), None, "it is on its way once");
}

#[test]
fn nobody_takes_over_what_is_delivered() {
	let mut queue = Queue::default();
	queue.insert(key(0, 1, 1), state(2_000));
	assert_eq!(queue.delivered(FEED, 0, 1), [key(0, 1, 1)]);
	assert_eq!((queue.len(), queue.next_due()), (0, None));
	assert!(!queue.wants(&key(0, 1, 2), false), "the news came before the certificate");
	assert!(queue.wants(&key(0, 1, 2), true));
	assert!(queue.wants(&key(0, 2, 2), false) && queue.wants(&key(1, 1, 2), false));
	queue.settled(FEED);
	assert!(queue.wants(&key(0, 1, 2), false), "a settled feed is forgotten");
}

#[test]
fn a_final_is_posted_whatever_others_say_until_it_is_taken() {
	let mut queue = Queue::default();
	queue.insert(key(0, 1, 1), regardless(0));
	assert!(queue.delivered(FEED, 0, 9).is_empty());
	assert_eq!(queue.start(0), Some(key(0, 1, 1)));
	let fate = queue.finish(&key(0, 1, 1), 0, Attempt::Failed);
	assert!(matches!(fate, Some(Fate::Again(_))));
	assert_eq!(queue.start(2_000), Some(key(0, 1, 1)));
	let fate = queue.finish(&key(0, 1, 1), 2_000, Attempt::Taken);
	assert_eq!(fate, Some(Fate::Delivered(vec![])));
	assert!(!queue.wants(&key(0, 1, 1), true), "a certificate that comes twice is posted once");
}

#[test]
fn success_stands_for_the_other_local_members() {
	let mut queue = Queue::default();
	queue.insert(key(0, 1, 0), state(0));
	queue.insert(key(0, 1, 1), state(2_000));
	queue.insert(key(1, 1, 1), state(2_000));
	queue.start(0);
	let fate = queue.finish(&key(0, 1, 0), 5, Attempt::Taken);
	assert_eq!(fate, Some(Fate::Delivered(vec![key(0, 1, 1)])));
	assert_eq!(queue.len(), 1, "another round is another matter");
}

#[test]
fn failures_are_tried_again_ever_later_for_a_day() {
	let mut queue = Queue::default();
	queue.insert(key(0, 1, 0), state(0));
	let mut attempts = 0;
	let mut last_wait = 0;
	let dead = loop {
		let now = queue.next_due().unwrap();
		assert!(now < 2 * LIFETIME, "it is tried for ever");
		assert_eq!(queue.start(now), Some(key(0, 1, 0)));
		attempts += 1;
		match queue.finish(&key(0, 1, 0), now, Attempt::Failed) {
			Some(Fate::Again(state)) => {
				last_wait = state.due - now;
				assert!((1_000..=750_000).contains(&last_wait));
			}
			Some(Fate::Dead(state)) => break (now, state),
			other => panic!("{other:?}"),
		}
	};
	assert!((600_000..=750_000).contains(&last_wait));
	assert!((LIFETIME..LIFETIME + 750_000).contains(&dead.0));
	assert_eq!(dead.1.attempts, attempts);
	assert!((120..170).contains(&attempts), "{attempts} attempts in a day");
	assert_eq!((queue.len(), queue.next_due()), (0, None));
	assert!(!queue.wants(&key(0, 1, 0), true));
}

#[test]
fn what_is_hopeless_is_given_up_at_once() {
	let mut queue = Queue::default();
	queue.insert(key(0, 1, 0), state(0));
	queue.start(0);
	let fate = queue.finish(&key(0, 1, 0), 0, Attempt::Hopeless);
	assert!(matches!(fate, Some(Fate::Dead(State { attempts: 1, .. }))));
}

#[test]
fn a_newer_push_takes_the_place_of_an_older_one() {
	let mut queue = Queue::default();
	queue.insert(key(0, 1, 0), state(0));
	queue.insert(key(0, 1, 1), state(0));
	let displaced = queue.insert(key(0, 2, 0), state(0));
	assert_eq!(displaced, Displaced { superseded: vec![key(0, 1, 0)], overflow: None });
	assert!(!queue.wants(&key(0, 1, 2), true), "an older certificate that comes late");

	let mut queue = Queue::default();
	queue.insert(key(0, 1, 0), state(0));
	queue.start(0);
	assert!(queue.insert(key(0, 2, 0), state(0)).superseded.is_empty(), "it is on its way");
	assert_eq!(queue.start(0), None, "the newer one waits for it");
	assert_eq!(queue.finish(&key(0, 1, 0), 7, Attempt::Failed), Some(Fate::Superseded));
	assert_eq!(queue.start(7), Some(key(0, 2, 0)));
}

#[test]
fn rounds_of_a_feed_keep_their_order_but_do_not_wait_for_retries() {
	let mut queue = Queue::default();
	queue.insert(key(0, 1, 0), state(0));
	queue.insert(key(1, 1, 0), state(0));
	queue.insert(key(1, 1, 1), state(0));
	assert_eq!(queue.start(0), Some(key(0, 1, 0)));
	assert_eq!(queue.start(0), Some(key(1, 1, 1)), "another member's posts are its own");
	assert_eq!(queue.start(0), None);
	queue.finish(&key(0, 1, 0), 3, Attempt::Failed);
	assert_eq!(queue.start(3), Some(key(1, 1, 0)));
}

#[test]
fn attempts_are_bounded_in_all_and_per_host() {
	let mut queue = Queue::default();
	let feed = |market| FeedId { market, index: 0 };
	for market in 0..100 {
		let key = Key { feed: feed(market), ..key(0, 1, 0) };
		queue.insert(key, elsewhere(0, "slow"));
	}
	for _ in 0..MAX_FLYING_PER_HOST {
		assert!(queue.start(0).is_some());
	}
	assert_eq!(queue.start(0), None);
	for market in 100..300 {
		let key = Key { feed: feed(market), ..key(0, 1, 0) };
		queue.insert(key, elsewhere(0, &format!("host {market}")));
	}
	let mut flying = MAX_FLYING_PER_HOST;
	while queue.start(0).is_some() {
		flying += 1;
	}
	assert_eq!((flying, queue.next_due()), (MAX_FLYING, None));

	// All of them come to an end.
	let mut now = 0;
	while queue.len() > 0 {
		now += 1;
		let landing = *queue.flying.first().expect("something is always on its way");
		assert!(matches!(queue.finish(&landing, now, Attempt::Taken), Some(Fate::Delivered(_))));
		while queue.start(now).is_some() {}
		assert!(queue.flying_to.values().all(|count| *count <= MAX_FLYING_PER_HOST));
	}
	assert!(queue.held.is_empty() && queue.due.is_empty() && queue.by_age.is_empty());
	assert!(queue.flying_to.is_empty());
}

#[test]
fn what_is_held_back_can_be_dropped() {
	let mut queue = Queue::default();
	queue.insert(key(0, 1, 0), state(0));
	queue.insert(key(1, 1, 0), state(0));
	queue.start(0);
	assert_eq!(queue.start(0), None);
	assert_eq!(queue.delivered(FEED, 1, 1), [key(1, 1, 0)]);
	assert!(queue.held.is_empty());
	queue.finish(&key(0, 1, 0), 1, Attempt::Taken);
	assert_eq!((queue.len(), queue.start(1)), (0, None));
}

#[test]
fn without_room_the_oldest_push_that_ends_nothing_goes_first() {
	let mut queue = Queue::default();
	for round in 0..MAX_ENTRIES as Round {
		let state = State { since: round.into(), is_final: round != 500, ..state(0) };
		queue.insert(key(round, 1, 0), state);
	}
	let next = |queue: &mut Queue, round| {
		let state = State { since: round, is_final: true, ..state(0) };
		queue.insert(key(round as Round, 1, 0), state).overflow.map(|(key, _)| key)
	};
	assert_eq!(next(&mut queue, 200_000), Some(key(500, 1, 0)));
	assert_eq!(next(&mut queue, 200_001), Some(key(0, 1, 0)));
	assert_eq!(queue.len(), MAX_ENTRIES);
}
