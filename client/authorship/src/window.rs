// SPDX-License-Identifier: Apache-2.0

//! The headers of recent slots, in bounded memory.

use eventum_primitives::offence::slot_of;
use sp_runtime::traits::Header;
use std::collections::BTreeMap;

/// Slots whose headers are kept.
pub const SLOTS: usize = 1_024;

/// Headers that are kept of a slot. On honest forks around the end of an epoch, two keys may own one.
pub const PER_SLOT: usize = 4;

/// Two different headers for one slot.
pub type Pair<H> = (H, H);

/// Sealed headers of the newest slots.
pub struct Window<H> {
	slots: BTreeMap<u64, Vec<H>>,
}

impl<H> Default for Window<H> {
	fn default() -> Self {
		Self { slots: BTreeMap::new() }
	}
}

impl<H: Header> Window<H> {
	/// Keeps a header; tells with which others it makes two for one slot. None if its slot is older
	/// than those that are kept, or has as many headers as are kept.
	pub fn add(&mut self, header: H) -> Vec<Pair<H>> {
		let Some(slot) = slot_of(&header) else { return Vec::new() };
		let full = self.slots.len() >= SLOTS;
		if full && self.slots.first_key_value().is_some_and(|(oldest, _)| slot < *oldest) {
			return Vec::new();
		}
		let others = self.slots.entry(slot).or_default();
		if others.len() >= PER_SLOT || others.contains(&header) {
			return Vec::new();
		}
		let pairs = others.iter().map(|other| (other.clone(), header.clone())).collect();
		others.push(header);
		if self.slots.len() > SLOTS {
			self.slots.pop_first();
		}
		pairs
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::import::tests::{header, TestHeader};

	#[test]
	fn two_headers_for_one_slot_are_a_pair() {
		let mut window = Window::default();
		assert!(window.add(header(1, 7)).is_empty());
		assert!(window.add(header(2, 8)).is_empty());
		assert!(window.add(header(1, 7)).is_empty(), "the same again");
		assert_eq!(window.add(header(2, 7)), [(header(1, 7), header(2, 7))]);
		let third = [(header(1, 7), header(3, 7)), (header(2, 7), header(3, 7))];
		assert_eq!(window.add(header(3, 7)), third);
	}

	#[test]
	fn memory_is_bounded() {
		let mut window = Window::default();
		let slots = SLOTS as u64;
		for slot in 1..=slots + 10 {
			window.add(header(1, slot));
		}
		assert_eq!(window.slots.len(), SLOTS);
		assert!(window.add(header(2, 10)).is_empty(), "too old");
		assert_eq!(window.slots.len(), SLOTS);
		assert_eq!(window.add(header(2, 11)).len(), 1);
		for number in 3..100 {
			window.add(header(number, 11));
		}
		assert_eq!(window.slots[&11].len(), PER_SLOT);
	}

	#[test]
	fn headers_without_a_slot_are_not_kept() {
		let mut window = Window::<TestHeader>::default();
		let mut bare = header(1, 7);
		bare.digest = Default::default();
		assert!(window.add(bare).is_empty());
		assert!(window.slots.is_empty());
	}
}
