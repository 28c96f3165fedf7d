// SPDX-License-Identifier: Apache-2.0

//! What an epoch may spend of the delegate reserve.
//!
//! A fixed share of what there is: it shrinks smoothly and cannot run dry. Of it 60 % goes to blocks,
//! the same for each slot, and 40 % to the best delegates in proportion to their votes.

use crate::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{
	helpers_128bit::multiply_by_rational_with_rounding, Perbill, Perquintill, Rounding,
};

/// The share that leaves half of the reserve after four years of daily epochs (1,461):
/// 1 − 2^(−1/1461), in units of 10^−18.
pub const FOUR_YEARS_HALF: Perquintill = Perquintill::from_parts(474_320_862_749_585);
/// Share of a budget that goes to blocks.
const BLOCKS: Perbill = Perbill::from_percent(60);

/// What an epoch may spend.
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
pub struct Budget {
	/// For each block that is made. What is missed stays in the reserve.
	pub per_block: Balance,
	/// For delegates with proof of life.
	pub delegates: Balance,
}

impl Budget {
	/// The budget of an epoch of so many slots that ends with this reserve.
	pub fn new(reserve: Balance, rate: Perquintill, slots: u32) -> Self {
		let all = rate.mul_floor(reserve);
		let blocks = BLOCKS.mul_floor(all);
		Self {
			per_block: blocks.checked_div(slots.into()).unwrap_or_default(),
			delegates: all.saturating_sub(blocks),
		}
	}

	/// What so many blocks get.
	pub fn blocks(&self, made: u32) -> Balance {
		self.per_block.saturating_mul(made.into())
	}

	/// What one of the best delegates gets, with `votes` of the `all` votes of the best.
	pub fn share(&self, votes: Balance, all: Balance) -> Balance {
		let votes = votes.min(all);
		multiply_by_rational_with_rounding(self.delegates, votes, all.max(1), Rounding::Down)
			.unwrap_or_default()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::EVT;
	use proptest::prelude::*;

	const RESERVE: Balance = 3_000_000_000 * EVT;

	#[test]
	fn half_lasts_four_years() {
		let mut reserve = RESERVE;
		for _ in 0..1_461 {
			let budget = Budget::new(reserve, FOUR_YEARS_HALF, 8_640);
			reserve -= budget.per_block * 8_640 + budget.delegates;
		}
		let left = reserve as f64 / RESERVE as f64;
		assert!((left - 0.5).abs() < 1e-9, "{left}");
	}

	#[test]
	fn sixty_percent_go_to_blocks() {
		let budget = Budget::new(1_000_000, Perquintill::from_percent(1), 60);
		assert_eq!(budget, Budget { per_block: 100, delegates: 4_000 });
		assert_eq!(budget.share(1, 3), 1_333);
		assert_eq!(budget.share(3, 3), 4_000);
		assert_eq!(budget.share(0, 0), 0);
		assert_eq!(Budget::new(5, Perquintill::one(), 0).per_block, 0);
	}

	proptest! {
		#[test]
		fn no_more_is_spent_than_there_is(
			reserve in any::<u128>(),
			rate in 0u64..=1_000_000_000_000_000_000,
			slots in 1u32..100_000,
			votes in prop::collection::vec(0u128..1 << 74, 1..100),
		) {
			let budget = Budget::new(reserve, Perquintill::from_parts(rate), slots);
			let all: u128 = votes.iter().sum();
			let shares: u128 = votes.iter().map(|one| budget.share(*one, all)).sum();
			prop_assert!(shares <= budget.delegates);
			let spent = budget.per_block.checked_mul(slots.into()).unwrap();
			prop_assert!(spent.checked_add(budget.delegates).unwrap() <= reserve);
		}
	}
}
