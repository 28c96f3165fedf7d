// SPDX-License-Identifier: Apache-2.0

//! How many members of a committee must sign, and how many may lie.

/// Signatures that make a certificate: q = ⌊2M/3⌋ + 1.
pub const fn quorum(members: u32) -> u32 {
	(members as u64 * 2 / 3) as u32 + 1
}

/// Liars that a committee bears: f = ⌊(M − 1)/3⌋.
pub const fn faults(members: u32) -> u32 {
	members.saturating_sub(1) / 3
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn two_quorums_share_an_honest_member() {
		for members in 4..=64 {
			assert!(2 * quorum(members) - members > faults(members));
			assert!(quorum(members) <= members - faults(members));
		}
		assert_eq!((quorum(4), faults(4)), (3, 1));
		assert_eq!((quorum(7), faults(7)), (5, 2));
	}
}
