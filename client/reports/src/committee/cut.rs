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
	/// What a leader and its friends can leave out: of 2f + 1 logs f are theirs and say what they like.
	/// A report counts with a time between those of the honest logs, if all of these have it; so nothing
	/// can be left out that every honest member of the cut had in time, and no time can be made up.
	#[test]
	fn liars_in_a_cut_move_no_time_beyond_what_honest_members_saw() {
		let mut dice = crate::committee::tests::Dice::new(7);
		for _ in 0..2_000 {
			let faults = 1 + dice.below(4) as usize;
			let mut honest: Vec<Vec<LogEntry>> = Vec::new();
			for _ in 0..=faults {
				honest.push((0..6).map(|report| entry(report, 100 + dice.below(50))).collect());
			}
			let mut logs = honest.clone();
			for _ in 0..faults {
				let says = (0..6).filter(|_| dice.happens(600)).collect::<Vec<u8>>();
				logs.push(
					says.into_iter().map(|report| entry(report, dice.below(1_000))).collect(),
				);
			}
			let logs: Vec<&[LogEntry]> = logs.iter().map(Vec::as_slice).collect();
			let times = times(&logs);
			for report in 0..6 {
				let seen = honest.iter().map(|log| log[usize::from(report)].at);
				let (least, most) = (seen.clone().min().unwrap(), seen.max().unwrap());
				let name = Hash::repeat_byte(report);
				let counted = times.iter().find(|(other, _)| *other == name);
				let at = counted.expect("no honest report is left out").1;
				assert!((least..=most).contains(&at), "{at} is not within {least}..={most}");
			}
		}
	}

	#[test]
	fn liars_alone_bring_no_report_in() {
		// f of 2f + 1 logs have a report that no honest member has.
		let own: &[LogEntry] = &[entry(9, 10)];
		let none: &[LogEntry] = &[];
		assert!(times(&[own, none, none]).is_empty());
		assert!(times(&[own, own, none, none, none]).is_empty());
		assert_eq!(times(&[own, own, none]).len(), 1, "more than f can");
	}
}
