// SPDX-License-Identifier: Apache-2.0

//! Everyone is drawn alike.

use crate::{mock::*, MAX_MEMBERS, MAX_PRODUCERS};
use eventum_primitives::{beacon::accumulate, epoch::Size};
use std::collections::BTreeSet;

/// Epochs that are drawn.
const EPOCHS: u32 = 2_500;

/// The probability that a chi-square of so many degrees of freedom is at least as great: by Wilson and
/// Hilferty, whose cube root is nearly normal.
fn probability(chi_square: f64, freedom: f64) -> f64 {
	let spread = 2.0 / (9.0 * freedom);
	let deviation = ((chi_square / freedom).cbrt() - (1.0 - spread)) / spread.sqrt();
	// The tail of the normal distribution, by the midpoint rule.
	let step = 1e-3;
	let density = |x: f64| (-x * x / 2.0).exp() / std::f64::consts::TAU.sqrt();
	let tail = (0..12_000).map(|place| deviation.abs() + (f64::from(place) + 0.5) * step);
	let tail: f64 = tail.map(|x| density(x) * step).sum();
	if deviation < 0.0 {
		1.0 - tail
	} else {
		tail
	}
}

#[test]
fn probabilities_are_those_of_tables() {
	for (chi_square, freedom, expected) in
		[(49.802, 35.0, 0.05), (57.342, 35.0, 0.01), (34.336, 35.0, 0.5), (22.465, 35.0, 0.95)]
	{
		let ours = probability(chi_square, freedom);
		assert!((ours - expected).abs() < 2e-3, "{chi_square}: {ours}");
	}
}

/// Draws epochs whose seeds follow from each other as the beacon's outputs do.
#[test]
fn of_thirty_six_members_everyone_produces_alike() {
	let size = Size { members: MAX_MEMBERS, producers: MAX_PRODUCERS };
	chain(MAX_MEMBERS as u8, size).execute_with(|| {
		step(first_slot(FIRST));
		let mut produced = [0u32; MAX_MEMBERS as usize];
		let mut first = [0u32; MAX_MEMBERS as usize];
		let mut sets = BTreeSet::new();
		for next in FIRST + 1..=FIRST + EPOCHS {
			// The blocks that a set is made by: one before the freeze, the freeze, the draw, and the turn.
			for before in [21, 20, 15, 10, 0] {
				Seed::mutate(|seed| *seed = accumulate(*seed, *seed));
				step(first_slot(next) - before);
			}
			let term = Elections::active();
			for member in term.producing() {
				produced[usize::from(number_of(member)) - 1] += 1;
			}
			first[usize::from(number_of(&term.members[0])) - 1] += 1;
			sets.insert(term.producing().cloned().collect::<BTreeSet<_>>());
		}

		let (members, producers) = (f64::from(MAX_MEMBERS), f64::from(MAX_PRODUCERS));
		let (epochs, share) = (f64::from(EPOCHS), producers / members);
		let square = |count: &u32, expected: f64| (f64::from(*count) - expected).powi(2);
		// Drawn without replacement, counts vary as n p (1 − p), and so that they sum up to a constant.
		let variance = epochs * share * (1.0 - share) * members / (members - 1.0);
		let sum: f64 = produced.iter().map(|count| square(count, epochs * share)).sum();
		let chi_square = sum / variance;
		let p = probability(chi_square, members - 1.0);
		println!("producing: chi-square {chi_square:.1} of 35 degrees, p = {p:.3}");
		assert!(p > 0.001 && p < 0.999);

		let expected = epochs / members;
		let chi_square: f64 = first.iter().map(|count| square(count, expected) / expected).sum();
		let p = probability(chi_square, members - 1.0);
		println!("owning the first slot: chi-square {chi_square:.1} of 35 degrees, p = {p:.3}");
		assert!(p > 0.001 && p < 0.999);
		assert!(sets.len() as u32 > EPOCHS * 99 / 100, "sets hardly ever come again");
		Elections::do_try_state().unwrap();
	});
}
