// SPDX-License-Identifier: Apache-2.0

//! The order in which a draw looks at registered nodes.

use codec::Encode;
use eventum_primitives::{rules::draw::Sample, FeedId, Hash};
use sp_io::hashing::blake2_256;

/// Domain of the hash that makes a draw's numbers.
const DOMAIN: &[u8] = b"eventum/draw/1";

/// The places 0..count in the order that beacon output `seed` gives to an attempt of a feed.
pub(crate) fn order(seed: Hash, feed: FeedId, attempt: u32, count: u32) -> Sample {
	Sample::new((DOMAIN, seed, feed, attempt).using_encoded(blake2_256), count)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn seed_feed_and_attempt_all_matter() {
		let (seed, feed) = (Hash::from_low_u64_be(1), FeedId { market: 1, index: 2 });
		let (other_seed, other_feed) = (Hash::from_low_u64_be(2), FeedId { market: 2, index: 1 });
		let places = |seed, feed, attempt| order(seed, feed, attempt, 50).collect::<Vec<_>>();
		let one = places(seed, feed, 0);
		assert_eq!(one, places(seed, feed, 0));
		assert_ne!(one, places(other_seed, feed, 0));
		assert_ne!(one, places(seed, other_feed, 0));
		assert_ne!(one, places(seed, feed, 1));
	}
}
