// SPDX-License-Identifier: Apache-2.0

//! How a reward is shared by votes without looking at who votes.
//!
//! A delegate has an index: all rewards so far, per vote. A bucket with v votes has earned
//! `v × (index now − index then)`. So paying costs the same however many vote.
//!
//! An index is in units of 2^−96. At most 2^74 votes can be cast with the supply there is, so that each
//! payment rounds a bucket's share down by at most 2^−22, and a claim by less than one unit of EVT
//! over the first four million payments.

use crate::Balance;
use sp_core::U256;

/// Binary places of an index.
const PLACES: u32 = 96;

/// Rewards per vote, in units of 2^−96.
pub type Index = u128;

/// The index after `amount` more was shared among `votes`; `None` if nobody votes, or so few for so
/// much that an index cannot tell.
pub fn raise(index: Index, amount: Balance, votes: Balance) -> Option<Index> {
	let more = (U256::from(amount) << PLACES).checked_div(votes.into())?;
	let more: u128 = more.try_into().ok()?;
	index.checked_add(more)
}

/// What votes have earned in several stretches, each with the index at its beginning and its end:
/// rounded down once.
pub fn earned(stretches: &[(Balance, Index, Index)]) -> Balance {
	let sum = stretches.iter().fold(U256::zero(), |sum, (votes, from, to)| {
		// Below 2^256: two factors of 128 bits.
		let product = U256::from(*votes).saturating_mul(to.saturating_sub(*from).into());
		sum.saturating_add(product)
	});
	(sum >> PLACES).try_into().unwrap_or(Balance::MAX)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn shares_follow_votes() {
		let index = raise(0, 900, 300).unwrap();
		assert_eq!(earned(&[(100, 0, index)]), 300);
		let later = raise(index, 100, 400).unwrap();
		assert_eq!(earned(&[(100, index, later)]), 25);
		assert_eq!(earned(&[(100, 0, index), (200, index, later)]), 350);
		assert_eq!(earned(&[]), 0);
	}

	#[test]
	fn halves_of_units_in_two_stretches_are_not_lost() {
		let half = raise(0, 1, 2).unwrap();
		assert_eq!(earned(&[(1, 0, half)]), 0);
		assert_eq!(earned(&[(1, 0, half), (3, 0, half)]), 2);
	}

	#[test]
	fn what_an_index_cannot_tell_is_refused() {
		assert_eq!(raise(0, 5, 0), None);
		assert_eq!(raise(0, 1 << 32, 1), None);
		assert!(raise(0, (1 << 32) - 1, 1).is_some());
		assert_eq!(raise(Index::MAX, 1, 1), None);
		assert_eq!(earned(&[(Balance::MAX, 0, Index::MAX)]), Balance::MAX);
		assert_eq!(earned(&[(5, 10, 0)]), 0, "an index that begins anew");
	}

	proptest! {
		/// Whatever is paid, everyone gets its exact share to a unit, and nobody too much.
		#[test]
		fn shares_are_exact_to_a_unit(
			voters in prop::collection::vec(100_000_000_000_000u128..1 << 70, 1..20),
			amounts in prop::collection::vec(0u128..1 << 60, 1..300),
		) {
			let votes: u128 = voters.iter().sum();
			let index = amounts.iter().fold(0, |index, amount| raise(index, *amount, votes).unwrap());
			let paid: u128 = amounts.iter().sum();
			let mut given = 0;
			for voter in &voters {
				let exact = U256::from(paid) * U256::from(*voter) / U256::from(votes);
				let ours = earned(&[(*voter, 0, index)]);
				prop_assert!(U256::from(ours) <= exact && exact - U256::from(ours) <= 1.into());
				given += ours;
			}
			prop_assert!(given <= paid);
		}
	}
}
