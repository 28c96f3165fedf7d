// SPDX-License-Identifier: Apache-2.0

//! What runtime APIs answer.

use crate::{mock::*, Statements};
use eventum_primitives::{
	epoch::{Runway, Schedule, Seat, Slots},
	rules::probation::Production,
};
use sp_runtime::Perquintill;

fn schedule(number: u8) -> Schedule {
	Elections::schedule(account_of(number))
}

#[test]
fn a_producer_sees_its_slots_and_its_work() {
	run(|| {
		blocks_to(609);
		block(612);
		beat(3).unwrap();
		let expected = Schedule {
			epoch: FIRST,
			seat: Seat::Produces,
			slots: Some(Slots { next: 614, every: 4, last: 660 }),
			production: Production { made: 2, missed: 1 },
			alive: true,
			owed: 2 * RESERVE * 6 / 10 / 1_000 / 60,
			next: None,
		};
		assert_eq!(schedule(3), expected);
		assert_eq!(schedule(1).slots, Some(Slots { next: 616, every: 4, last: 660 }));
		assert_eq!(schedule(1).production, Production { made: 4, missed: 0 });
		assert!(!schedule(1).alive);
	});
}

#[test]
fn slots_end_with_the_first_of_the_next_epoch() {
	run(|| {
		blocks_to(658);
		assert_eq!(schedule(1).slots, Some(Slots { next: 660, every: 4, last: 660 }));
		assert_eq!(schedule(4).slots, Some(Slots { next: 659, every: 4, last: 660 }));
		assert_eq!(schedule(2).slots, None);
	});
}

#[test]
fn others_see_what_they_are_and_will_be() {
	run(|| {
		assert_eq!((schedule(5).seat, schedule(5).slots), (Seat::Finalizes, None));
		assert_eq!(schedule(7).seat, Seat::Out);
		Votes::mutate(|all| all.insert(account_of(1), 0));
		blocks_to(640);
		assert_eq!((schedule(1).next, schedule(2).next), (Some(Seat::Out), Some(Seat::Elected)));
		blocks_to(650);
		let next: Vec<_> = (1..=6).map(|number| schedule(number).next.unwrap()).collect();
		assert_eq!(next[0], Seat::Out);
		assert_eq!(next.iter().filter(|seat| **seat == Seat::Produces).count(), 4);
		assert_eq!(next.iter().filter(|seat| **seat == Seat::Finalizes).count(), 1);
	});
}

#[test]
fn statements_are_listed_in_order() {
	run(|| {
		for next in FIRST + 1..FIRST + 5 {
			epoch(next, []);
			pay();
		}
		let list = |from, limit| Elections::statements(account_of(2), from, limit);
		let epochs = |from, limit| -> Vec<_> {
			list(from, limit).into_iter().map(|(epoch, _)| epoch).collect()
		};
		assert_eq!(epochs(0, 100), (FIRST..FIRST + 4).collect::<Vec<_>>());
		assert_eq!(epochs(FIRST + 1, 2), [FIRST + 1, FIRST + 2]);
		assert_eq!(epochs(FIRST + 4, 9), [0; 0]);
		assert_eq!(list(FIRST, 1)[0].1, Statements::<Test>::get(FIRST, account_of(2)).unwrap());
		assert!(Elections::statements(account_of(99), 0, 100).is_empty());
	});
}

#[test]
fn the_runway_is_told() {
	run(|| {
		let expected = Runway { reserve: RESERVE, budget: RESERVE / 1_000, half_life: Some(693) };
		assert_eq!(Elections::runway(), expected);
		Rate::set(eventum_primitives::rules::reserve::FOUR_YEARS_HALF);
		assert_eq!(Elections::runway().half_life, Some(1_461));
		Rate::set(Perquintill::zero());
		assert_eq!(Elections::runway().half_life, None);
		Rate::set(Perquintill::from_parts(1_000_000_000_000_000));
	});
}
