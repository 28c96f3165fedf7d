// SPDX-License-Identifier: Apache-2.0

//! Whose blocks are made, and whose fault it is if not.

use crate::{mock::*, Unpaid, Work};
use eventum_primitives::{epoch::Size, rules::probation::Production, EpochIndex};

fn made() -> Vec<(u32, u32)> {
	Work::<Test>::get().producers.iter().map(|one| (one.made, one.missed)).collect()
}

/// What each of the epoch's members did, as it is reckoned.
fn reckoned() -> Vec<(u8, Production)> {
	let closing = Unpaid::<Test>::get().unwrap();
	closing.dues.iter().map(|due| (number_of(&due.delegate), due.production)).collect()
}

#[test]
fn the_first_block_blames_nobody() {
	run(|| {
		assert_eq!(made(), [(1, 0), (0, 0), (0, 0), (0, 0)]);
		assert_eq!(Elections::epoch(), FIRST);
	});
}

#[test]
fn slots_are_blamed_on_their_owners() {
	run(|| {
		// Slots 601 to 603 and 605 are skipped.
		block(604);
		block(606);
		assert_eq!(made(), [(2, 0), (0, 2), (1, 1), (0, 1)]);
	});
}

#[test]
fn a_halt_blames_one_turn() {
	run(|| {
		epoch(FIRST + 1, []);
		let before = made();
		block(first_slot(FIRST + 1) + 40);
		let missed: Vec<_> = made().iter().zip(before).map(|(new, old)| new.1 - old.1).collect();
		assert_eq!(missed, [1, 1, 1, 1]);
		assert!(Work::<Test>::get().excused);
	});
}

#[test]
fn everyone_owns_as_many_slots_and_the_first_block_is_the_old_sets() {
	run(|| {
		epoch(FIRST + 1, []);
		assert_eq!(made(), [(0, 0); 4], "the new set has made nothing yet");
		pay();
		epoch(FIRST + 2, []);
		let reckoned = reckoned();
		assert_eq!(reckoned.len(), 6);
		let whole = Production { made: 15, missed: 0 };
		assert_eq!(reckoned.iter().filter(|(_, one)| *one == whole).count(), 4);
		assert_eq!(reckoned.iter().filter(|(_, one)| one.owned() == 0).count(), 2);
	});
}

#[test]
fn a_dead_producer_is_the_only_one_blamed() {
	run(|| {
		epoch(FIRST + 1, []);
		let dead = number_of(&Elections::active().members[2]);
		for slot in first_slot(FIRST + 1) + 1..=first_slot(FIRST + 2) {
			if slot % 4 != 2 {
				block(slot);
			}
		}
		for (number, production) in reckoned() {
			let expected = match production.owned() {
				0 => Production::default(),
				_ if number == dead => Production { made: 0, missed: 15 },
				_ => Production { made: 15, missed: 0 },
			};
			assert_eq!(production, expected, "{number}");
		}
	});
}

#[test]
fn slots_skipped_at_the_boundary_are_the_old_sets() {
	run(|| {
		epoch(FIRST + 1, []);
		blocks_to(first_slot(FIRST + 2) - 2);
		let owner = Elections::active().members[3].clone();
		block(first_slot(FIRST + 2) + 1);
		let blamed: Vec<_> =
			reckoned().into_iter().filter(|(_, production)| production.missed > 0).collect();
		assert_eq!(blamed.iter().map(|(_, one)| one.missed).sum::<u32>(), 2);
		assert!(blamed.iter().any(|(number, _)| account_of(*number) == owner));
		assert_eq!(made(), [(0, 0); 4]);
	});
}

#[test]
fn a_chain_without_members_goes_on() {
	chain(0, Size { members: 36, producers: 24 }).execute_with(|| {
		block(first_slot(FIRST));
		blocks_to(first_slot(FIRST) + 200);
		assert_eq!(made(), []);
		assert_eq!(Elections::epoch(), FIRST + 3 as EpochIndex);
	});
}
