// SPDX-License-Identifier: Apache-2.0

//! What joining a feed costs.

use crate::Balance;
use sp_runtime::{
	helpers_128bit::multiply_by_rational_with_rounding, FixedPointNumber, FixedU64, Rounding,
};

/// Stake of who joins with `joined` reporters already in: ⌈C × K / max(min_people, joined + 1)⌉.
///
/// Early and few pay more, so that an empty feed cannot be captured cheaply.
pub fn join_stake(reward: Balance, factor: FixedU64, min_people: u32, joined: u32) -> Balance {
	let people = min_people.max(joined.saturating_add(1)).max(1);
	let divisor = u128::from(people).saturating_mul(u128::from(FixedU64::DIV));
	multiply_by_rational_with_rounding(
		reward,
		u128::from(factor.into_inner()),
		divisor,
		Rounding::Up,
	)
	.unwrap_or(Balance::MAX)
}

/// The part of a stake that is forfeited for having dissented in `dissents` of `rounds` rounds:
/// `1 / rounds` of the stake rides on each.
pub fn forfeited(stake: Balance, dissents: u32, rounds: u32) -> Balance {
	let rounds = u128::from(rounds.max(1));
	let dissents = u128::from(dissents).min(rounds);
	multiply_by_rational_with_rounding(stake, dissents, rounds, Rounding::Down).unwrap_or(stake)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn stakes_fall_with_people_and_round_up() {
		let k = FixedU64::from_rational(3, 2);
		assert_eq!(join_stake(1_000, k, 20, 0), 75);
		assert_eq!(join_stake(1_000, k, 20, 19), 75);
		assert_eq!(join_stake(1_000, k, 20, 20), 72, "1500 / 21 = 71.4, rounded up");
		assert_eq!(join_stake(1_000, FixedU64::from_u32(0), 20, 0), 0);
	}

	#[test]
	fn a_share_of_the_stake_rides_on_each_round() {
		assert_eq!(forfeited(100, 1, 3), 33);
		assert_eq!(forfeited(100, 3, 3), 100);
		assert_eq!(forfeited(100, 0, 0), 0);
	}
}
