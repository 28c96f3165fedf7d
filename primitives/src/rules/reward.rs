// SPDX-License-Identifier: Apache-2.0

//! What agreeing reporters earn.
//!
//! `w_i = s_i × b_i` with `s_i = 4^(−x_i)`, `x_i = min(1, (t_i − t_first) / τ)` and
//! `τ = max(1,000 ms, 2 × (t_median − t_first))` over the agreeing votes' times: the fastest earns up
//! to four times as much as the slowest.

use crate::Balance;
use alloc::vec::Vec;
use sp_runtime::{
	helpers_128bit::multiply_by_rational_with_rounding, FixedPointNumber, FixedU64, Rounding,
};

/// Shortest time over which speed is told apart, in ms: below it it is network, not people.
pub const MIN_TAU: u64 = 1_000;
/// One in the fixed point of [`speed`]: 2^60.
pub const ONE: u64 = 1 << 60;

/// 2^(−2^−k) for k = 1..=40 in units of 2^−60, rounded to nearest: the square roots of a half, one
/// after the other.
const ROOTS: [u64; 40] = roots();

/// ⌊√(value × 2^60)⌉, `value` in units of 2^−60.
const fn root(value: u64) -> u64 {
	let square = (value as u128) << 60;
	let (mut low, mut high) = (0u128, ONE as u128);
	while low < high {
		let middle = (low + high).div_ceil(2);
		if middle * middle <= square {
			low = middle;
		} else {
			high = middle - 1;
		}
	}
	if square - low * low > low {
		low += 1;
	}
	low as u64
}

const fn roots() -> [u64; 40] {
	let mut table = [0; 40];
	let (mut index, mut value) = (0, ONE / 2);
	while index < table.len() {
		value = root(value);
		table[index] = value;
		index += 1;
	}
	table
}

/// `4^(−elapsed/tau)`, at least a quarter, in units of 2^−60; exact to 10^−9.
pub fn speed(elapsed: u64, tau: u64) -> u64 {
	let tau = tau.max(1);
	if elapsed >= tau {
		return ONE / 4;
	}
	// The exponent 2 × elapsed / tau in units of 2^−40: below 2^41.
	let exponent = ((u128::from(elapsed) << 41) / u128::from(tau)) as u64;
	let mut value = ONE >> (exponent >> 40);
	for (bit, root) in ROOTS.iter().enumerate() {
		if exponent & (1 << (39 - bit)) != 0 {
			value = ((u128::from(value) * u128::from(*root)) >> 60) as u64;
		}
	}
	value
}

/// The time over which speed is told apart, from the agreeing votes' times (any order).
pub fn tau(times: &[u64]) -> u64 {
	let mut sorted = Vec::from(times);
	sorted.sort_unstable();
	let first = sorted.first().copied().unwrap_or(0);
	let median = lower_median(&sorted).unwrap_or(first);
	median.saturating_sub(first).saturating_mul(2).max(MIN_TAU)
}

/// The lower median of rising values.
pub fn lower_median(sorted: &[u64]) -> Option<u64> {
	sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

/// The weight of each agreeing vote: `times` in ms from any common start, with whether its reporter
/// joined early.
pub fn weights(votes: &[(u64, bool)], join_bonus: FixedU64) -> Vec<u128> {
	let times: Vec<u64> = votes.iter().map(|(time, _)| *time).collect();
	let first = times.iter().min().copied().unwrap_or(0);
	let tau = tau(&times);
	votes
		.iter()
		.map(|(time, early)| {
			let bonus = if *early { join_bonus } else { FixedU64::from_u32(1) };
			let speed = speed(time.saturating_sub(first), tau);
			u128::from(speed).saturating_mul(u128::from(bonus.into_inner()))
		})
		.collect()
}

/// What each weight is paid of `amount`: ⌊amount × w / Σw⌋, so that the sum never exceeds it.
pub fn split(amount: Balance, weights: &[u128]) -> Vec<Balance> {
	let sum = weights.iter().fold(0u128, |sum, weight| sum.saturating_add(*weight)).max(1);
	weights
		.iter()
		.map(|weight| {
			multiply_by_rational_with_rounding(amount, *weight, sum, Rounding::Down).unwrap_or(0)
		})
		.collect()
}

/// The part of a feed's reward that one of its `rounds` paying rounds gets.
pub fn round_reward(reward: Balance, rounds: u32) -> Balance {
	reward / Balance::from(rounds.max(1))
}

/// One for a fixed-point bonus.
pub const fn no_bonus() -> FixedU64 {
	FixedU64::from_inner(FixedU64::DIV)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	proptest! {
		#[test]
		fn speed_is_exact_to_a_billionth(elapsed in 0u64..2_000_000, tau in 1_000u64..1_000_000) {
			let x = (elapsed as f64 / tau as f64).min(1.0);
			let exact = 4f64.powf(-x);
			let ours = speed(elapsed, tau) as f64 / ONE as f64;
			prop_assert!((exact - ours).abs() < 1e-9, "{exact} {ours}");
		}

		#[test]
		fn nobody_is_paid_more_than_there_is(
			amount in 0u128..1 << 90,
			votes in proptest::collection::vec((0u64..100_000, any::<bool>()), 1..200),
			bonus in 1_000_000_000u64..2_000_000_000,
		) {
			let weights = weights(&votes, FixedU64::from_inner(bonus));
			let paid = split(amount, &weights);
			prop_assert!(paid.iter().sum::<u128>() <= amount);
			prop_assert!(amount - paid.iter().sum::<u128>() < votes.len() as u128, "a unit each");
			let spread = weights.iter().max().unwrap() / weights.iter().min().unwrap();
			prop_assert!(spread <= 8, "four for speed, two for joining early");
		}
	}

	#[test]
	fn one_straggler_does_not_flatten_the_curve() {
		assert_eq!(tau(&[0, 600, 700, 800, 90_000]), 1_400);
		assert_eq!(tau(&[5, 6]), MIN_TAU);
		assert_eq!(speed(0, 1_000), ONE);
		assert_eq!(speed(1_000, 1_000), ONE / 4);
		assert_eq!(speed(500, 1_000), ONE / 2);
	}
}
