// SPDX-License-Identifier: Apache-2.0

//! When votes agree.

use crate::{Ppb, PPB};

/// Whether `agreed` of `total` votes agree: at least `min_consensus` of them, and more than
/// `consensus_rule` of all (strictly, in exact integers).
pub const fn agrees(agreed: u32, total: u32, min_consensus: u32, consensus_rule: Ppb) -> bool {
	agreed >= min_consensus && agreed as u64 * PPB as u64 > consensus_rule as u64 * total as u64
}

#[cfg(test)]
mod tests {
	use super::*;

	/// 2/3 in parts per billion, rounded up.
	const TWO_THIRDS: Ppb = 666_666_667;

	#[test]
	fn examples_of_the_specification_hold() {
		assert!(agrees(14, 20, 10, TWO_THIRDS));
		assert!(!agrees(12, 18, 10, TWO_THIRDS), "two thirds must be exceeded");
		assert!(!agrees(9, 9, 10, TWO_THIRDS), "too few votes");
		assert!(!agrees(5, 10, 1, PPB / 2), "half must be exceeded");
		assert!(agrees(6, 10, 1, PPB / 2));
	}
}
