// SPDX-License-Identifier: Apache-2.0

//! What the members of a committee are paid.

use crate::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What a requester offers each member of a committee.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum FeeTerms {
	/// So much EVT per counted report.
	Fixed(Balance),
	/// The median of what registered nodes ask, as far as what is locked goes.
	Median,
}

impl FeeTerms {
	/// EVT per counted report when nodes ask `median` and what is locked lasts for `affordable`.
	pub fn rate(self, median: impl FnOnce() -> Balance, affordable: Balance) -> Balance {
		match self {
			Self::Fixed(rate) => rate.min(affordable),
			Self::Median => median().min(affordable),
		}
	}
}

/// Reports that may still have to be paid for: one of each who `joined`, in each of `rounds`, to each of
/// `members`.
fn reports(members: u32, joined: u32, rounds: u32) -> Balance {
	[joined, rounds]
		.into_iter()
		.fold(members.into(), |product: Balance, factor| product.saturating_mul(factor.into()))
}

/// What must be locked so that `rate` can be paid for all reports of so many rounds.
pub fn needed(rate: Balance, members: u32, joined: u32, rounds: u32) -> Balance {
	rate.saturating_mul(reports(members, joined, rounds))
}

/// The rate that `locked` lasts for over so many rounds.
///
/// Who never pays more than this for a round can afford as much for each round that is left.
pub fn affordable(locked: Balance, members: u32, joined: u32, rounds: u32) -> Balance {
	locked.checked_div(reports(members, joined, rounds)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn terms_are_bounded_by_what_is_there() {
		assert_eq!(FeeTerms::Fixed(7).rate(|| 100, 8), 7);
		assert_eq!(FeeTerms::Fixed(9).rate(|| 100, 8), 8);
		assert_eq!(FeeTerms::Median.rate(|| 5, 8), 5);
		assert_eq!(FeeTerms::Median.rate(|| 100, 8), 8);
		assert_eq!(affordable(needed(3, 4, 10, 2), 4, 10, 2), 3);
		assert_eq!(affordable(79, 4, 10, 2), 0);
		assert_eq!(affordable(1, 4, 10, 0), 0, "there is nothing to pay for");
	}

	proptest! {
		/// Whatever is asked, round after round, what was affordable at first stays so.
		#[test]
		fn what_was_promised_stays_affordable(
			locked in 0u128..1 << 60,
			members in 4u32..64,
			joined in 1u32..10_000,
			asked in prop::collection::vec((any::<u64>(), any::<u32>()), 1..100),
		) {
			let (mut locked, mut rounds) = (locked, asked.len() as u32);
			let promised = affordable(locked, members, joined, rounds);
			for (median, counted) in asked {
				let limit = affordable(locked, members, joined, rounds);
				prop_assert!(limit >= promised);
				let rate = FeeTerms::Median.rate(|| median.into(), limit);
				let paid = needed(rate, members, counted.min(joined), 1);
				prop_assert!(paid <= locked);
				locked -= paid;
				rounds -= 1;
			}
		}
	}
}
