// SPDX-License-Identifier: Apache-2.0

//! Proofs against members and reporters, on their way to the chain.
//!
//! They stay in the store until their feeds are settled. With each finalized block another page of them
//! is left for the off-chain workers, which pass over what the chain has punished: however many there
//! are, each has its turn, and none is lost when a fork drops the block that it was in.

use super::Parts;
use crate::store::{Page, StoreError};
use eventum_primitives::duties::{MAX_ENTRIES, MAX_FAULTS};

/// How far each list is handed over.
#[derive(Default)]
pub(super) struct Evidence {
	faults: Vec<u8>,
	double_answers: Vec<u8>,
}

impl Evidence {
	/// Leaves the next page of each list for the off-chain workers.
	pub(super) fn hand_over(&mut self, parts: &mut Parts) {
		let Parts { store, duties, .. } = parts;
		let faults = turn(&mut self.faults, MAX_FAULTS, |after| store.faults(after, MAX_FAULTS));
		let double_answers = turn(&mut self.double_answers, MAX_ENTRIES, |after| {
			store.double_answers(after, MAX_ENTRIES)
		});
		match (faults, double_answers) {
			(Ok(faults), Ok(double_answers)) => {
				duties.set_faults(faults);
				duties.set_double_answers(double_answers);
			}
			(Err(error), _) | (_, Err(error)) => {
				log::warn!(target: crate::LOG, "Proofs cannot be read: {error}");
			}
		}
	}
}

/// The page after `cursor`, from the beginning again after the last.
fn turn<T>(
	cursor: &mut Vec<u8>,
	size: usize,
	read: impl Fn(&[u8]) -> Result<Page<T>, StoreError>,
) -> Result<Vec<T>, StoreError> {
	let mut page = read(cursor)?;
	if page.is_empty() && !cursor.is_empty() {
		page = read(&[])?;
	}
	let more = page.len() >= size;
	*cursor = page.last().filter(|_| more).map(|(key, _)| key.clone()).unwrap_or_default();
	Ok(page.into_iter().map(|(_, proof)| proof).collect())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_proof_has_its_turn() {
		let read = |held: u8| {
			move |after: &[u8]| {
				let from = after.first().map_or(0, |last| last + 1);
				Ok((from..held).take(2).map(|number| (vec![number], number)).collect())
			}
		};
		let mut cursor = Vec::new();
		let mut next = |held| turn(&mut cursor, 2, read(held)).unwrap();
		assert_eq!(next(5), [0, 1]);
		assert_eq!(next(5), [2, 3]);
		assert_eq!(next(5), [4]);
		assert_eq!(next(5), [0, 1]);
		assert_eq!(next(2), [0, 1], "the others are forgotten");
		assert_eq!(next(0), [0u8; 0]);
	}
}
