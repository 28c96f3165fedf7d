// SPDX-License-Identifier: Apache-2.0

//! Whose fault a slot without a block is.
//!
//! A slot belongs to the set of producers in the state of its parent block: to number `slot mod n` of
//! them. So all slots between a block and its parent belong to one set. More of them than one full turn
//! is a halt of the network, of which only the first turn is blamed.

/// The slots without a block between a block and its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
	/// Number of the producer that owned the first of them.
	first: u32,
	/// How many producers are blamed, one after the other and each once.
	blamed: u32,
	/// How many producers there are.
	producers: u32,
	/// Whether it was a halt.
	pub halt: bool,
}

impl Gap {
	/// The slots between those of a block and its parent, which `producers` owned in turns.
	pub fn new(parent: u64, slot: u64, producers: u32) -> Self {
		let skipped = slot.saturating_sub(parent).saturating_sub(1);
		let turn = u64::from(producers);
		let first = parent.saturating_add(1).checked_rem(turn).unwrap_or_default();
		Self {
			// Both are below or equal to the number of producers.
			first: u32::try_from(first).unwrap_or_default(),
			blamed: u32::try_from(skipped.min(turn)).unwrap_or(producers),
			producers,
			halt: skipped > turn,
		}
	}

	/// Whether number `index` of the producers is blamed for one of the slots.
	pub fn blames(&self, index: u32) -> bool {
		if index >= self.producers {
			return false;
		}
		let turns_later = index.checked_sub(self.first);
		let place = turns_later
			.unwrap_or_else(|| self.producers.saturating_sub(self.first).saturating_add(index));
		place < self.blamed
	}

	/// Numbers of the producers that are blamed, in the order of their slots; at most one turn.
	pub fn blamed(self) -> impl Iterator<Item = u32> {
		let Self { first, blamed, producers, .. } = self;
		(0..blamed).filter_map(move |place| first.saturating_add(place).checked_rem(producers))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn blamed(parent: u64, slot: u64, producers: u32) -> Vec<u32> {
		Gap::new(parent, slot, producers).blamed().collect()
	}

	#[test]
	fn each_slot_is_blamed_on_its_owner() {
		assert_eq!(blamed(10, 11, 4), [0; 0], "no slot was skipped");
		assert_eq!(blamed(10, 12, 4), [3]);
		assert_eq!(blamed(10, 15, 4), [3, 0, 1, 2]);
		assert!(!Gap::new(10, 15, 4).halt, "one full turn");
	}

	#[test]
	fn a_halt_is_blamed_on_its_first_turn_only() {
		for slot in [16, 17, 1_000, u64::MAX] {
			assert_eq!(blamed(10, slot, 4), [3, 0, 1, 2]);
			assert!(Gap::new(10, slot, 4).halt);
		}
	}

	#[test]
	fn nobody_is_blamed_where_nobody_can_be() {
		assert_eq!(blamed(10, 50, 0), [0; 0]);
		assert_eq!(blamed(10, 10, 4), [0; 0]);
		assert_eq!(blamed(10, 3, 4), [0; 0]);
		assert!(!Gap::new(10, 11, 0).halt);
		assert!(!Gap::new(10, 50, 4).blames(4));
	}

	proptest! {
		/// The arithmetic equals a loop over the slots.
		#[test]
		fn blame_equals_a_loop_over_the_slots(
			parent in 0u64..1 << 40,
			skipped in 0u64..200,
			producers in 1u32..=36,
		) {
			let slot = parent + skipped + 1;
			let turn = u64::from(producers);
			let expected: Vec<u32> = (parent + 1..slot)
				.take(producers as usize)
				.map(|one| (one % turn) as u32)
				.collect();
			let gap = Gap::new(parent, slot, producers);
			prop_assert_eq!(gap.blamed().collect::<Vec<_>>(), expected.clone());
			prop_assert_eq!(gap.halt, skipped > turn);
			for index in 0..40 {
				prop_assert_eq!(gap.blames(index), expected.contains(&index));
			}
		}

		/// Over any history without halts, what a producer made and what it is blamed for are together
		/// the slots that it owned.
		#[test]
		fn made_and_missed_are_owned(
			gaps in prop::collection::vec(0u64..=5, 1..100),
			producers in 5u32..=36,
		) {
			let (start, turn) = (1_000u64, u64::from(producers));
			let (mut parent, mut counted) = (start, vec![0u32; producers as usize]);
			for gap in gaps {
				let slot = parent + gap + 1;
				for index in Gap::new(parent, slot, producers).blamed() {
					counted[index as usize] += 1;
				}
				counted[(slot % turn) as usize] += 1;
				parent = slot;
			}
			for index in 0..producers {
				let owned = (start + 1..=parent).filter(|slot| slot % turn == u64::from(index)).count();
				prop_assert_eq!(counted[index as usize] as usize, owned);
			}
		}
	}
}
