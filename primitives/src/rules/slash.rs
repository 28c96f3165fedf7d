// SPDX-License-Identifier: Apache-2.0

//! What offences of delegates cost of their own bucket.

use crate::Balance;
use sp_runtime::{Perbill, Percent};

/// Of a first double authorship.
pub const DOUBLE_AUTHORSHIP: Perbill = Perbill::from_percent(5);
/// Of a first whole epoch of absence.
pub const ABSENCE: Perbill = Perbill::from_perthousand(1);
/// Of what is slashed, to who reported it.
pub const REPORTER: Percent = Percent::from_percent(10);

/// For GRANDPA equivocations of `offenders` among `members`: `min((3k/n)², 1)`.
pub fn equivocation(offenders: u32, members: u32) -> Perbill {
	let members = u64::from(members);
	let threefold = u64::from(offenders).saturating_mul(3).min(members);
	Perbill::from_rational(threefold.saturating_pow(2), members.saturating_pow(2))
}

/// For an offence that was committed `repeats` times before: the first one's share, doubled each time.
pub fn repeated(first: Perbill, repeats: u32) -> Perbill {
	let factor = 1u32.checked_shl(repeats).unwrap_or(u32::MAX);
	let parts = first.deconstruct().saturating_mul(factor);
	Perbill::from_parts(parts)
}

/// What is still to be taken for an offence that costs `share` of `stake`, of which `taken` was taken
/// by earlier reports: the difference, never anything back.
pub fn due(stake: Balance, share: Perbill, taken: Balance) -> Balance {
	share.mul_floor(stake).saturating_sub(taken)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn equivocations_cost_more_the_more_there_are() {
		assert_eq!(equivocation(1, 36), Perbill::from_parts(6_944_444));
		assert_eq!(equivocation(6, 36), Perbill::from_percent(25));
		assert_eq!(equivocation(12, 36), Perbill::one());
		assert_eq!(equivocation(36, 36), Perbill::one());
		assert_eq!(equivocation(u32::MAX, 36), Perbill::one());
		assert_eq!(equivocation(0, 36), Perbill::zero());
	}

	#[test]
	fn repeats_double() {
		let percent = |repeats| repeated(DOUBLE_AUTHORSHIP, repeats) * 1_000u32;
		assert_eq!([0, 1, 2, 3, 4, 5].map(percent), [50, 100, 200, 400, 800, 1_000]);
		assert_eq!(repeated(ABSENCE, 1), Perbill::from_parts(2_000_000));
		assert_eq!(repeated(ABSENCE, 32), Perbill::one());
		assert_eq!(repeated(ABSENCE, u32::MAX), Perbill::one());
	}

	#[test]
	fn of_repeated_reports_only_the_difference_is_taken() {
		let (one, two) = (equivocation(1, 9), equivocation(2, 9));
		let first = due(1_000_000, one, 0);
		assert_eq!(first, 111_111);
		assert_eq!(due(1_000_000, one, first), 0, "the same report again");
		let second = due(1_000_000, two, first);
		assert_eq!(first + second, 444_444);
		assert_eq!(due(1_000_000, one, first + second), 0, "nothing is given back");
	}
}
