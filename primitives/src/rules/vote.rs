// SPDX-License-Identifier: Apache-2.0

//! What a bucket's votes are.
//!
//! `w = 1 + log_1.2(days × (auto-renewing ? 2 : 1)) / 100`, and 1 for no days at all; × 1.06 for the
//! own bucket of a delegate that renews itself and is of at least 91 days. Votes are ⌊amount × w⌋.

use crate::Balance;
use sp_runtime::{FixedPointNumber, FixedU128};

/// Longest term of a bucket, in days.
pub const MAX_DAYS: u32 = 1_050;
/// Shortest term, in days, of a delegate's own bucket that counts for more.
pub const MIN_OWN_DAYS: u32 = 91;

/// Binary places of [`log2`].
const PLACES: u32 = 48;
/// 10^18 / (100 × log2 1.2), rounded to nearest: what a doubling of days adds to a weight.
const PER_DOUBLING: u128 = 38_017_840_169_239_303;

/// log2 of `value` (of 0: 0) in units of 2^−48, exact to two of them.
const fn log2(value: u32) -> u64 {
	if value == 0 {
		return 0;
	}
	let whole = value.ilog2();
	// In 1..2, in units of 2^−62.
	let mut rest = (value as u128) << (62 - whole);
	let (mut log, mut place) = (whole as u64, 0);
	while place < PLACES {
		rest = (rest * rest) >> 62;
		log <<= 1;
		if rest >> 63 != 0 {
			rest >>= 1;
			log |= 1;
		}
		place += 1;
	}
	log
}

/// How much an EVT counts in a bucket of so many days; `own`: a delegate's own bucket.
pub fn weight(days: u32, auto_renew: bool, own: bool) -> FixedU128 {
	let days_counted = if auto_renew { days.saturating_mul(2) } else { days };
	let more = (u128::from(log2(days_counted)).saturating_mul(PER_DOUBLING)) >> PLACES;
	let weight = FixedU128::DIV.saturating_add(more);
	let favoured = own && auto_renew && days >= MIN_OWN_DAYS;
	FixedU128::from_inner(if favoured { weight.saturating_mul(106) / 100 } else { weight })
}

/// The votes of a bucket.
pub fn votes(amount: Balance, days: u32, auto_renew: bool, own: bool) -> Balance {
	weight(days, auto_renew, own).saturating_mul_int(amount)
}

#[cfg(test)]
mod tests {
	use super::*;

	/// The formula in floating point, which is exact to 10^−15 here.
	fn reference(days: u32, auto_renew: bool, own: bool) -> f64 {
		if days == 0 {
			return 1.0;
		}
		let days_counted = f64::from(days) * if auto_renew { 2.0 } else { 1.0 };
		let weight = 1.0 + days_counted.ln() / 1.2f64.ln() / 100.0;
		if own && auto_renew && days >= 91 {
			weight * 1.06
		} else {
			weight
		}
	}

	#[test]
	fn weights_equal_the_formula_over_the_whole_range() {
		for days in 0..=MAX_DAYS {
			for (auto_renew, own) in [(false, false), (false, true), (true, false), (true, true)] {
				let ours = weight(days, auto_renew, own).to_float();
				let exact = reference(days, auto_renew, own);
				assert!((ours - exact).abs() < 1e-12, "{days} {auto_renew} {own}: {ours} {exact}");
			}
		}
	}

	#[test]
	fn values_of_the_specification_hold() {
		let rounded = |days, auto_renew, own| {
			(weight(days, auto_renew, own).to_float() * 10_000.0).round() as u32
		};
		assert_eq!(rounded(14, false, false), 11_447);
		assert_eq!(rounded(91, false, false), 12_474);
		assert_eq!(rounded(91, true, false), 12_854);
		assert_eq!(rounded(91, true, true), 13_626);
		assert_eq!(rounded(1_050, true, false), 14_196);
		assert_eq!(votes(100, 100, false, false), 125);
		assert_eq!(votes(100, 100, true, false), 129);
		assert_eq!(votes(100, 100, true, true), 136);
	}

	#[test]
	fn no_days_and_one_day_count_once() {
		for own in [false, true] {
			assert_eq!(votes(77, 0, true, own), 77);
			assert_eq!(votes(77, 1, false, own), 77);
		}
		assert_eq!(weight(90, true, true), weight(90, true, false), "an own bucket of 90 days");
		assert_eq!(weight(91, false, true), weight(91, false, false), "one that runs out");
	}

	#[test]
	fn nothing_overflows() {
		assert_eq!(votes(Balance::MAX, u32::MAX, true, true), Balance::MAX);
		let supply = 10_000_000_000 * crate::EVT;
		let exact = reference(1_050, true, true) * supply as f64;
		let ours = votes(supply, 1_050, true, true) as f64;
		assert!((ours / exact - 1.0).abs() < 1e-12);
	}
}
