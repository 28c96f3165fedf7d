// SPDX-License-Identifier: Apache-2.0

//! A bounded set of join indices, one bit each.

use crate::{definition::MAX_PEOPLE, JoinIndex};
use alloc::vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::ConstU32;
use sp_runtime::BoundedVec;

/// Bytes that hold one bit for each of the most reporters a feed can have.
pub const MAX_BYTES: u32 = MAX_PEOPLE.div_ceil(8);

/// One bit per join index, least significant bit first.
#[derive(
	Clone,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Bits(BoundedVec<u8, ConstU32<MAX_BYTES>>);

impl Bits {
	/// A set of these bits that has room for `people`; without room if there are none, so that the same
	/// set is always the same bytes.
	pub fn of(people: u32, indices: impl IntoIterator<Item = JoinIndex>) -> Self {
		let mut bits = Self::new(people);
		indices.into_iter().for_each(|index| bits.set(index));
		if bits.count() == 0 {
			Self::default()
		} else {
			bits
		}
	}

	/// Whether [`Self::of`] could have made this set for `people`.
	pub fn is_canonical(&self, people: u32) -> bool {
		*self == Self::default() || (self.fits(people) && self.count() > 0)
	}

	/// A set that has room for `people` bits, all clear. More than [`MAX_PEOPLE`] are cut.
	pub fn new(people: u32) -> Self {
		let bytes = people.min(MAX_PEOPLE).div_ceil(8);
		Self(BoundedVec::truncate_from(vec![0; bytes as usize]))
	}

	/// Whether this set is of the one right length for `people`, with no bit beyond them.
	pub fn fits(&self, people: u32) -> bool {
		if self.0.len() != people.div_ceil(8) as usize {
			return false;
		}
		match (people % 8, self.0.last()) {
			(0, _) | (_, None) => true,
			(used, Some(last)) => last.checked_shr(used).unwrap_or(0) == 0,
		}
	}

	/// Whether the bit of `index` is set; false beyond the end.
	pub fn get(&self, index: JoinIndex) -> bool {
		self.0.get((index / 8) as usize).is_some_and(|byte| byte & (1 << (index % 8)) != 0)
	}

	/// Sets the bit of `index`; nothing happens beyond the end.
	pub fn set(&mut self, index: JoinIndex) {
		if let Some(byte) = self.0.get_mut((index / 8) as usize) {
			*byte |= 1 << (index % 8);
		}
	}

	/// How many bits there is room for.
	pub fn capacity(&self) -> u32 {
		self.0.len() as u32 * 8
	}

	/// How many bits are set.
	pub fn count(&self) -> u32 {
		self.0.iter().map(|byte| byte.count_ones()).sum()
	}

	/// The set indices, rising.
	pub fn iter(&self) -> impl Iterator<Item = JoinIndex> + '_ {
		(0..self.0.len() as u32 * 8).filter(|index| self.get(*index))
	}

	/// Whether every bit of this set is set in `other` too.
	pub fn is_subset(&self, other: &Self) -> bool {
		self.iter().all(|index| other.get(index))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn bits_are_kept_and_counted() {
		let mut bits = Bits::new(10);
		for index in [0, 7, 9, 10_000] {
			bits.set(index);
		}
		assert_eq!(bits.iter().collect::<alloc::vec::Vec<_>>(), [0, 7, 9]);
		assert_eq!((bits.count(), bits.capacity()), (3, 16));
		assert!(bits.get(9) && !bits.get(8) && !bits.get(10_000));
	}

	#[test]
	fn the_same_set_is_the_same_bytes() {
		let none = Bits::of(20, []);
		assert_eq!(none, Bits::default());
		assert!(none.is_canonical(20) && !Bits::new(20).is_canonical(20));
		let some = Bits::of(20, [3, 17, 40]);
		assert_eq!(some.iter().collect::<alloc::vec::Vec<_>>(), [3, 17]);
		assert!(some.is_canonical(20) && !some.is_canonical(30) && !some.is_canonical(17));
	}

	#[test]
	fn length_and_stray_bits_are_noticed() {
		let mut bits = Bits::new(16);
		bits.set(10);
		assert!(bits.fits(16) && bits.fits(11));
		assert!(!bits.fits(10), "bit 10 is beyond ten people");
		assert!(!bits.fits(8) && !bits.fits(17));
	}
}
