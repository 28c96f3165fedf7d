// SPDX-License-Identifier: Apache-2.0

//! The cut: q heads that fix which reports count and when they came.

use codec::Encode;
use eventum_primitives::{
	log::{LogEntry, SignedHead},
	Hash, Hashing, Moment,
};
use sp_runtime::traits::Hash as _;
use std::collections::BTreeMap;

/// The name of a cut in an outcome: what its heads say, not how they were signed.
pub(crate) fn hash(cut: &[SignedHead]) -> Hash {
	let heads: Vec<_> = cut.iter().map(|signed| (signed.member, signed.head)).collect();
	Hashing::hash(&heads.encode())
}

/// Up to when nothing can be added to any of the logs any more.
pub(crate) fn horizon(cut: &[SignedHead]) -> Moment {
	cut.iter().map(|signed| signed.head.upto).min().unwrap_or(0)
}

/// The reports that count, each with its time: the lower median over the logs, where a log that
/// lacks a report says "never".
pub(crate) fn times(logs: &[&[LogEntry]]) -> Vec<(Hash, Moment)> {
	let middle = logs.len().saturating_sub(1) / 2;
	let mut seen: BTreeMap<Hash, Vec<Moment>> = BTreeMap::new();
	for entry in logs.iter().copied().flatten() {
		seen.entry(entry.report).or_default().push(entry.at);
	}
	seen.into_iter()
		.filter_map(|(report, mut times)| {
			times.sort_unstable();
			times.get(middle).map(|at| (report, *at))
		})
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	fn entry(report: u8, at: Moment) -> LogEntry {
		LogEntry { report: Hash::repeat_byte(report), at }
	}

	#[test]
	fn a_time_is_the_lower_median_with_absence_as_never() {
		let logs: [&[LogEntry]; 3] = [
			&[entry(1, 10), entry(2, 20)],
			&[entry(1, 30), entry(3, 31)],
			&[entry(1, 12), entry(2, 9)],
		];
		assert_eq!(
			times(&logs),
			[(Hash::repeat_byte(1), 12), (Hash::repeat_byte(2), 20)],
			"report 3 stands in one log of three only"
		);
	}
}
