// SPDX-License-Identifier: Apache-2.0

//! Uniform draws without replacement.

use alloc::collections::BTreeMap;
use codec::Encode;
use sp_crypto_hashing::blake2_256;

/// The numbers 0..count in random order: a Fisher–Yates shuffle, one step at a time, of which only the
/// places moved so far are kept. So it does no more work than it is asked for.
pub struct Sample {
	seed: [u8; 32],
	count: u32,
	step: u32,
	moved: BTreeMap<u32, u32>,
}

impl Sample {
	/// The order that a seed gives. It must be a hash that names what is drawn, or two draws from one
	/// beacon output would give the same order.
	pub fn new(seed: [u8; 32], count: u32) -> Self {
		Self { seed, count, step: 0, moved: BTreeMap::new() }
	}

	/// A number below `bound`. The bias of the remainder is below 2⁻⁵⁴ for a thousand numbers.
	fn below(&self, bound: u32) -> u32 {
		let digest = (self.seed, self.step).using_encoded(blake2_256);
		let number = digest
			.first_chunk()
			.map_or(0, |bytes| u64::from_le_bytes(*bytes))
			.checked_rem(u64::from(bound))
			.unwrap_or_default();
		u32::try_from(number).unwrap_or_default()
	}
}

impl Iterator for Sample {
	type Item = u32;

	fn next(&mut self) -> Option<u32> {
		let left = self.count.checked_sub(self.step).filter(|left| *left > 0)?;
		let place = self.step.saturating_add(self.below(left));
		// What lies at the first place left goes to the place that is taken.
		let first = self.moved.remove(&self.step).unwrap_or(self.step);
		let drawn = if place == self.step {
			first
		} else {
			self.moved.insert(place, first).unwrap_or(place)
		};
		self.step = self.step.saturating_add(1);
		Some(drawn)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	fn sample(seed: u64, count: u32) -> Sample {
		Sample::new(seed.using_encoded(blake2_256), count)
	}

	/// Probability that χ² with `freedom` degrees exceeds `chi`: the density, summed up.
	fn probability(chi: f64, freedom: u32) -> f64 {
		let half = f64::from(freedom) / 2.0;
		// Γ(half), from Γ(1) = 1 or Γ(1/2) = √π upwards.
		let (mut gamma, mut at) =
			if freedom.is_multiple_of(2) { (1.0, 1.0) } else { (std::f64::consts::PI.sqrt(), 0.5) };
		while at < half {
			gamma *= at;
			at += 1.0;
		}
		let density = |x: f64| x.powf(half - 1.0) * (-x / 2.0).exp() / (2f64.powf(half) * gamma);
		let width = chi / 100_000.0;
		let below: f64 = (0..100_000).map(|n| density((f64::from(n) + 0.5) * width) * width).sum();
		1.0 - below
	}

	#[test]
	fn every_number_comes_once() {
		for count in [0, 1, 2, 3, 7, 100, 1_000] {
			let all: Vec<u32> = sample(9, count).collect();
			assert_eq!(all.len(), count as usize);
			assert_eq!(all.into_iter().collect::<BTreeSet<_>>(), (0..count).collect());
		}
	}

	#[test]
	fn the_seed_matters() {
		let order = |seed| sample(seed, 50).collect::<Vec<_>>();
		assert_eq!(order(1), order(1));
		assert_ne!(order(1), order(2));
	}

	#[test]
	fn all_orders_are_equally_likely() {
		let mut seen = std::collections::BTreeMap::<Vec<u32>, u32>::new();
		let rounds = 24_000;
		for seed in 0..rounds {
			*seen.entry(sample(seed, 4).collect()).or_default() += 1;
		}
		assert_eq!(seen.len(), 24);
		let expected = rounds as f64 / 24.0;
		let chi: f64 =
			seen.values().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
		let p = probability(chi, 23);
		println!("24,000 orders of 4: χ² = {chi:.1}, p = {p:.3}");
		assert!(p > 0.001);
	}

	#[test]
	fn the_probability_of_known_values_is_right() {
		for (chi, freedom, known) in [(49.728, 23, 0.001), (3.841, 1, 0.05), (49.802, 35, 0.05)] {
			let p = probability(chi, freedom);
			// Of one degree the density has a pole, where the sum is coarse.
			assert!((p - known).abs() < 0.002, "{chi} {freedom}: {p}");
		}
	}

	/// 24 of 36 in each of 5,000 epochs: each of the 36 is drawn alike.
	#[test]
	fn producers_are_drawn_evenly() {
		let (epochs, members, drawn) = (5_000u32, 36u32, 24u32);
		let mut counts = [0u32; 36];
		for epoch in 0..epochs {
			for member in sample(u64::from(epoch) << 32, members).take(drawn as usize) {
				counts[member as usize] += 1;
			}
		}
		let share = f64::from(drawn) / f64::from(members);
		let expected = f64::from(epochs) * share;
		// Without replacement counts vary less: by (1 − share) × 36 / 35.
		let variance = expected * (1.0 - share) * 36.0 / 35.0;
		let chi: f64 =
			counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / variance).sum();
		let p = probability(chi, 35);
		println!("24 of 36 in 5,000 epochs: χ² = {chi:.1}, p = {p:.3}");
		assert!(p > 0.001);
	}
}
