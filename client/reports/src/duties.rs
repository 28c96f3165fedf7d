// SPDX-License-Identifier: Apache-2.0

//! What is left in the node's off-chain storage for the runtime's off-chain workers to submit.

use codec::Encode;
use eventum_primitives::{
	duties::{
		Certificates, Details, DoubleAnswers, Faults, CERTIFICATES_KEY, DETAILS_KEY,
		DOUBLE_ANSWERS_KEY, FAULTS_KEY, MAX_ENTRIES,
	},
	outcome::{Certificate, Detail},
	FeedId, Round,
};
use sp_core::offchain::{OffchainStorage, STORAGE_PREFIX};

type Set = Box<dyn FnMut(&[u8], &[u8]) + Send>;

/// The lists of things to do. Each is written only when it changes.
pub struct Duties {
	set: Set,
	certificates: Option<Vec<u8>>,
	details: Option<Vec<u8>>,
	faults: Option<Vec<u8>>,
	double_answers: Option<Vec<u8>>,
}

impl Duties {
	/// Writes to `storage`.
	pub fn new<S: OffchainStorage + 'static>(mut storage: S) -> Self {
		let set = move |key: &[u8], value: &[u8]| storage.set(STORAGE_PREFIX, key, value);
		let (certificates, details, faults, double_answers) = (None, None, None, None);
		Self { set: Box::new(set), certificates, details, faults, double_answers }
	}

	/// Certificates that are not finalized on chain yet; of more than [`MAX_ENTRIES`] the first.
	pub fn set_certificates<'a>(&mut self, open: impl IntoIterator<Item = &'a Certificate>) {
		let list: Certificates = open.into_iter().take(MAX_ENTRIES).cloned().collect();
		write(&mut self.set, CERTIFICATES_KEY, &mut self.certificates, list.encode());
	}

	/// Details of rounds that are not reckoned yet; of more than [`MAX_ENTRIES`] the first.
	pub fn set_details<'a>(&mut self, open: impl IntoIterator<Item = (FeedId, Round, &'a Detail)>) {
		let list: Details = open
			.into_iter()
			.take(MAX_ENTRIES)
			.map(|(feed, round, detail)| (feed, round, detail.clone()))
			.collect();
		write(&mut self.set, DETAILS_KEY, &mut self.details, list.encode());
	}

	/// Proofs against members of committees.
	pub fn set_faults(&mut self, faults: Faults) {
		write(&mut self.set, FAULTS_KEY, &mut self.faults, faults.encode());
	}

	/// Proofs that reporters gave two answers.
	pub fn set_double_answers(&mut self, pairs: DoubleAnswers) {
		write(&mut self.set, DOUBLE_ANSWERS_KEY, &mut self.double_answers, pairs.encode());
	}
}

fn write(set: &mut Set, key: &[u8], held: &mut Option<Vec<u8>>, list: Vec<u8>) {
	if held.as_ref() != Some(&list) {
		set(key, &list);
		*held = Some(list);
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::testing::{certificate, feed};
	use codec::Decode;
	use parking_lot::Mutex;
	use std::{collections::HashMap, sync::Arc};

	type Map = HashMap<Vec<u8>, Vec<u8>>;

	#[derive(Clone, Default)]
	struct Storage(Arc<Mutex<(Map, usize)>>);

	impl OffchainStorage for Storage {
		fn set(&mut self, prefix: &[u8], key: &[u8], value: &[u8]) {
			let mut held = self.0.lock();
			held.0.insert([prefix, key].concat(), value.to_vec());
			held.1 += 1;
		}

		fn remove(&mut self, _: &[u8], _: &[u8]) {
			unreachable!("lists are written, never removed")
		}

		fn get(&self, prefix: &[u8], key: &[u8]) -> Option<Vec<u8>> {
			self.0.lock().0.get(&[prefix, key].concat()).cloned()
		}

		fn compare_and_set(&mut self, _: &[u8], _: &[u8], _: Option<&[u8]>, _: &[u8]) -> bool {
			unreachable!("lists are written as a whole")
		}
	}

	#[test]
	fn lists_are_bounded_and_written_when_they_change() {
		let storage = Storage::default();
		let mut duties = Duties::new(storage.clone());
		let many: Vec<_> = (0..40).map(|round| certificate(feed(), round, 1)).collect();
		duties.set_certificates(&many);
		duties.set_certificates(&many);
		let detail = Detail::default();
		duties.set_details([(feed(), 3, &detail)]);
		assert_eq!(storage.0.lock().1, 2);
		let list = storage.get(STORAGE_PREFIX, CERTIFICATES_KEY).unwrap();
		assert_eq!(Certificates::decode(&mut &list[..]).unwrap(), many[..MAX_ENTRIES]);
		let list = storage.get(STORAGE_PREFIX, DETAILS_KEY).unwrap();
		assert_eq!(Details::decode(&mut &list[..]).unwrap(), [(feed(), 3, detail)]);
		duties.set_certificates([]);
		assert_eq!(storage.0.lock().1, 3);
	}
}
