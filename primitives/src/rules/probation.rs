// SPDX-License-Identifier: Apache-2.0

//! What becomes of delegates that do not make their blocks.

use crate::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Longest probation, in epochs; also the one for an offence.
pub const LONGEST: u32 = 48;
/// Probation after the first bad epoch.
const FIRST: u32 = 6;
/// Share of owned slots that must be made, in percent.
const LEAST_PERCENT: u64 = 85;

/// What a delegate did in an epoch.
#[derive(
	Clone,
	Copy,
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
pub struct Production {
	/// Blocks made.
	pub made: u32,
	/// Slots owned and missed.
	pub missed: u32,
}

impl Production {
	/// Slots owned.
	pub fn owned(&self) -> u32 {
		self.made.saturating_add(self.missed)
	}

	/// Whether less than 85 % of the slots owned were made.
	pub fn is_poor(&self) -> bool {
		u64::from(self.made).saturating_mul(100)
			< u64::from(self.owned()).saturating_mul(LEAST_PERCENT)
	}
}

/// Epochs of probation left after one in which a delegate did this.
pub fn next(left: u32, production: Production) -> u32 {
	if !production.is_poor() {
		left.saturating_sub(1)
	} else if left == 0 {
		FIRST
	} else {
		left.saturating_mul(2).min(LONGEST)
	}
}

/// The votes that count in an election: a tenth of them on probation.
pub fn effective(votes: Balance, left: u32) -> Balance {
	if left > 0 {
		votes / 10
	} else {
		votes
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const GOOD: Production = Production { made: 306, missed: 54 };
	const POOR: Production = Production { made: 305, missed: 55 };

	#[test]
	fn eighty_five_percent_are_enough() {
		assert_eq!(GOOD.owned(), 360);
		assert!(!GOOD.is_poor());
		assert!(POOR.is_poor());
		assert!(!Production::default().is_poor(), "who owned no slot missed none");
		assert!(Production { made: 0, missed: 1 }.is_poor());
		assert!(!Production { made: u32::MAX, missed: 0 }.is_poor());
		assert!(Production { made: 0, missed: u32::MAX }.is_poor());
	}

	#[test]
	fn probation_doubles_up_to_its_bound_and_runs_down() {
		let after = |left, epochs| (0..epochs).fold(left, |left, _| next(left, POOR));
		assert_eq!([1, 2, 3, 4, 5].map(|epochs| after(0, epochs)), [6, 12, 24, 48, 48]);
		assert_eq!(next(1, POOR), 2);
		assert_eq!((0..6).fold(6, |left, _| next(left, GOOD)), 0);
		assert_eq!(next(0, GOOD), 0);
		// Not being elected counts as any other epoch.
		assert_eq!(next(48, Production::default()), 47);
	}

	#[test]
	fn a_tenth_counts_on_probation() {
		assert_eq!(
			(effective(1_009, 0), effective(1_009, 1), effective(1_009, 48)),
			(1_009, 100, 100)
		);
	}
}
