// SPDX-License-Identifier: Apache-2.0

//! Chance that is the same for the same seed.

use codec::Encode;
use sp_io::hashing::twox_64;
use std::ops::RangeInclusive;

#[derive(Default)]
pub(super) struct Dice {
	seed: u64,
	thrown: u64,
}

impl Dice {
	pub(super) fn new(seed: u64) -> Self {
		Self { seed, thrown: 0 }
	}

	pub(super) fn within(&mut self, range: RangeInclusive<u64>) -> u64 {
		self.thrown += 1;
		let number = u64::from_le_bytes(twox_64(&(self.seed, self.thrown).encode()));
		range.start() + number % (range.end() - range.start() + 1)
	}

	/// True in one of so many throws.
	pub(super) fn one_in(&mut self, throws: u64) -> bool {
		self.within(1..=throws) == 1
	}

	pub(super) fn of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
		let last = list.len().checked_sub(1)? as u64;
		list.get(self.within(0..=last) as usize)
	}
}
