// SPDX-License-Identifier: Apache-2.0

//! Who is elected, and who of them produces.
//!
//! Members are chosen before anyone can know the seed that decides which of them produce: see
//! [`freeze`] and [`arrange`].

use super::draw::Sample;
use crate::{AccountId, Balance, EpochIndex, Hash};
use alloc::vec::Vec;
use codec::Encode;
use core::cmp::Reverse;
use sp_crypto_hashing::blake2_256;

/// Domain of the hash that orders an epoch's members.
const DOMAIN: &[u8] = b"eventum/producers/1";

/// The `seats` with the most votes, best first, ties to the smaller account. Who has no votes is not
/// eligible.
pub fn best(mut eligible: Vec<(AccountId, Balance)>, seats: u32) -> Vec<(AccountId, Balance)> {
	eligible.retain(|(_, votes)| *votes > 0);
	eligible.sort_unstable_by(|(one, votes), (other, others)| {
		(Reverse(votes), one).cmp(&(Reverse(others), other))
	});
	eligible.truncate(usize::try_from(seats).unwrap_or(usize::MAX));
	eligible
}

/// The [`best`]; `None` if they are fewer than `least`: then the last set stays.
pub fn freeze(
	eligible: Vec<(AccountId, Balance)>,
	seats: u32,
	least: u32,
) -> Option<Vec<AccountId>> {
	let best = best(eligible, seats);
	let enough = best.len() >= usize::try_from(least).unwrap_or(usize::MAX);
	enough.then(|| best.into_iter().map(|(account, _)| account).collect())
}

/// Members in the order that a seed gives them for an epoch. As many of the first as there are
/// producers produce.
pub fn arrange(seed: Hash, epoch: EpochIndex, members: &[AccountId]) -> Vec<AccountId> {
	let seed = (DOMAIN, seed, epoch).using_encoded(blake2_256);
	let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
	Sample::new(seed, count)
		.filter_map(|place| members.get(usize::try_from(place).ok()?).cloned())
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use std::collections::BTreeSet;

	fn account(number: u8) -> AccountId {
		AccountId::new([number; 32])
	}

	fn accounts(numbers: &[u8]) -> Vec<AccountId> {
		numbers.iter().copied().map(account).collect()
	}

	fn candidates(votes: &[(u8, Balance)]) -> Vec<(AccountId, Balance)> {
		votes.iter().map(|(number, votes)| (account(*number), *votes)).collect()
	}

	#[test]
	fn the_best_are_chosen_and_ties_go_by_account() {
		let all = candidates(&[(9, 5), (1, 5), (2, 7), (3, 0), (4, 1), (5, 5)]);
		assert_eq!(freeze(all.clone(), 3, 1), Some(accounts(&[2, 1, 5])));
		assert_eq!(freeze(all.clone(), 36, 5), Some(accounts(&[2, 1, 5, 9, 4])));
		assert_eq!(freeze(all.clone(), 36, 6), None, "one has no votes");
		assert_eq!(freeze(all, 3, 4), None, "more are needed than there are seats");
		assert_eq!(freeze(Vec::new(), 36, 0), Some(Vec::new()));
	}

	#[test]
	fn seed_and_epoch_decide_the_order() {
		let members = accounts(&(0..36).collect::<Vec<_>>());
		let order = |seed, epoch| arrange(Hash::from_low_u64_be(seed), epoch, &members);
		assert_eq!(order(1, 1), order(1, 1));
		assert_ne!(order(1, 1), order(2, 1));
		assert_ne!(order(1, 1), order(1, 2));
		assert!(arrange(Hash::zero(), 0, &[]).is_empty());
	}

	/// Whoever is first by votes is not first to produce more often than others: over 3,600 epochs,
	/// each of 36 is first some 100 times.
	#[test]
	fn the_order_does_not_follow_votes() {
		let members = accounts(&(0..36).collect::<Vec<_>>());
		let mut first = [0u32; 36];
		for epoch in 0..3_600 {
			let order = arrange(Hash::repeat_byte(7), epoch, &members);
			let place = members.iter().position(|one| *one == order[0]).unwrap();
			first[place] += 1;
		}
		// χ² with 35 degrees of freedom exceeds 66.6 once in a thousand times.
		let chi: f64 = first.iter().map(|count| (f64::from(*count) - 100.0).powi(2) / 100.0).sum();
		assert!(chi < 66.6, "{chi}");
	}

	proptest! {
		#[test]
		fn an_order_has_every_member_once(count in 0u8..=200, seed in any::<u64>()) {
			let members = accounts(&(0..count).collect::<Vec<_>>());
			let order = arrange(Hash::from_low_u64_be(seed), 3, &members);
			prop_assert_eq!(order.len(), members.len());
			let unique: BTreeSet<_> = order.into_iter().collect();
			prop_assert_eq!(unique, members.into_iter().collect());
		}

		/// Nobody is left out who has more votes than somebody chosen.
		#[test]
		fn nobody_better_is_left_out(
			votes in prop::collection::vec(0u128..50, 0..80),
			seats in 1u32..40,
		) {
			let all: Vec<_> = votes.iter().enumerate().map(|(n, v)| (account(n as u8), *v)).collect();
			let chosen = freeze(all.clone(), seats, 0).unwrap();
			let votes_of = |one: &AccountId| all.iter().find(|(other, _)| other == one).unwrap().1;
			let worst = chosen.iter().map(votes_of).min().unwrap_or(0);
			for (one, votes) in &all {
				if !chosen.contains(one) && *votes > 0 {
					prop_assert_eq!(chosen.len(), seats as usize);
					prop_assert!(*votes <= worst);
				}
			}
		}
	}
}
