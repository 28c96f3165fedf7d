// SPDX-License-Identifier: Apache-2.0

//! A uniform draw without replacement that does no more work than it is asked for.

use alloc::collections::BTreeMap;
use codec::Encode;
use eventum_primitives::{FeedId, Hash};
use sp_io::hashing::blake2_256;

/// Domain of the hash that makes a draw's numbers.
const DOMAIN: &[u8] = b"eventum/draw/1";

/// The numbers 0..count in random order: a Fisher–Yates shuffle, one step at a time, of which only the
/// places moved so far are kept.
pub(crate) struct Sample {
	seed: [u8; 32],
	count: u32,
	step: u32,
	moved: BTreeMap<u32, u32>,
}

impl Sample {
	/// The order that beacon output `seed` gives to an attempt of a feed.
	pub(crate) fn new(seed: Hash, feed: FeedId, attempt: u32, count: u32) -> Self {
		let seed = (DOMAIN, seed, feed, attempt).using_encoded(blake2_256);
		Self { seed, count, step: 0, moved: BTreeMap::new() }
	}

	/// A number below `bound`. The bias of the remainder is below 2⁻⁵⁴ for a thousand nodes.
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

	const FEED: FeedId = FeedId { market: 1, index: 2 };

	fn sample(seed: u64, count: u32) -> Sample {
		Sample::new(Hash::from_low_u64_be(seed), FEED, 0, count)
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
	fn seed_feed_and_attempt_all_matter() {
		let order = |sample: Sample| sample.collect::<Vec<_>>();
		let one = order(sample(1, 50));
		assert_eq!(one, order(sample(1, 50)));
		let (seed, other) = (Hash::from_low_u64_be(1), FeedId { market: 2, index: 1 });
		assert_ne!(one, order(sample(2, 50)));
		assert_ne!(one, order(Sample::new(seed, other, 0, 50)));
		assert_ne!(one, order(Sample::new(seed, FEED, 1, 50)));
	}

	#[test]
	fn all_orders_are_equally_likely() {
		let mut seen = std::collections::BTreeMap::<Vec<u32>, u32>::new();
		let rounds = 24_000;
		for seed in 0..rounds {
			*seen.entry(sample(seed, 4).collect()).or_default() += 1;
		}
		assert_eq!(seen.len(), 24);
		// χ² with 23 degrees of freedom exceeds 49.7 once in a thousand times.
		let expected = rounds as f64 / 24.0;
		let chi: f64 =
			seen.values().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
		assert!(chi < 49.7, "{chi}");
	}
}
